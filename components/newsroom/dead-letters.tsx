// Events that could not be recorded, each with a button that tries it again. Stripe's ids, and nothing of a reader.
import type { Translate } from "@/content/messages";
import type { DeadLetter } from "@/domain/ledger/dead-letters";
import { Button } from "../ui/button";
import { ScrollTable } from "../ui/scroll-table";
import { timeApart } from "./time-apart";

type DeadLettersProps = { t: Translate; shown: DeadLetter[]; count: number; now: Date };

export function DeadLetters({ t, shown, count, now }: DeadLettersProps) {
  if (count === 0) return null;
  return (
    <>
      <p id="dead-letters">{t("newsroom.events.failed", { count, more: count - shown.length })}</p>
      <ScrollTable labelledBy="dead-letters">
        <thead>
          <tr>
            <th scope="col">{t("newsroom.events.event")}</th>
            <th scope="col">{t("newsroom.events.came")}</th>
            <th scope="col" className="figure">
              {t("newsroom.events.tries")}
            </th>
            <th scope="col">{t("newsroom.events.next")}</th>
            <th scope="col">
              <span className="visually-hidden">{t("newsroom.events.again")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((letter) => (
            <LetterRow key={letter.id} t={t} letter={letter} now={now} />
          ))}
        </tbody>
      </ScrollTable>
      {count > 1 ? (
        <form method="post" action="/newsroom/events/replay">
          <Button kind="quiet">{t("newsroom.events.again-all", { count })}</Button>
        </form>
      ) : null}
    </>
  );
}

function LetterRow({ t, letter, now }: { t: Translate; letter: DeadLetter; now: Date }) {
  const { id, type, attempts, receivedAt, retryAfter } = letter;
  const apart = (at: Date) => timeApart(at, { now, locale: t.locale });
  return (
    <tr>
      <th scope="row">
        {type}
        <br />
        <code>{id}</code>
      </th>
      <td className="nowrap">{apart(receivedAt)}</td>
      <td className="figure">{attempts.toLocaleString(t.locale)}</td>
      <td className="nowrap">{retryAfter ? nextTry(t, { retryAfter, now }) : t("newsroom.events.never")}</td>
      <td>
        <form method="post" action="/newsroom/events/replay">
          <input type="hidden" name="event" value={id} />
          <Button kind="quiet" aria-label={t("newsroom.events.again-one", { id })}>
            {t("newsroom.events.again")}
          </Button>
        </form>
      </td>
    </tr>
  );
}

function nextTry(t: Translate, { retryAfter, now }: { retryAfter: Date; now: Date }): string {
  return retryAfter <= now ? t("newsroom.events.now") : timeApart(retryAfter, { now, locale: t.locale });
}
