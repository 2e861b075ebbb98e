import type { ReactNode } from "react";

/** A page that says one thing: not found, out of order, please wait. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page page-narrow plain-page">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
