// Refunds and disputes know only a payment intent, and may be told of before the payment itself. They wait, and are taken up
// when it comes. Those of other products on the same Stripe account wait for nothing and count nowhere.
import type { Payment } from "../../generated/sqlite/client";
import { adoptDispute } from "./disputes";
import type { Recording } from "./recording";
import { adoptRefund } from "./refunds";

export async function takeWaiting(recording: Recording, payment: Payment): Promise<void> {
  const { paymentIntentId } = payment;
  if (!paymentIntentId) return;
  const where = { paymentIntentId, paymentId: null };
  for (const refund of await recording.tx.refund.findMany({ where })) await adoptRefund(recording, payment, refund);
  for (const dispute of await recording.tx.dispute.findMany({ where })) await adoptDispute(recording, payment, dispute);
}
