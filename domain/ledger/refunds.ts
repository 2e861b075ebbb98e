// Money that goes back to who gave it: any number of refunds a payment, each once. One that fails, or is called off, comes
// back: then both entries stand, on the day of the refund, and are nothing together.
import type { Payment, Refund } from "../../generated/sqlite/client";
import { type Course, keepSurest } from "./certainty";
import { appendEntry } from "./entries";
import type { RefundReported, RefundStatus } from "./fact";
import { followUp } from "./follow-ups";
import type { Recording } from "./recording";
import { type Reason, Unrecordable } from "./unrecordable";
import { queueWentBack } from "./went-back";

const COURSE: Course<RefundStatus> = [["pending"], ["succeeded"], ["canceled", "failed"]];
const RETURNED = ["canceled", "failed"];

export async function recordRefund(recording: Recording, fact: RefundReported): Promise<void> {
  const { tx, now, eventId: toldBy = null } = recording;
  const { refundId: id, paymentIntentId, money, status, reason, refundedAt } = fact;
  const sum = { amountMinor: BigInt(money.amountMinor), currency: money.currency };
  const made = { id, paymentIntentId, ...sum, status, reason, refundedAt, toldBy, recordedAt: now };
  const { row, isNews } = await keepSurest(tx.refund, COURSE, { made, news: { status } });
  if (!isNews) return;
  const payment = await tx.payment.findUnique({ where: { paymentIntentId } });
  if (payment) await adoptRefund(recording, payment, row);
}

/** Ties a refund to its payment and books it. Throws where it cannot be one of this payment. Safe to repeat. */
export async function adoptRefund(recording: Recording, payment: Payment, refund: Refund): Promise<void> {
  const { tx } = recording;
  const misfit = await findMisfit(recording, payment, refund);
  if (misfit) throw new Unrecordable(misfit);
  const { id, amountMinor, refundedAt: occurredAt } = refund;
  await tx.refund.update({ where: { id }, data: { paymentId: payment.id } });
  await appendEntry(recording, payment, { key: `refund:${id}`, kind: "refund", amountMinor: -amountMinor, occurredAt });
  if (RETURNED.includes(refund.status))
    await appendEntry(recording, payment, {
      key: `refund-returned:${id}`,
      kind: "refund-returned",
      amountMinor,
      occurredAt,
    });
  const standing = await tx.refund.findMany({ where: { paymentId: payment.id, status: { notIn: RETURNED } } });
  const refundedMinor = standing.reduce((sum, each) => sum + each.amountMinor, 0n);
  await tx.payment.update({ where: { id: payment.id }, data: { refundedMinor } });
  await queueWentBack(recording, payment, refund);
  await followUp(recording, `refund:${id}`);
}

/**
 * Why a refund cannot be one of this payment; null where it can. Stripe never gives back more than came: an older one that has
 * failed may not have been told of yet, and then this one is tried again later.
 */
export async function findMisfit(
  { tx }: Recording,
  payment: Payment,
  { id, amountMinor, currency, status }: Refund,
): Promise<Reason | null> {
  const about = { refund: id, payment: payment.paymentIntentId ?? payment.id };
  if (currency !== payment.currency) return { why: "refund-currency", ...about };
  const others = { paymentId: payment.id, id: { not: id }, status: { notIn: RETURNED } };
  const { _sum } = RETURNED.includes(status)
    ? { _sum: { amountMinor: 0n } }
    : await tx.refund.aggregate({ where: others, _sum: { amountMinor: true } });
  const isTooLarge = amountMinor + (_sum.amountMinor ?? 0n) > payment.amountMinor;
  return isTooLarge ? { why: "refund-too-large", ...about } : null;
}
