// The table can be focused by keyboard, and screen readers read its name.
import type { ReactNode } from "react";

type ScrollTableProps = { labelledBy: string; className?: string; children: ReactNode };

export function ScrollTable({ labelledBy, className = "", children }: ScrollTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section className={`scroll-table ${className}`.trim()} aria-labelledby={labelledBy} tabIndex={0}>
      <table>{children}</table>
    </section>
  );
}

/** Shows a sign, and gives screen readers a word instead. */
export function SignWithSpokenText({ sign, spoken }: { sign: string; spoken: string }) {
  return (
    <>
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{spoken}</span>
    </>
  );
}
