// Lists everything that waits for staff; draws nothing if there is nothing. Shows ids for Stripe's dashboard, and nothing about
// readers.
import { Notice } from "@/components/ui/notice";
import type { Translate } from "@/content/messages";
import { type Attention, countWaiting } from "@/domain/newsroom/attention";
import type { OpenMailStop } from "@/domain/newsroom/mail-stops";
import { BooksNotice } from "./books-notice";
import { Bursts } from "./bursts";
import { DeadLetters } from "./dead-letters";
import type { DrawPart } from "./draw-part";
import { MailStops } from "./mail-stops";
import { OpenDisputes } from "./open-disputes";
import { WaitingRefunds } from "./people/refund-requests";

type NeedsAPersonProps = {
  t: Translate;
  attention: Attention;
  timeZone: string;
  now: Date;
  /** Hides the hash of an address in a form's field. */
  sealAddress: (emailHash: string) => string;
  drawPart: DrawPart;
};

export function NeedsAPerson({ t, attention, timeZone, now, sealAddress, drawPart }: NeedsAPersonProps) {
  const { deadLetters, stuckMails, mailStops, disputes, refunds, bursts, books } = attention;
  const toShow = ({ emailHash, ...stop }: OpenMailStop) => ({ ...stop, key: sealAddress(emailHash) });
  if (countWaiting(attention) === 0) return null;
  return (
    <Notice kind="bad" title={t("newsroom.attention.title")}>
      {drawPart({ name: "dead-letters", title: t("newsroom.events.title") }, deadLetters, (value) => (
        <DeadLetters t={t} {...value} now={now} />
      ))}
      {drawPart({ name: "disputes", title: t("newsroom.disputes.title") }, disputes, (value) => (
        <OpenDisputes t={t} disputes={value} timeZone={timeZone} />
      ))}
      {drawPart({ name: "refunds", title: t("people.queue.title") }, refunds, (value) => (
        <WaitingRefunds t={t} requests={value} timeZone={timeZone} />
      ))}
      {drawPart({ name: "bursts", title: t("newsroom.attention.burst-title") }, bursts, (value) => (
        <Bursts t={t} bursts={value} timeZone={timeZone} />
      ))}
      {drawPart({ name: "books", title: t("newsroom.books.title") }, books, (value) => (
        <BooksNotice t={t} books={value} timeZone={timeZone} />
      ))}
      {drawPart({ name: "mail-stops", title: t("newsroom.mail-stops.title") }, mailStops, (value) => (
        <MailStops t={t} stops={value.map(toShow)} timeZone={timeZone} />
      ))}
      {drawPart({ name: "stuck-mails", title: t("newsroom.attention.mails-title") }, stuckMails, (count) =>
        count > 0 ? <p>{t("newsroom.attention.mails", { count })}</p> : null,
      )}
    </Notice>
  );
}
