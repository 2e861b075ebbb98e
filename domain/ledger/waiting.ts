// Refunds and disputes know only a payment intent, and may be told of before the payment itself. They wait, and are taken up
// when it comes. Those of other products on the same Stripe account wait for nothing and count nowhere.
import type { Payment } from "../../generated/sqlite/client";
import { adoptDispute } from "./disputes";
import type { Recording } from "./recording";
import { adoptRefund } from "./refunds";
import { listRows } from "./rows";

export async function takeWaiting(recording: Recording, payment: Payment): Promise<void> {
  const { paymentIntentId } = payment;
  if (!paymentIntentId) return;
  const where = { paymentIntentId, paymentId: null };
  for (const refund of await listRows(recording.tx, "Refund", where)) await adoptRefund(recording, payment, refund);
  for (const dispute of await listRows(recording.tx, "Dispute", where)) await adoptDispute(recording, payment, dispute);
}
