// Shows ids for Stripe's dashboard, and nothing about readers.
import { Notice } from "@/components/ui/notice";
import { type Attention, countWaiting } from "@/domain/newsroom/attention";
import type { OpenMailStop } from "@/domain/newsroom/mail-stops";
import * as workOf from "@/domain/newsroom/work-names";
import { BooksNotice } from "./books-notice";
import { RateLimitAlerts } from "./bursts";
import { DeadLetters } from "./dead-letters";
import { UnerasedEvidenceItems } from "./left-evidence";
import { MailStops } from "./mail-stops";
import { UnreadMessages } from "./messages/unread-messages";
import { OpenDisputes } from "./open-disputes";
import { WaitingRefunds } from "./people/refund-requests";
import { StuckMails } from "./queue/stuck-mails";
import type { WorkContext } from "./queue/work-bar";
import type { RenderPart } from "./render-part";

type AttentionItemsProps = {
  desk: WorkContext;
  attention: Attention;
  now: Date;
  /** For a form's hidden field. */
  sealAddress: (emailHash: string) => string;
  drawPart: RenderPart;
};

export function AttentionItems({ desk, attention, now, sealAddress, drawPart }: AttentionItemsProps) {
  const { t, timeZone } = desk;
  const { deadLetters, stuckMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages } = attention;
  const toShow = ({ emailHash, stoppedAt, stripeId }: OpenMailStop) => {
    const work = workOf.mailStopWorkState({ emailHash, stoppedAt, stripeId });
    return { stoppedAt, stripeId, key: sealAddress(emailHash), work };
  };
  if (countWaiting(attention) === 0) return null;
  return (
    <Notice kind="bad" title={t("newsroom.attention.title")}>
      {drawPart({ name: "disputes", title: t("newsroom.disputes.title") }, disputes, (value) => (
        <OpenDisputes desk={desk} disputes={value} />
      ))}
      {drawPart({ name: "left-evidence", title: t("newsroom.left-evidence.title") }, leftEvidence, (value) => (
        <UnerasedEvidenceItems desk={desk} left={value} />
      ))}
      {drawPart({ name: "refunds", title: t("people.queue.title") }, refunds, (value) => (
        <WaitingRefunds t={t} requests={value} timeZone={timeZone} />
      ))}
      {drawPart({ name: "dead-letters", title: t("newsroom.events.title") }, deadLetters, (value) => (
        <DeadLetters t={t} desk={desk} {...value} now={now} />
      ))}
      {drawPart({ name: "bursts", title: t("newsroom.attention.burst-title") }, bursts, (value) => (
        <RateLimitAlerts desk={desk} bursts={value} />
      ))}
      {drawPart({ name: "books", title: t("newsroom.books.title") }, books, (value) => (
        <BooksNotice desk={desk} books={value} />
      ))}
      {drawPart({ name: "mail-stops", title: t("newsroom.mail-stops.title") }, mailStops, (value) => (
        <MailStops desk={desk} stops={value.map(toShow)} />
      ))}
      {drawPart({ name: "stuck-mails", title: t("newsroom.attention.mails-title") }, stuckMails, (value) => (
        <StuckMails desk={desk} mails={value} />
      ))}
      {drawPart({ name: "messages", title: t("newsroom.section.messages") }, messages, (count) => (
        <UnreadMessages t={t} count={count} />
      ))}
    </Notice>
  );
}
