import type { Translate } from "@/content/messages";
import type { Books, BooksState } from "@/domain/newsroom/books";
import * as workOf from "@/domain/newsroom/work-names";
import { formatTime } from "./format-time";
import { type WorkContext, WorkItemBar } from "./queue/work-bar";
import { reasonText } from "./reason-text";

export function BooksNotice({ desk, books: { last, isStale } }: { desk: WorkContext; books: Books }) {
  const { t, timeZone } = desk;
  return (
    <>
      {isStale ? <p>{staleText(t, last, timeZone)}</p> : null}
      {last && last.open.differences.count > 0 ? <Differences desk={desk} {...last.open.differences} /> : null}
      {last && last.open.unreadable.count > 0 ? <UnreadableObjects desk={desk} {...last.open.unreadable} /> : null}
    </>
  );
}

export function booksText(t: Translate, { last, isStale }: Books, timeZone: string): string {
  if (!last) return isStale ? staleText(t, last, timeZone) : t("newsroom.books.never");
  const { checkedAt, differences, unreadable } = last;
  const time = formatTime(t, { at: checkedAt, timeZone });
  const checked = t("newsroom.books.checked", { time, count: differences, unreadable });
  return isStale ? `${checked} ${staleText(t, last, timeZone)}` : checked;
}

function Differences({ desk, shown, count }: { desk: WorkContext } & BooksState["open"]["differences"]) {
  const { t } = desk;
  const value = (text: string | null) => text ?? t("work.drift.nothing");
  return (
    <div className="newsroom-waiting work-list">
      <p>{t("newsroom.attention.books", { count, more: count - shown.length })}</p>
      <ul>
        {shown.map((row) => (
          <li key={workOf.differenceWorkState(row).key}>
            <p>
              <code>{row.object}</code> {row.place}
              <br />
              {t("work.drift", { ours: value(row.ours), theirs: value(row.theirs) })}
              <br />
              <span className="newsroom-note">{row.cause.replaceAll("-", " ")}</span>
            </p>
            <WorkItemBar desk={desk} work={workOf.differenceWorkState(row)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function UnreadableObjects({ desk, shown, count }: { desk: WorkContext } & BooksState["open"]["unreadable"]) {
  const { t } = desk;
  return (
    <div className="newsroom-waiting work-list">
      <p>{t("newsroom.books.unreadable", { count, more: count - shown.length })}</p>
      <ul>
        {shown.map((object) => (
          <li key={object.id}>
            <p>
              <code>{object.id}</code>
              <br />
              <span className="newsroom-note">{reasonText(t, object.reason)}</span>
            </p>
            <WorkItemBar desk={desk} work={workOf.unreadableObjectWorkState(object)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function staleText(t: Translate, last: BooksState | null, timeZone: string): string {
  if (!last) return t("newsroom.books.stale-never");
  return t("newsroom.books.stale", { time: formatTime(t, { at: last.finishedAt, timeZone }) });
}
