// Warns staff about the books check: differences, objects that could not be read, or a check that has not run lately.
import type { Translate } from "@/content/messages";
import type { Books, BooksState } from "@/domain/newsroom/books";
import { reasonText } from "./reason-text";

type BooksNoticeProps = { t: Translate; books: Books; timeZone: string };

export function BooksNotice({ t, books: { last, isStale }, timeZone }: BooksNoticeProps) {
  return (
    <>
      {isStale ? <p>{staleText(t, last, timeZone)}</p> : null}
      {last && last.differences > 0 ? <p>{t("newsroom.attention.books", { count: last.differences })}</p> : null}
      {last && last.unreadable.count > 0 ? <UnreadableObjects t={t} {...last.unreadable} /> : null}
    </>
  );
}

/** The result of the last books check in one line, shown below the totals. */
export function booksText(t: Translate, { last, isStale }: Books, timeZone: string): string {
  if (!last) return isStale ? staleText(t, last, timeZone) : t("newsroom.books.never");
  const { checkedAt, differences, unreadable } = last;
  const time = timeIn(t, timeZone).format(checkedAt);
  const checked = t("newsroom.books.checked", { time, count: differences, unreadable: unreadable.count });
  return isStale ? `${checked} ${staleText(t, last, timeZone)}` : checked;
}

function UnreadableObjects({ t, shown, count }: { t: Translate } & BooksState["unreadable"]) {
  return (
    <div className="newsroom-waiting">
      <p>{t("newsroom.books.unreadable", { count, more: count - shown.length })}</p>
      <ul>
        {shown.map(({ id, reason }) => (
          <li key={id}>
            <p>
              <code>{id}</code>
              <br />
              <span className="newsroom-note">{reasonText(t, reason)}</span>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function staleText(t: Translate, last: BooksState | null, timeZone: string): string {
  if (!last) return t("newsroom.books.stale-never");
  return t("newsroom.books.stale", { time: timeIn(t, timeZone).format(last.finishedAt) });
}

function timeIn({ locale }: Translate, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone });
}
