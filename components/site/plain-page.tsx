import type { ReactNode } from "react";

type PlainPageProps = { title: string; drawing?: ReactNode; children: ReactNode };

/** A page with a single message, such as "not found" or "please wait". */
export function PlainPage({ title, drawing, children }: PlainPageProps) {
  return (
    <div className="page page-narrow plain-page">
      {drawing}
      <h1>{title}</h1>
      {children}
    </div>
  );
}
