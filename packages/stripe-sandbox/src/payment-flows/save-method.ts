import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { setupFutureUsageOf } from "../resources/payment-intents";
import { attachMethod } from "../resources/payment-methods";
import type { AttemptResult } from "./payment-attempt";

export function savePaymentMethodIfIntentAsksForIt(
  account: Account,
  { kind, intent }: AttemptResult,
  { id, type }: Stripe.PaymentMethod,
): void {
  const customer = idOf(intent.customer);
  if (kind === "declined" || kind === "challenged" || !setupFutureUsageOf(intent, type) || !customer) return;
  const method = account.get("payment_method", id);
  if (!method.customer) attachMethod(account, method, customer);
}
