// Changes a customer's default payment method in the portal. As at Stripe, a setup intent first saves the method.
import type Stripe from "stripe";
import type { Account } from "../account";
import { createSetupIntent } from "../resources/setup-intents";
import { attemptSetup, type SetupResult } from "./attempt-setup";
import { challengeUrlOf } from "./challenge";
import { setMethodForCustomerAndSubscriptions } from "./portal";

export type NewPortalMethod = {
  customer: Stripe.Customer;
  method: Stripe.PaymentMethod;
  returnUrl: string;
};

export function changeMethodInPortal(account: Account, { customer, method, returnUrl }: NewPortalMethod): SetupResult {
  const intent = createSetupIntent(account, { customer: customer.id, usage: "off_session" });
  const challengeUrl = challengeUrlOf(account, intent);
  const result = attemptSetup(account, { intent, method, challengeUrl, returnUrl });
  if (result.kind === "set_up")
    setMethodForCustomerAndSubscriptions(account, account.get("payment_method", method.id), customer.id);
  return result;
}

/**
 * Makes the payment method that the setup intent saved the customer's default. Also sets it on each uncanceled
 * subscription that has its own default payment method. Returns false if the setup did not succeed, or belongs to
 * another customer. Safe to repeat.
 */
export function makeSetUpMethodDefault(account: Account, setupIntentId: string, customer: Stripe.Customer): boolean {
  const intent = account.find("setup_intent", setupIntentId);
  if (intent?.status !== "succeeded" || intent.customer !== customer.id) return false;
  setMethodForCustomerAndSubscriptions(
    account,
    account.get("payment_method", String(intent.payment_method)),
    customer.id,
  );
  return true;
}
