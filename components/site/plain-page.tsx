import type { ReactNode } from "react";

type PlainPageProps = { title: string; illustration?: ReactNode; children: ReactNode };

export function PlainPage({ title, illustration, children }: PlainPageProps) {
  return (
    <div className="page page-narrow plain-page">
      {illustration}
      <h1>{title}</h1>
      {children}
    </div>
  );
}
