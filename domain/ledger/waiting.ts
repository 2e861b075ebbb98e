// Refunds and disputes know only a payment intent, and may be told of before the payment itself. They wait, and are taken up
// when it comes. Those of other products on the same Stripe account wait for nothing and count nowhere.
import type { Payment, Refund } from "../../generated/sqlite/client";
import { failRecorded } from "./dead-letters";
import { adoptDispute } from "./disputes";
import type { Recording } from "./recording";
import { adoptRefund, findMisfit } from "./refunds";
import { listRows } from "./rows";
import type { Reason } from "./unrecordable";

export async function takeWaiting(recording: Recording, payment: Payment): Promise<void> {
  const { paymentIntentId } = payment;
  if (!paymentIntentId) return;
  const where = { paymentIntentId, paymentId: null };
  const refunds = await listRows(recording.tx, "Refund", where);
  // The oldest first, so that of several that are too much together it is the last that does not fit.
  const byAge = refunds.toSorted((a, b) => a.refundedAt.getTime() - b.refundedAt.getTime() || (a.id < b.id ? -1 : 1));
  for (const refund of byAge) {
    const misfit = await findMisfit(recording, payment, refund);
    await (misfit ? sendBack(recording, refund, misfit) : adoptRefund(recording, payment, refund));
  }
  for (const dispute of await listRows(recording.tx, "Dispute", where)) await adoptDispute(recording, payment, dispute);
}

/** The payment is recorded all the same: it is the refund's event that becomes one that failed. */
async function sendBack({ tx, now }: Recording, { id, toldBy }: Refund, reason: Reason): Promise<void> {
  await tx.refund.delete({ where: { id } });
  if (toldBy) await failRecorded(tx, { eventId: toldBy, reason, now });
}
