import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { attemptPayment, failPaymentAuthentication } from "./attempt-payment";
import { attemptSetup, failSetupAuthentication } from "./attempt-setup";
import { savePaymentMethodIfIntentAsksForIt } from "./save-method";
import { bookChargeToBalance } from "./settle-charge";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

export function challengeUrlOf(account: Account, { id, client_secret: secret }: Intent): string {
  return `${account.baseUrl}/authenticate/${id}?client_secret=${secret ?? ""}`;
}

export function findPaymentOrSetupIntent(account: Account, id: string): Intent | null {
  return id.startsWith("seti_") ? account.find("setup_intent", id) : account.find("payment_intent", id);
}

/**
 * Returns the URL to which the payer goes after the challenge. Null if the payer stays on the site's page, where a
 * script waits for the outcome.
 */
export function returnUrlOf(intent: Intent): string | null {
  return intent.next_action?.redirect_to_url?.return_url ?? null;
}

export function applyChallengeAnswer(account: Account, intent: Intent, passed: boolean): "succeeded" | "failed" {
  if (intent.status !== "requires_action") return isDone(intent) ? "succeeded" : "failed";
  const method = account.get("payment_method", idOf(intent.payment_method));
  if (intent.object === "setup_intent") {
    const attempt = { intent, method, authenticated: passed };
    const set = passed ? attemptSetup(account, attempt) : failSetupAuthentication(account, attempt);
    return set.kind === "set_up" ? "succeeded" : "failed";
  }
  const attempt = { intent, method, onSession: true, authenticated: passed };
  const result = passed ? attemptPayment(account, attempt) : failPaymentAuthentication(account, attempt);
  savePaymentMethodIfIntentAsksForIt(account, result, method);
  if (result.kind === "paid") bookChargeToBalance(account, result.charge);
  return isDone(result.intent) ? "succeeded" : "failed";
}

function isDone({ status }: Intent): boolean {
  return status === "succeeded" || status === "requires_capture";
}
