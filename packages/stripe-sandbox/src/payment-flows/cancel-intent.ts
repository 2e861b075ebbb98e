import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";

export function cancelIntent(
  account: Account,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent {
  if (intent.status === "requires_capture") releaseHold(account, account.get("charge", idOf(intent.latest_charge)));
  const canceled: Stripe.PaymentIntent = {
    ...intent,
    amount_capturable: 0,
    status: "canceled",
    canceled_at: account.now(),
    cancellation_reason: reason,
    next_action: null,
  };
  account.put(canceled);
  account.emit("payment_intent.canceled", canceled);
  return canceled;
}

/** Releases an authorization. No money has moved, so the charge is only marked refunded. */
export function releaseHold(account: Account, held: Stripe.Charge): Stripe.Charge {
  const released: Stripe.Charge = { ...held, amount_refunded: held.amount, refunded: true };
  account.putWithInternalState<"charge">(released, { dueAt: null, clock: null });
  account.emit("charge.refunded", released, { amount_refunded: 0, refunded: false });
  return released;
}
