// The title names no person.
import type { ReactNode } from "react";
import { Notice, type NoticeKind } from "../../ui/notice";

export type NoticeContent = { kind: NoticeKind; title: string; text?: string | null };

type PeopleScreenFrameProps = {
  title: ReactNode;
  facts?: ReactNode;
  back?: { href: string; label: string };
  notice?: NoticeContent | null;
  children: ReactNode;
};

export function PeopleScreenFrame({ title, facts, back, notice = null, children }: PeopleScreenFrameProps) {
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
      {notice ? (
        <Notice kind={notice.kind} title={notice.title}>
          {notice.text ? <p>{notice.text}</p> : null}
        </Notice>
      ) : null}
      {children}
    </div>
  );
}

export function PeopleScreenSection({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="newsroom-part" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
