// Checks, for some kinds of e-mails, that an e-mail is still true before it is sent. It can have waited in the outbox
// for hours.
import type { Db } from "../database";
import type { MailKindAndValues, PaymentMailValues, RenewalFailedMailValues } from "./outbox";
import { keptMinor } from "./payment-standing";
import { refundMailKey } from "./refund-mail";
import { wasAnyMailSentFor } from "./store/outbox";
import { findPayment, findPaymentByInvoice } from "./store/payments";
import { findRecurringGiftBySubscriptionId } from "./store/recurring-gifts";
import { findRefundStatus } from "./store/refunds";

const A_DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The reason that is stored if a thank-you e-mail was not sent because nothing of the gift was left. If a refund then
 * fails, queueThanksIfRefundFailed() finds the e-mail by this text and can queue it again.
 */
export const NOT_SENT_BECAUSE_GIFT_WAS_RETURNED = "the whole gift was returned";

type LinkMail = "sign-in" | "address-old" | "address-new";
type QueuedMail = Exclude<MailKindAndValues, { kind: LinkMail }> | { kind: LinkMail };

/**
 * Returns the reason why the e-mail must no longer be sent. Returns null if the e-mail's content is still true, or if
 * e-mails of this kind are not checked.
 */
export async function findReasonMailIsOutdated(db: Db, mail: QueuedMail): Promise<string | null> {
  switch (mail.kind) {
    case "thanks": {
      const payment = await findPayment(db, mail.values.paymentId);
      return payment && keptMinor(payment) === 0n ? NOT_SENT_BECAUSE_GIFT_WAS_RETURNED : null;
    }
    case "refunded": {
      const status = (await findRefundStatus(db, mail.values.refundId)) ?? "succeeded";
      return status === "succeeded" ? null : "the refund has failed";
    }
    // A supporter who got no e-mail about the refund needs no e-mail about its failure.
    case "refund-failed":
      return (await wasAnyMailSentFor(db, [refundMailKey(mail.values.refundId)]))
        ? null
        : "no mail about the refund was sent";
    case "debit-pending":
      return ((await findStatus(db, mail.values)) ?? "pending") === "pending" ? null : "the bank has answered";
    case "debit-bounced":
      return (await findStatus(db, mail.values)) === "succeeded" ? "the payment has succeeded after all" : null;
    case "resumes": {
      const gift = await findRecurringGiftBySubscriptionId(db, mail.values.subscriptionId);
      const isSame = gift?.status === "paused" && gift.resumesAt?.toISOString() === mail.values.resumesAt;
      return isSame ? null : "the gift is no longer paused until that day";
    }
    case "renewal-failed":
      return findSettled(db, mail.values);
    case "renewal-upcoming": {
      const gift = await findRecurringGiftBySubscriptionId(db, mail.values.subscriptionId);
      const [next, promised] = [gift?.chargesNextAt?.getTime() ?? 0, Date.parse(mail.values.chargesAt)];
      return gift && Math.abs(next - promised) > A_DAY_MS ? "the gift is no longer charged at that time" : null;
    }
    case "card-expires": {
      const gift = await findRecurringGiftBySubscriptionId(db, mail.values.subscriptionId);
      const isGone = gift && (gift.cancelAt !== null || gift.status === "canceled" || gift.status === "unpaid");
      const isReplaced = gift && gift.cardExpiresAt?.toISOString() !== mail.values.expiresAt;
      return isGone ? "the gift is not charged again" : isReplaced ? "the card was replaced" : null;
    }
    case "payment-link": {
      const gift = await findRecurringGiftBySubscriptionId(db, mail.values.subscriptionId);
      return gift && gift.status !== "past_due" ? "the gift is no longer overdue" : null;
    }
    case "receipt":
    case "changed":
    case "sign-in":
    case "gift-link":
    case "address-old":
    case "address-new":
    case "address-changed":
    case "address-left":
    case "erased":
    case "burst":
    case "summary":
    case "staff-news":
    case "reminder-confirm":
    case "reminder":
    case "letter":
      return null;
  }
}

/**
 * Returns why an e-mail about a failed renewal is outdated, for example because the invoice was paid or the gift
 * cancelled. Returns null if it is not outdated. If the failed attempt was a first bank debit that bounced, this e-mail
 * is outdated too, because another kind of e-mail reports the bounce.
 */
async function findSettled(
  db: Db,
  { attempt, subscriptionId, nextAttemptAt }: RenewalFailedMailValues,
): Promise<string | null> {
  const [invoiceId = "", number = ""] = attempt.split(":");
  const payment = await findPaymentByInvoice(db, invoiceId);
  if (payment?.status === "succeeded") return "the payment has succeeded after all";
  if (payment && number === "1") return "the mail about the bounced bank debit replaces it";
  const gift = await findRecurringGiftBySubscriptionId(db, subscriptionId);
  const isGivenUp = gift?.status === "canceled" || gift?.status === "unpaid";
  if (isGivenUp && nextAttemptAt !== null) return "the mail about the last attempt replaces it";
  if (gift?.status === "paused") return "the gift is paused";
  if (gift?.status === "canceled" && gift.endReason !== "payment_failed") return "the gift was cancelled";
  return null;
}

async function findStatus(db: Db, { paymentId }: PaymentMailValues): Promise<string | undefined> {
  return (await findPayment(db, paymentId))?.status;
}
