// The frame of the pages about one supporter, gift or payment: a way back, a title without a person, and what came of the last press.
import type { ReactNode } from "react";
import { Notice, type NoticeKind } from "../../ui/notice";

export type Told = { kind: NoticeKind; title: string; text?: string | null };

type PeoplePageProps = {
  title: ReactNode;
  /** Below the title. */
  facts?: ReactNode;
  back?: { href: string; label: string };
  told?: Told | null;
  children: ReactNode;
};

export function PeoplePage({ title, facts, back, told = null, children }: PeoplePageProps) {
  return (
    <div className="newsroom people">
      <header className="people-head">
        {back ? (
          <p className="people-back">
            <a href={back.href}>{back.label}</a>
          </p>
        ) : null}
        <h1>{title}</h1>
        {facts ? <p className="people-facts">{facts}</p> : null}
      </header>
      {told ? (
        <Notice kind={told.kind} title={told.title}>
          {told.text ? <p>{told.text}</p> : null}
        </Notice>
      ) : null}
      {children}
    </div>
  );
}

export function PeopleSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="newsroom-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Names and values, one line each. A line without a value is left out. */
export function FactList({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="people-list">
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
