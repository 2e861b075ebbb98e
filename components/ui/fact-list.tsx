import type { ReactNode } from "react";

export type DescriptionListRow = readonly [name: string, value: ReactNode];

/** A fact without a value is left out. */
export function DescriptionList({ className, facts }: { className: string; facts: readonly DescriptionListRow[] }) {
  return (
    <dl className={className}>
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
