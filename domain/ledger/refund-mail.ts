// Queues one mail to the supporter when Stripe says that a refund has succeeded: the money takes days to appear on a statement. If the
// bank sends it back later, a second mail says so.
// A dispute queues none. The cardholder opened it at the bank, and the bank reports how it ends. Our mail would look like
// pressure, and after a theft it would reach someone other than the cardholder. The supporter's own pages show it.
import type { Payment, Refund } from "../../generated/sqlite/client";
import { moneyOf } from "../money";
import type { LedgerContext } from "./context";
import { paymentValues, queueMail, type RefundValues } from "./outbox";
import { listKnownKeys } from "./store/outbox";
import { listRefundsOf } from "./store/refunds";
import { getMailAddress } from "./supporters";

/** Days after a refund in which its mail is still queued. Some refunds stay pending for weeks. */
const MAIL_WITHIN_DAYS = 30;
/** Days after a refund in which the mail about its failure is still queued. A bank may take weeks to send the money back. */
const FAILED_WITHIN_DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Safe to repeat: queues at most one mail per refund. */
export async function queueRefundMail(context: LedgerContext, payment: Payment, refund: Refund): Promise<void> {
  const { tx, now, silent } = context;
  if (silent || !payment.supporterId || !isDue(refund, now)) return;
  const to = await getMailAddress(tx, payment);
  const values = refundValues(payment, refund);
  await queueMail(tx, { kind: "refunded", factKey: refundedKey(refund.id), to, now, values });
}

/** Only if there is a mail that told of the refund. It may not have left yet: see findOutdated(). Safe to repeat. */
export async function queueRefundFailedMail(context: LedgerContext, payment: Payment, refund: Refund): Promise<void> {
  const { tx, now, silent } = context;
  if (silent || !payment.supporterId || !isYoung(refund, now, FAILED_WITHIN_DAYS)) return;
  if ((await listKnownKeys(tx, [refundedKey(refund.id)])).length === 0) return;
  const to = await getMailAddress(tx, payment);
  const values = refundValues(payment, refund);
  await queueMail(tx, { kind: "refund-failed", factKey: `refund-failed:${refund.id}`, to, now, values });
}

/** The key of the mail that tells of a refund. */
export function refundedKey(refundId: string): string {
  return `refunded:${refundId}`;
}

/** Queues the refund mails of a payment whose supporter has only now become known. */
export async function queueAllRefundMail(context: LedgerContext, payment: Payment): Promise<void> {
  for (const refund of await listRefundsOf(context.tx, payment.id)) await queueRefundMail(context, payment, refund);
}

function isDue(refund: Refund, now: Date): boolean {
  return refund.status === "succeeded" && isYoung(refund, now, MAIL_WITHIN_DAYS);
}

function isYoung({ refundedAt }: Refund, now: Date, days: number): boolean {
  return now.getTime() - refundedAt.getTime() <= days * DAY_MS;
}

function refundValues(payment: Payment, refund: Refund): RefundValues {
  const { coveredFeeMinor: _, ...values } = paymentValues(payment);
  return {
    ...values,
    ...moneyOf(refund.amountMinor, refund.currency),
    givenMinor: values.amountMinor,
    refundId: refund.id,
    refundedAt: refund.refundedAt.toISOString(),
  };
}
