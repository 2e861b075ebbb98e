// Records refunds. If a refund fails or is cancelled, adds a second entry with the opposite amount. Both entries have
// the time of the refund, so they add up to zero in the totals of every day and month.
import type { Payment, Refund } from "../../generated/sqlite/client";
import { moneyColumns } from "../money";
import type { LedgerContext } from "./context";
import { appendEntry, type NewLedgerEntry } from "./entries";
import type { RefundReported, RefundStatus } from "./fact";
import { queueFollowUp } from "./follow-ups";
import { queueThanksIfRefundFailed } from "./payment-mail";
import { queueRefundFailedMail, queueRefundMail } from "./refund-mail";
import { isLaterStatus, type StatusesByRank } from "./status-order";
import { findPaymentByIntent, setPaymentDeductions } from "./store/payments";
import { addRefund, changeRefund, findRefund, listRefundsOf } from "./store/refunds";
import { UnrecordableError, type UnrecordableReason } from "./unrecordable";

const LIFECYCLE: StatusesByRank<RefundStatus> = [["pending"], ["succeeded"], ["canceled", "failed"]];
const RETURNED = ["canceled", "failed"];

type RefundAmount = Pick<Refund, "amountMinor" | "status">;

/**
 * Records a refund, and links it to its payment if that is known. Throws UnrecordableError if the refund cannot belong
 * to its payment.
 */
export async function recordRefund(context: LedgerContext, fact: RefundReported): Promise<void> {
  const { tx, now, eventId: reportedBy = null } = context;
  const { refundId: id, paymentIntentId, money, status, reason, refundedAt } = fact;
  const before = await findRefund(tx, id);
  if (!isLaterStatus(LIFECYCLE, fact, before)) return;
  const columns = { ...moneyColumns(money), status, reason, refundedAt, reportedBy, recordedAt: now };
  const refund = before
    ? await changeRefund(tx, before, { status })
    : await addRefund(tx, { id, paymentIntentId, paymentId: null, ...columns });
  const payment = await findPaymentByIntent(tx, paymentIntentId);
  const mismatch = payment ? await linkRefund(context, payment, refund) : null;
  if (mismatch) throw new UnrecordableError(mismatch);
}

/**
 * Links a refund to its payment and appends its entries. If it cannot belong to the payment, writes nothing and returns
 * the reason. Repeated calls are safe.
 */
export async function linkRefund(
  context: LedgerContext,
  payment: Payment,
  refund: Refund,
): Promise<UnrecordableReason | null> {
  const { tx } = context;
  const others = (await listRefundsOf(tx, payment.id)).filter(({ id }) => id !== refund.id);
  const mismatch = findMismatch(payment, refund, others);
  if (mismatch) return mismatch;
  await changeRefund(tx, refund, { paymentId: payment.id });
  for (const entry of refundEntries(refund)) await appendEntry(context, payment, entry);
  const balance = { refundedMinor: refundedMinor([...others, refund]) };
  await setPaymentDeductions(tx, payment.id, balance);
  await queueRefundMail(context, payment, refund);
  if (RETURNED.includes(refund.status)) {
    await queueRefundFailedMail(context, payment, refund);
    await queueThanksIfRefundFailed(context, { ...payment, ...balance });
  }
  await queueFollowUp(context, `refund:${refund.id}`);
  return null;
}

function refundEntries({ id, amountMinor, refundedAt: occurredAt, status }: Refund): NewLedgerEntry[] {
  const refund: NewLedgerEntry = { key: `refund:${id}`, kind: "refund", amountMinor: -amountMinor, occurredAt };
  const reversal: NewLedgerEntry = { key: `refund-returned:${id}`, kind: "refund-returned", amountMinor, occurredAt };
  return RETURNED.includes(status) ? [refund, reversal] : [refund];
}

function refundedMinor(refunds: readonly RefundAmount[]): bigint {
  return refunds.reduce((sum, { amountMinor, status }) => (RETURNED.includes(status) ? sum : sum + amountMinor), 0n);
}

/**
 * Returns why the refund cannot belong to the payment, or null. For example, the refunds together exceed the payment.
 * This can be temporary: an older refund has failed, but the event about its failure has not arrived yet.
 */
function findMismatch(payment: Payment, refund: Refund, others: readonly RefundAmount[]): UnrecordableReason | null {
  const about = { refund: refund.id, payment: payment.paymentIntentId ?? payment.id };
  if (refund.currency !== payment.currency) return { why: "refund-currency", ...about };
  const wouldBeRefunded = RETURNED.includes(refund.status)
    ? refund.amountMinor
    : refundedMinor(others) + refund.amountMinor;
  return wouldBeRefunded > payment.amountMinor ? { why: "refund-too-large", ...about } : null;
}
