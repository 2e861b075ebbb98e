// Shows ids for Stripe's dashboard, and no name or e-mail address of a reader.

import { Notice } from "@/components/ui/notice";
import { countWaitingTasks, type ItemsAwaitingStaff } from "@/domain/newsroom/attention";
import type { UnhandledStoppedAddress } from "@/domain/newsroom/mail-stops";
import * as workOf from "@/domain/newsroom/work-names";
import { BooksCheckNotice } from "./books-notice";
import { DeadLetterEvents } from "./dead-letters";
import { MailStops } from "./mail-stops";
import { UnreadMessages } from "./messages/unread-messages";
import { OpenDisputes } from "./open-disputes";
import { WaitingRefunds } from "./people/refund-requests";
import { FailedMails } from "./queue/failed-mails";
import type { WorkItemBarContext } from "./queue/work-item-bar";
import { RateLimitAlerts } from "./rate-limit-alerts";
import type { RenderPart } from "./render-part";
import { UnerasedEvidenceItems } from "./unerased-evidence";

type AttentionItemsProps = {
  context: WorkItemBarContext;
  attention: ItemsAwaitingStaff;
  now: Date;
  /** Encrypts the hash of an address for a form's hidden field. */
  sealEmailHash: (emailHash: string) => string;
  renderPart: RenderPart;
};

export function AttentionItems({ context, attention, now, sealEmailHash, renderPart }: AttentionItemsProps) {
  const { t, timeZone } = context;
  const { deadLetters, failedMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages } = attention;
  const toShow = ({ emailHash, stoppedAt, stripeId }: UnhandledStoppedAddress) => {
    const work = workOf.stoppedAddressTaskKeyAndState({ emailHash, stoppedAt, stripeId });
    return { stoppedAt, stripeId, sealedEmailHash: sealEmailHash(emailHash), work };
  };
  if (countWaitingTasks(attention) === 0) return null;
  return (
    <Notice kind="bad" title={t("newsroom.attention.title")}>
      {renderPart({ name: "disputes", title: t("newsroom.disputes.title") }, disputes, (value) => (
        <OpenDisputes context={context} disputes={value} />
      ))}
      {renderPart({ name: "left-evidence", title: t("newsroom.left-evidence.title") }, leftEvidence, (value) => (
        <UnerasedEvidenceItems context={context} unerasedEvidence={value} />
      ))}
      {renderPart({ name: "refunds", title: t("people.queue.title") }, refunds, (value) => (
        <WaitingRefunds t={t} requests={value} timeZone={timeZone} />
      ))}
      {renderPart({ name: "dead-letters", title: t("newsroom.events.title") }, deadLetters, (value) => (
        <DeadLetterEvents t={t} context={context} {...value} now={now} />
      ))}
      {renderPart({ name: "bursts", title: t("newsroom.attention.burst-title") }, bursts, (value) => (
        <RateLimitAlerts context={context} alerts={value} />
      ))}
      {renderPart({ name: "books", title: t("newsroom.books.title") }, books, (value) => (
        <BooksCheckNotice context={context} books={value} />
      ))}
      {renderPart({ name: "mail-stops", title: t("newsroom.mail-stops.title") }, mailStops, (value) => (
        <MailStops context={context} stops={value.map(toShow)} />
      ))}
      {renderPart({ name: "stuck-mails", title: t("newsroom.attention.mails-title") }, failedMails, (value) => (
        <FailedMails context={context} mails={value} />
      ))}
      {renderPart({ name: "messages", title: t("newsroom.section.messages") }, messages, (count) => (
        <UnreadMessages t={t} count={count} />
      ))}
    </Notice>
  );
}
