import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import type { SubscriptionInvoiceLineInput } from "../resources/invoice-lines";
import { productName } from "../resources/invoice-lines";
import type { CommonSubscriptionParams } from "../resources/subscription-params";
import { currentPeriodOf, proratedAmount } from "../resources/subscription-periods";
import { draftSubscriptionInvoice, itemPeriod } from "./bill-subscription";
import { collectInvoiceByPaymentBehavior } from "./change-period";
import { handleDueSubscription } from "./handle-due-subscription";

export type SubscriptionStartOptions = Pick<
  CommonSubscriptionParams,
  "payment_behavior" | "off_session" | "proration_behavior"
> & {
  hasMethod: boolean;
};

export function startSubscriptionByApi(
  account: Account,
  unbilled: Stripe.Subscription,
  how: SubscriptionStartOptions,
): Stripe.Subscription {
  const invoiceId = account.newId("in_");
  const subscription: Stripe.Subscription = { ...unbilled, latest_invoice: invoiceId };
  account.put(subscription);
  account.emit("customer.subscription.created", subscription);
  const draft = draftFirstInvoice(account, subscription, { invoiceId, prorates: how.proration_behavior !== "none" });
  const waits = how.payment_behavior === "default_incomplete";
  if (draft.amount_due > 0 && subscription.collection_method === "charge_automatically" && !how.hasMethod && !waits)
    throw invalidRequest(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
      { code: "resource_missing" },
    );
  if (subscription.collection_method === "charge_automatically")
    collectInvoiceByPaymentBehavior(account, invoiceId, how);
  handleDueSubscription(account, subscription.id);
  return account.get("subscription", subscription.id);
}

export function draftFirstInvoice(
  account: Account,
  subscription: Stripe.Subscription,
  input: { invoiceId?: string; prorates?: boolean } = {},
) {
  const { prorates = true } = input;
  const now = account.now();
  return draftSubscriptionInvoice(account, {
    subscription,
    invoiceId: input.invoiceId ?? account.newId("in_"),
    lines: subscription.items.data.map((item) => lineOfFirstInvoice(account, subscription, { item, prorates })),
    reason: "subscription_create",
    formerPeriod: { start: now, end: now },
  });
}

export function lineOfFirstInvoice(
  account: Account,
  subscription: Stripe.Subscription,
  { item, prorates }: { item: Stripe.SubscriptionItem; prorates: boolean },
): SubscriptionInvoiceLineInput {
  const period = itemPeriod(item);
  if (subscription.status === "trialing") {
    const description = `Trial period for ${productName(account, item.price)}`;
    return { item, period, amount: 0, description };
  }
  const isPart = subscription.billing_cycle_anchor > account.now();
  if (!isPart) return { item, period };
  return { item, period, amount: prorates ? proratedAmount(item, currentPeriodOf(subscription)) : 0 };
}
