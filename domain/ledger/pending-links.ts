// Links refunds and disputes that were recorded before their payment. Until they are linked, they have only the id of a
// payment intent. Refunds and disputes of other products on the same Stripe account are never linked.
import type { Payment, Refund } from "../../generated/sqlite/client";
import type { LedgerContext } from "./context";
import { turnRecordedEventIntoDeadLetter } from "./dead-letters";
import { linkDispute } from "./disputes";
import { linkRefund } from "./refunds";
import { listUnlinkedDisputes } from "./store/disputes";
import { deleteRefund, listUnlinkedRefunds } from "./store/refunds";
import type { UnrecordableReason } from "./unrecordable";

export async function linkEarlierRefundsAndDisputes(context: LedgerContext, payment: Payment): Promise<void> {
  const { paymentIntentId } = payment;
  if (!paymentIntentId) return;
  const refunds = await listUnlinkedRefunds(context.tx, paymentIntentId);
  for (const refund of refunds.toSorted(byAge)) {
    const mismatch = await linkRefund(context, payment, refund);
    if (mismatch) await rejectRefund(context, refund, mismatch);
  }
  for (const dispute of await listUnlinkedDisputes(context.tx, paymentIntentId))
    await linkDispute(context, payment, dispute);
}

/** Orders refunds from old to new. If all refunds together exceed the payment, the newest ones are rejected. */
function byAge(a: Refund, b: Refund): number {
  return a.refundedAt.getTime() - b.refundedAt.getTime() || (a.id < b.id ? -1 : 1);
}

/** Deletes the refund. If it is known which event reported it, turns that event into a dead letter. */
async function rejectRefund(
  { tx, now }: LedgerContext,
  { id, reportedBy }: Refund,
  reason: UnrecordableReason,
): Promise<void> {
  await deleteRefund(tx, id);
  if (reportedBy) await turnRecordedEventIntoDeadLetter(tx, { eventId: reportedBy, reason, now });
}
