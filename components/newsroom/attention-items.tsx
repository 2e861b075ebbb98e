// Shows ids for Stripe's dashboard, and no name or e-mail address of a reader.

import { Notice } from "@/components/ui/notice";
import { countWaitingTasks, type ItemsAwaitingStaff } from "@/domain/newsroom/attention";
import type { UnhandledStoppedAddress } from "@/domain/newsroom/stopped-addresses";
import * as taskOf from "@/domain/newsroom/task-names";
import { BooksCheckNotice } from "./books-notice";
import { DeadLetterEvents } from "./dead-letters";
import { UnreadMessages } from "./messages/unread-messages";
import { OpenDisputes } from "./open-disputes";
import { WaitingRefundRequests } from "./people/refund-requests-from-colleagues";
import { FailedMails } from "./queue/failed-mails";
import type { StaffTaskBarContext } from "./queue/staff-task-bar";
import { RateLimitAlerts } from "./rate-limit-alerts";
import type { RenderPageSection } from "./render-page-section";
import { StoppedAddresses } from "./stopped-addresses";
import { UnerasedEvidenceItems } from "./unerased-evidence";

type AttentionItemsProps = {
  context: StaffTaskBarContext;
  attention: ItemsAwaitingStaff;
  now: Date;
  /** Encrypts the hash of an address for a form's hidden field. */
  sealEmailHash: (emailHash: string) => string;
  renderPart: RenderPageSection;
};

export function AttentionItems({ context, attention, now, sealEmailHash, renderPart }: AttentionItemsProps) {
  const { t, timeZone } = context;
  const { deadLetters, failedMails, mailStops, disputes, leftEvidence, refunds, bursts, books, messages } = attention;
  const toShow = ({ emailHash, stoppedAt, stripeId }: UnhandledStoppedAddress) => {
    const work = taskOf.stoppedAddressTaskKeyAndState({ emailHash, stoppedAt, stripeId });
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
        <WaitingRefundRequests t={t} requests={value} timeZone={timeZone} />
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
        <StoppedAddresses context={context} stops={value.map(toShow)} />
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
