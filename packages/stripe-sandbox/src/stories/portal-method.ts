// A new way to pay in the billing portal: set up through a setup intent, as Stripe does it, and then used from now on.
import type Stripe from "stripe";
import type { Account } from "../account";
import { createSetupIntent } from "../resources/setup-intents";
import { attemptSetup, type SetupResult } from "./attempt-setup";
import { challengeUrlOf } from "./challenge";
import { adoptMethod } from "./portal";

export type NewWay = {
  customer: Stripe.Customer;
  method: Stripe.PaymentMethod;
  /** Where the bank sends the customer back to. */
  returnUrl: string;
};

export function changeMethodInPortal(account: Account, { customer, method, returnUrl }: NewWay): SetupResult {
  const intent = createSetupIntent(account, { customer: customer.id, usage: "off_session" });
  const challengeUrl = challengeUrlOf(account, intent);
  const result = attemptSetup(account, { intent, method, challengeUrl, returnUrl });
  if (result.kind === "set_up") adoptMethod(account, account.get("payment_method", method.id), customer.id);
  return result;
}

/** Back from the bank: what it has let pass is used from now on. Safe to repeat. */
export function adoptSetUp(account: Account, id: string, customer: Stripe.Customer): boolean {
  const intent = account.find("setup_intent", id);
  if (intent?.status !== "succeeded" || intent.customer !== customer.id) return false;
  adoptMethod(account, account.get("payment_method", String(intent.payment_method)), customer.id);
  return true;
}
