// Shows Stripe's ids, and nothing about readers.
import type { Translate } from "@/content/messages";
import type { DeadLetter } from "@/domain/ledger/dead-letters";
import * as taskOf from "@/domain/newsroom/task-names";
import { Button } from "../ui/button";
import { StaffTaskBar, type StaffTaskBarContext } from "./queue/staff-task-bar";
import { unrecordableReasonText } from "./reason-text";
import { relativeTime } from "./relative-time";

type DeadLetterEventsProps = {
  t: Translate;
  context: StaffTaskBarContext;
  shown: DeadLetter[];
  count: number;
  now: Date;
};

export function DeadLetterEvents({ t, context, shown, count, now }: DeadLetterEventsProps) {
  if (count === 0) return null;
  return (
    <div className="newsroom-waiting work-list">
      <p>{t("newsroom.events.failed", { count, more: count - shown.length })}</p>
      <ul>
        {shown.map((letter) => (
          <LetterItem key={letter.id} t={t} context={context} letter={letter} now={now} />
        ))}
      </ul>
      {count > 1 ? (
        <form method="post" action="/newsroom/queue/events/replay">
          <Button kind="quiet">{t("newsroom.events.again-all", { count })}</Button>
        </form>
      ) : null}
    </div>
  );
}

type LetterItemProps = { t: Translate; context: StaffTaskBarContext; letter: DeadLetter; now: Date };

function LetterItem({ t, context, letter, now }: LetterItemProps) {
  const { id, type, attempts, receivedAt, retryAfter, reason } = letter;
  const apart = (at: Date) => relativeTime(at, { now, locale: t.locale });
  const next = retryAfter && (retryAfter <= now ? t("newsroom.events.now") : apart(retryAfter));
  return (
    <li>
      <p>
        {type} <code>{id}</code>
        <br />
        {unrecordableReasonText(t, reason)}
        <br />
        <span className="newsroom-note">
          {t("newsroom.events.came", { ago: apart(receivedAt), tries: attempts })}{" "}
          {next ? t("newsroom.events.next", { next }) : t("newsroom.events.never")}
        </span>
      </p>
      <StaffTaskBar context={context} work={taskOf.deadLetterTaskKeyAndState(letter)}>
        <form method="post" action="/newsroom/queue/events/replay">
          <input type="hidden" name="event" value={id} />
          <Button kind="quiet" aria-label={t("newsroom.events.again-one", { id })}>
            {t("newsroom.events.again")}
          </Button>
        </form>
      </StaffTaskBar>
    </li>
  );
}
