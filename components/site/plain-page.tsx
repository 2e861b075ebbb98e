import type { ReactNode } from "react";

/** A page with a single message, such as "not found" or "please wait". */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page page-narrow plain-page">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
