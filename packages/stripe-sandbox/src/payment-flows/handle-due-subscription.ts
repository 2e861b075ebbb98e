import type Stripe from "stripe";
import type { Account } from "../account";
import { NO_SUBSCRIPTION_NOTICE_SCHEDULED } from "../internal-state";
import { idOf, nextHandlingTimeOf } from "../objects";
import { voidInvoice } from "../resources/invoice-steps";
import { periodEndAfter } from "../resources/periods";
import { previousAttributes } from "../resources/previous-attributes";
import { cancelNow } from "../resources/subscription-cancel";
import { currentPeriodOf, nextTrialOrRenewalNotice } from "../resources/subscription-periods";
import { upcomingInvoiceForEvent } from "../resources/upcoming-invoice";
import { draftRenewalInvoice } from "./bill-subscription";
import { pauseOrCancelIfTrialLacksMethod } from "./end-trial";
import { storeSubscriptionChange } from "./update-invoice";

/** Does what is due for the subscription. Each step reads it again, because an earlier step can have cancelled it. */
export function handleDueSubscription(account: Account, id: string): void {
  for (const step of [expireIncompleteIfDue, endIfCancelled, resumeCollection, giveNotice, startNextPeriod])
    step(account, account.get("subscription", id));
}

function endIfCancelled(account: Account, subscription: Stripe.Subscription): void {
  const { cancel_at: at, status } = subscription;
  if (at !== null && at <= account.now() && status !== "canceled" && status !== "incomplete_expired")
    cancelNow(account, subscription);
}

function resumeCollection(account: Account, subscription: Stripe.Subscription): void {
  const resumesAt = subscription.pause_collection?.resumes_at ?? null;
  if (resumesAt !== null && resumesAt <= account.now())
    storeSubscriptionChange(account, subscription, { pause_collection: null });
}

function giveNotice(account: Account, subscription: Stripe.Subscription): void {
  const { notice, dueAt, failsNext } = account.internalState<"subscription">(subscription.id);
  if (!notice || dueAt > account.now()) return;
  account.putWithInternalState<"subscription">(subscription, { ...NO_SUBSCRIPTION_NOTICE_SCHEDULED, failsNext });
  if (!isRenewing(subscription)) return;
  if (notice === "trial") account.emit("customer.subscription.trial_will_end", subscription);
  else account.emit("invoice.upcoming", upcomingInvoiceForEvent(account, subscription));
}

function isRenewing({ status, pause_collection, cancel_at, items }: Stripe.Subscription): boolean {
  const end = Math.min(...items.data.map((item) => item.current_period_end));
  const isLeaving = cancel_at !== null && cancel_at <= end;
  return ["active", "trialing", "past_due"].includes(status) && pause_collection === null && !isLeaving;
}

function startNextPeriod(account: Account, subscription: Stripe.Subscription): void {
  if (!["active", "trialing", "past_due", "unpaid"].includes(subscription.status)) return;
  if (!subscription.items.data.some((item) => item.current_period_end <= account.now())) return;
  if (subscription.status === "trialing" && pauseOrCancelIfTrialLacksMethod(account, subscription)) return;
  renew(account, subscription);
}

function renew(account: Account, before: Stripe.Subscription): void {
  const formerPeriod = currentPeriodOf(before);
  const moved = movePeriods(account, before);
  const invoiceId = account.newId("in_");
  const status = before.status === "trialing" ? "active" : before.status;
  const renewed: Stripe.Subscription = { ...moved, status, latest_invoice: invoiceId };
  const { failsNext } = account.internalState<"subscription">(before.id);
  account.putWithInternalState<"subscription">(renewed, { ...nextTrialOrRenewalNotice(account, renewed), failsNext });
  account.emit("customer.subscription.updated", renewed, previousAttributes(before, renewed));
  const items = renewed.items.data.filter((item) => item.current_period_start === account.now());
  draftRenewalInvoice(account, { subscription: renewed, invoiceId, items, formerPeriod });
}

/**
 * Starts the next period of each item whose period has ended. The end of the new period is calculated from the billing
 * cycle anchor.
 */
function movePeriods(account: Account, subscription: Stripe.Subscription): Stripe.Subscription {
  const { billing_cycle_anchor: anchor, items } = subscription;
  const data = items.data.map((item) => {
    const start = item.current_period_end;
    if (start > account.now()) return item;
    const end = periodEndAfter(anchor, item.price.recurring, start);
    return { ...item, current_period_start: start, current_period_end: end };
  });
  return { ...subscription, items: { ...items, data } };
}

export function expireIncompleteIfDue(account: Account, subscription: Stripe.Subscription): void {
  if (subscription.status !== "incomplete" || (nextHandlingTimeOf(subscription) ?? 0) > account.now()) return;
  const invoice = account.find("invoice", idOf(subscription.latest_invoice) ?? "");
  if (invoice?.status === "open") voidInvoice(account, invoice);
  const status = "incomplete_expired";
  storeSubscriptionChange(account, subscription, { status, ended_at: account.now() });
}
