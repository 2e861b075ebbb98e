import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, unsupportedError } from "../http/errors";
import { NO_SUBSCRIPTION_NOTICE_SCHEDULED } from "../internal-state";
import { periodEndAfter } from "../resources/periods";
import { prorate } from "../resources/prorations";
import { nextTrialOrRenewalNotice, proratedAmount } from "../resources/subscription-periods";
import { draftSubscriptionInvoice, itemPeriod } from "./bill-subscription";
import { withPeriodsStartingNow } from "./change-period";
import { finalizeAndCollect } from "./collect-invoice";

type UnusedTime = "item_current_period_start" | "none" | "now";

export function pauseSubscription(account: Account, before: Stripe.Subscription, unusedTimeFrom: UnusedTime) {
  if (!["active", "past_due", "trialing"].includes(before.status))
    throw invalidRequest(`Subscriptions with status ${before.status} cannot be paused.`);
  if (unusedTimeFrom !== "none" && before.status === "active") {
    const start = Math.min(...before.items.data.map((item) => item.current_period_start));
    const at = unusedTimeFrom === "now" ? account.now() : start;
    prorate(account, before, { before: before.items.data, after: [], at });
  }
  const reason = { type: "pause_requested" as const };
  const paused: Stripe.Subscription = {
    ...before,
    status: "paused",
    status_details: { paused: { subscription: reason, transitioned_at: account.now(), type: "subscription" } },
  };
  account.putWithInternalState<"subscription">(paused, NO_SUBSCRIPTION_NOTICE_SCHEDULED);
  account.emit("customer.subscription.paused", paused);
  return paused;
}

export type SubscriptionResumeOptions = {
  anchor: "now" | "unchanged";
  /** True if the subscription must become active only after the payment succeeds. */
  resumesOnPaymentSuccess: boolean;
};

export function resumeSubscription(account: Account, before: Stripe.Subscription, how: SubscriptionResumeOptions) {
  if (before.status !== "paused") throw invalidRequest("This subscription is not paused.");
  if (how.resumesOnPaymentSuccess) throw unsupportedError("payment_behavior=resume_on_payment_success");
  const { status_details: _, ...rest } = before;
  const waking: Stripe.Subscription = { ...rest, status: "active" };
  const anchored = how.anchor === "now" ? withPeriodsStartingNow(account, waking) : onOldAnchor(account, waking);
  const invoiceId = account.newId("in_");
  const resumed: Stripe.Subscription = { ...anchored, latest_invoice: invoiceId };
  account.putWithInternalState<"subscription">(resumed, nextTrialOrRenewalNotice(account, resumed));
  account.emit("customer.subscription.resumed", resumed);
  const now = account.now();
  const lines = resumed.items.data.map((item) => {
    const period = itemPeriod(item);
    return how.anchor === "now" ? { item, period } : { item, period, amount: proratedAmount(item, period) };
  });
  const formerPeriod = { start: now, end: now };
  const draft = draftSubscriptionInvoice(account, {
    subscription: resumed,
    invoiceId,
    lines,
    reason: "subscription_update",
    formerPeriod,
  });
  if (draft.status === "draft" && draft.auto_advance) finalizeAndCollect(account, draft);
  return account.get("subscription", resumed.id);
}

/**
 * Returns the subscription with an unchanged `billing_cycle_anchor`. Its items' periods start now and end on the next
 * billing date that the anchor gives.
 */
function onOldAnchor(account: Account, current: Stripe.Subscription): Stripe.Subscription {
  const data = current.items.data.map((item) => {
    const end = periodEndAfter(current.billing_cycle_anchor, item.price.recurring, account.now());
    return { ...item, current_period_start: account.now(), current_period_end: end };
  });
  return { ...current, items: { ...current.items, data } };
}
