import type { Translate } from "@/content/messages";
import type { BooksCheckWithOpenItems, LastBooksCheckWithStaleness } from "@/domain/newsroom/books";
import * as taskOf from "@/domain/newsroom/task-names";
import { formatDateAndTime } from "./format-time";
import { StaffTaskBar, type StaffTaskBarContext } from "./queue/staff-task-bar";
import { unrecordableReasonText } from "./reason-text";

export function BooksCheckNotice({
  context,
  books: { last, isStale },
}: {
  context: StaffTaskBarContext;
  books: LastBooksCheckWithStaleness;
}) {
  const { t, timeZone } = context;
  return (
    <>
      {isStale ? <p>{staleText(t, last, timeZone)}</p> : null}
      {last && last.open.differences.count > 0 ? <Differences context={context} {...last.open.differences} /> : null}
      {last && last.open.unreadable.count > 0 ? (
        <UnreadableObjects context={context} {...last.open.unreadable} />
      ) : null}
    </>
  );
}

export function booksCheckText(t: Translate, { last, isStale }: LastBooksCheckWithStaleness, timeZone: string): string {
  if (!last) return isStale ? staleText(t, last, timeZone) : t("newsroom.books.never");
  const { checkedAt, differences, unreadable } = last;
  const time = formatDateAndTime(t, { at: checkedAt, timeZone });
  const checked = t("newsroom.books.checked", { time, count: differences, unreadable });
  return isStale ? `${checked} ${staleText(t, last, timeZone)}` : checked;
}

function Differences({
  context,
  shown,
  count,
}: { context: StaffTaskBarContext } & BooksCheckWithOpenItems["open"]["differences"]) {
  const { t } = context;
  const value = (text: string | null) => text ?? t("work.drift.nothing");
  return (
    <div className="newsroom-waiting work-list">
      <p>{t("newsroom.attention.books", { count, more: count - shown.length })}</p>
      <ul>
        {shown.map((row) => (
          <li key={taskOf.differenceTaskKeyAndState(row).key}>
            <p>
              <code>{row.object}</code> {row.place}
              <br />
              {t("work.drift", { ours: value(row.ours), theirs: value(row.theirs) })}
              <br />
              <span className="newsroom-note">{row.cause.replaceAll("-", " ")}</span>
            </p>
            <StaffTaskBar context={context} work={taskOf.differenceTaskKeyAndState(row)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function UnreadableObjects({
  context,
  shown,
  count,
}: { context: StaffTaskBarContext } & BooksCheckWithOpenItems["open"]["unreadable"]) {
  const { t } = context;
  return (
    <div className="newsroom-waiting work-list">
      <p>{t("newsroom.books.unreadable", { count, more: count - shown.length })}</p>
      <ul>
        {shown.map((object) => (
          <li key={object.id}>
            <p>
              <code>{object.id}</code>
              <br />
              <span className="newsroom-note">{unrecordableReasonText(t, object.reason)}</span>
            </p>
            <StaffTaskBar context={context} work={taskOf.unrecordableObjectTaskKeyAndState(object)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function staleText(t: Translate, last: BooksCheckWithOpenItems | null, timeZone: string): string {
  if (!last) return t("newsroom.books.stale-never");
  return t("newsroom.books.stale", { time: formatDateAndTime(t, { at: last.finishedAt, timeZone }) });
}
