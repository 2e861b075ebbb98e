import type { Payment, RecurringGift } from "../../generated/sqlite/client";
import type { LedgerContext } from "./context";
import { wantsThanksMailForPayment } from "./mail-choices";
import { type PaymentMailKind, paymentMailValues, queueMail } from "./outbox";
import { NOT_SENT_BECAUSE_GIFT_WAS_RETURNED } from "./outdated-mail";
import { keptMinor } from "./payment-standing";
import { beginsConcurrentRecurringGift } from "./second-gift";
import { deleteGivenUpMail, redirectUnsentMail, wasAnyMailSentFor } from "./store/outbox";
import { hasRenewalFailedAtFirstAttempt, listFailedRenewals, listPaymentAndRefundIds } from "./store/payments";
import { listRefundsOf } from "./store/refunds";
import { findMailAddress } from "./store/supporters";
import { getSupporterMailAddress } from "./supporters";

/**
 * For each kind of e-mail, the number of days after the payment within which it can be queued. A late event must not
 * cause an e-mail about an old gift.
 */
const MAIL_WITHIN_DAYS: Record<PaymentMailKind, number> = {
  thanks: 3,
  "debit-pending": 3,
  /** Longer, because a bank can take days to refuse a debit. The days are counted from the start of the debit. */
  "debit-bounced": 30,
};
const KINDS = Object.keys(MAIL_WITHIN_DAYS) as PaymentMailKind[];
const DAY_MS = 24 * 60 * 60 * 1000;

export async function queueDueMailAboutPayment(context: LedgerContext, payment: Payment): Promise<void> {
  const kind = dueMail(payment, context.now);
  if (kind) await queue(context, { kind, payment });
}

/**
 * If a thank-you e-mail was not sent because of a refund, and the refund has failed, queues the e-mail again. Does
 * nothing if the supporter got an e-mail about a refund, because the thanks would contradict it.
 */
export async function queueThanksIfRefundFailed(context: LedgerContext, payment: Payment): Promise<void> {
  const { tx, silent } = context;
  if (silent || keptMinor(payment) === 0n) return;
  const refundKeys = (await listRefundsOf(tx, payment.id)).map(({ id }) => `refunded:${id}`);
  if (await wasAnyMailSentFor(tx, refundKeys)) return;
  if (await deleteGivenUpMail(tx, { factKey: `thanks:${payment.id}`, reason: NOT_SENT_BECAUSE_GIFT_WAS_RETURNED }))
    await queue(context, { kind: "thanks", payment });
}

async function queue(
  { tx, now, silent }: LedgerContext,
  { kind, payment }: { kind: PaymentMailKind; payment: Payment },
): Promise<void> {
  if (silent || !payment.supporterId) return;
  if (kind === "thanks" && !(await wantsThanksMailForPayment(tx, payment))) return;
  const to = await getSupporterMailAddress(tx, payment);
  const values = paymentMailValues(payment);
  if (kind === "thanks") {
    values.isSecond = await beginsConcurrentRecurringGift(tx, payment);
    values.isRecovered = payment.invoiceId !== null && (await hasRenewalFailedAtFirstAttempt(tx, payment.invoiceId));
  }
  await queueMail(tx, { kind, factKey: `${kind}:${payment.id}`, to, now, values });
}

/**
 * Redirects the unsent e-mails that the ledger queued about a recurring gift, its payments, refunds and failed attempts
 * to the supporter's current address. Leaves out e-mails that a person requested: those with a receipt, a payment link
 * or a gift link.
 */
export async function redirectUnsentGiftMail(
  { tx }: LedgerContext,
  { gift: { id, subscriptionId }, supporterId }: { gift: RecurringGift; supporterId: string },
): Promise<void> {
  const to = await findMailAddress(tx, supporterId);
  if (!to) return;
  const payments = await listPaymentAndRefundIds(tx, id);
  const keys = payments.flatMap(({ id, refunds }) => [
    ...KINDS.map((kind) => `${kind}:${id}`),
    ...refunds.flatMap(({ id }) => [`refunded:${id}`, `refund-failed:${id}`]),
  ]);
  const attempts = await listFailedRenewals(tx, { subscriptionId });
  const factKeys = [...keys, ...attempts.map(({ key }) => `renewal:${key}`)];
  const ofGift = ["upcoming", "card-expires"].map((kind) => `${kind}:${subscriptionId}:`);
  const keyPrefixes = [...ofGift, `changed:${id}:`, `resumes:${id}:`];
  await redirectUnsentMail(tx, { factKeys, keyPrefixes }, to);
}

function dueMail(payment: Payment, now: Date): PaymentMailKind | null {
  const due = mailOf(payment);
  const isInTime = due && now.getTime() - due.since.getTime() <= MAIL_WITHIN_DAYS[due.kind] * DAY_MS;
  return isInTime ? due.kind : null;
}

/**
 * Returns which e-mail fits the payment's status, and the time from which the e-mail's age is counted. A completed
 * Checkout session is not enough for a thank-you e-mail. A single gift also needs a charge, and a recurring gift a paid
 * invoice.
 */
function mailOf(payment: Payment): { kind: PaymentMailKind; since: Date } | null {
  const { status, chargeId, invoiceId, arrivedAt, paidAt } = payment;
  if (status === "pending") return { kind: "debit-pending", since: paidAt };
  if (status === "failed") return { kind: "debit-bounced", since: paidAt };
  const isBooked = status === "succeeded" && (chargeId !== null || invoiceId !== null);
  return isBooked && arrivedAt ? { kind: "thanks", since: arrivedAt } : null;
}
