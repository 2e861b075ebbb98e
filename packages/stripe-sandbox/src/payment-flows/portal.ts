import type Stripe from "stripe";
import type { Account } from "../account";
import { idOf } from "../objects";
import { attachMethod } from "../resources/payment-methods";
import { previousAttributes } from "../resources/previous-attributes";
import { cancelNow } from "../resources/subscription-cancel";
import { storeSubscriptionChange } from "./update-invoice";

export type CancellationFeedback = {
  feedback: Stripe.Subscription.CancellationDetails["feedback"];
  comment: string | null;
};

/**
 * Cancels the subscription at the end of its period. In flexible billing mode the portal sets only `cancel_at`. In
 * classic mode it also sets `cancel_at_period_end`.
 */
export function scheduleCancellationInPortal(
  account: Account,
  subscription: Stripe.Subscription,
  { feedback, comment }: CancellationFeedback,
) {
  const details = { comment, feedback, feedback_option: null, reason: "cancellation_requested" as const };
  return storeSubscriptionChange(account, subscription, {
    cancel_at: earliestPeriodEndOf(subscription),
    cancel_at_period_end: subscription.billing_mode.type === "classic",
    canceled_at: account.now(),
    cancellation_details: details,
  });
}

export function cancelAtOnceInPortal(
  account: Account,
  subscription: Stripe.Subscription,
  farewell: CancellationFeedback,
) {
  return cancelNow(account, subscription, { ...farewell, reason: "cancellation_requested" });
}

export function undoCancellationInPortal(account: Account, subscription: Stripe.Subscription): Stripe.Subscription {
  return storeSubscriptionChange(account, subscription, {
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  });
}

export function earliestPeriodEndOf({ items }: Stripe.Subscription): number {
  return Math.min(...items.data.map((item) => item.current_period_end));
}

export function setMethodForCustomerAndSubscriptions(
  account: Account,
  method: Stripe.PaymentMethod,
  customerId: string,
): void {
  if (idOf(method.customer) !== customerId) attachMethod(account, method, customerId);
  const before = account.get("customer", customerId);
  const settings = { ...before.invoice_settings, default_payment_method: method.id };
  updateCustomerAndEmitEvent(account, before, { invoice_settings: settings });
  for (const subscription of account.list("subscription", { where: { customer: customerId } })) {
    const own = idOf(subscription.default_payment_method);
    if (subscription.status === "canceled" || own === null || own === method.id) continue;
    storeSubscriptionChange(account, subscription, { default_payment_method: method.id });
  }
}

export function detachMethod(account: Account, method: Stripe.PaymentMethod): void {
  const detached: Stripe.PaymentMethod = { ...method, customer: null };
  account.put(detached);
  account.emit("payment_method.detached", detached, { customer: method.customer });
}

export function updateCustomerAndEmitEvent(
  account: Account,
  before: Stripe.Customer,
  change: Partial<Stripe.Customer>,
): void {
  const after = { ...before, ...change };
  const previous = previousAttributes(before, after);
  if (Object.keys(previous).length === 0) return;
  account.put(after);
  account.emit("customer.updated", after, previous);
}
