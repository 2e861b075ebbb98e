import type { ReactNode } from "react";

export type NoticeKind = "info" | "good" | "bad";

type NoticeProps = {
  kind?: NoticeKind;
  title?: ReactNode;
  children?: ReactNode;
  /** Only for a notice that appears after the page was rendered. */
  role?: "status" | "alert";
};

export function Notice({ kind = "info", title, children, role }: NoticeProps) {
  return (
    <div className={kind === "info" ? "notice" : `notice notice-${kind}`} role={role}>
      {title ? <p className="notice-title">{title}</p> : null}
      {children}
    </div>
  );
}
