import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { futureUsageOf } from "../resources/payment-intents";
import { attachMethod } from "../resources/payment-methods";
import type { AttemptResult } from "./payment-attempt";

/** Attaches the payment method to the customer if the attempt did not fail and the intent asks for later use of the method. */
export function saveMethodIfRequested(
  account: Account,
  { kind, intent }: AttemptResult,
  { id, type }: Stripe.PaymentMethod,
): void {
  const customer = idOf(intent.customer);
  if (kind === "declined" || kind === "challenged" || !futureUsageOf(intent, type) || !customer) return;
  const method = account.get("payment_method", id);
  if (!method.customer) attachMethod(account, method, customer);
}
