import type { ReactNode } from "react";

type PlainPageProps = { title: string; drawing?: ReactNode; children: ReactNode };

export function PlainPage({ title, drawing, children }: PlainPageProps) {
  return (
    <div className="page page-narrow plain-page">
      {drawing}
      <h1>{title}</h1>
      {children}
    </div>
  );
}
