// A dispute causes no e-mail to the supporter. The cardholder opened the dispute at their bank, and the bank tells them
// the result. An e-mail from the newsroom would look like pressure. After a card theft, it would not even reach the
// cardholder.
import type { Payment, Refund } from "../../generated/sqlite/client";
import { moneyOf } from "../money";
import type { LedgerContext } from "./context";
import { paymentMailValues, queueMail, type RefundMailValues } from "./outbox";
import { listMailKeysInOutbox } from "./store/outbox";
import { listRefundsOf } from "./store/refunds";
import { getSupporterMailAddress } from "./supporters";

/**
 * The site queues no e-mail about a successful refund that is older than this. The time is long, because a refund can
 * stay pending for weeks.
 */
const MAIL_WITHIN_DAYS = 30;
/**
 * The site sends no e-mail about a failed refund that is older than this. The time is long, because a bank can send the
 * money of a refund back to Stripe weeks later.
 */
const FAILED_WITHIN_DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Queues the e-mail about a refund that has succeeded and is recent. Repeated calls queue only one e-mail for each
 * refund.
 */
export async function queueRefundMail(context: LedgerContext, payment: Payment, refund: Refund): Promise<void> {
  const { tx, now, silent } = context;
  if (silent || !payment.supporterId || !isDue(refund, now)) return;
  const to = await getSupporterMailAddress(tx, payment);
  const values = refundValues(payment, refund);
  await queueMail(tx, { kind: "refunded", factKey: refundMailKey(refund.id), to, now, values });
}

/**
 * Queues the e-mail about a failed refund, but only if an e-mail about the refund was queued. Before sending,
 * findReasonMailIsOutdated() checks that the e-mail about the refund was sent.
 */
export async function queueRefundFailedMail(context: LedgerContext, payment: Payment, refund: Refund): Promise<void> {
  const { tx, now, silent } = context;
  if (silent || !payment.supporterId || !isYoung(refund, now, FAILED_WITHIN_DAYS)) return;
  if ((await listMailKeysInOutbox(tx, [refundMailKey(refund.id)])).length === 0) return;
  const to = await getSupporterMailAddress(tx, payment);
  const values = refundValues(payment, refund);
  await queueMail(tx, { kind: "refund-failed", factKey: `refund-failed:${refund.id}`, to, now, values });
}

export function refundMailKey(refundId: string): string {
  return `refunded:${refundId}`;
}

export async function queueMailsOfAllRefunds(context: LedgerContext, payment: Payment): Promise<void> {
  for (const refund of await listRefundsOf(context.tx, payment.id)) await queueRefundMail(context, payment, refund);
}

function isDue(refund: Refund, now: Date): boolean {
  return refund.status === "succeeded" && isYoung(refund, now, MAIL_WITHIN_DAYS);
}

function isYoung({ refundedAt }: Refund, now: Date, days: number): boolean {
  return now.getTime() - refundedAt.getTime() <= days * DAY_MS;
}

function refundValues(payment: Payment, refund: Refund): RefundMailValues {
  const { coveredFeeMinor: _, ...values } = paymentMailValues(payment);
  return {
    ...values,
    ...moneyOf(refund.amountMinor, refund.currency),
    givenMinor: values.amountMinor,
    refundId: refund.id,
    refundedAt: refund.refundedAt.toISOString(),
  };
}
