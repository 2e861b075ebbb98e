import type { ReactNode } from "react";

export type NoticeKind = "info" | "good" | "bad";

type NoticeProps = {
  kind?: NoticeKind;
  title?: ReactNode;
  children?: ReactNode;
};

export function Notice({ kind = "info", title, children }: NoticeProps) {
  return (
    <div className={kind === "info" ? "notice" : `notice notice-${kind}`}>
      {title ? <p className="notice-title">{title}</p> : null}
      {children}
    </div>
  );
}
