import type Stripe from "stripe";
import type { Account } from "../account";
import { cancelNow } from "../resources/subscription-cancel";
import { storeSubscriptionChange } from "./update-invoice";

/**
 * Pauses or cancels a subscription whose trial ends without a payment method, if its trial settings say so. Returns
 * true if it did.
 */
export function pauseOrCancelIfTrialLacksMethod(account: Account, subscription: Stripe.Subscription): boolean {
  const { missing_payment_method: then } = subscription.trial_settings?.end_behavior ?? {};
  const customer = account.get("customer", String(subscription.customer));
  const method = subscription.default_payment_method ?? customer.invoice_settings.default_payment_method;
  if (method || !then || then === "create_invoice") return false;
  if (then === "cancel") cancelNow(account, subscription);
  else pauseAfterTrial(account, subscription);
  return true;
}

function pauseAfterTrial(account: Account, subscription: Stripe.Subscription): void {
  const reason = { type: "trial_end_without_payment_method" as const };
  const paused = { subscription: reason, transitioned_at: account.now(), type: "subscription" as const };
  const after = storeSubscriptionChange(account, subscription, { status: "paused", status_details: { paused } });
  account.emit("customer.subscription.paused", after);
}
