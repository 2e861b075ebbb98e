// Attaches a payment method to its customer after its first use.
import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { futureUsageOf } from "../resources/payment-intents";
import { attach } from "../resources/payment-methods";
import type { AttemptResult } from "./payment-attempt";

/** If requested, the payment method stays with the customer. */
export function saveMethod(
  account: Account,
  { kind, intent }: AttemptResult,
  { id, type }: Stripe.PaymentMethod,
): void {
  const customer = idOf(intent.customer);
  if (kind === "declined" || kind === "challenged" || !futureUsageOf(intent, type) || !customer) return;
  const method = account.get("payment_method", id);
  if (!method.customer) attach(account, method, customer);
}
