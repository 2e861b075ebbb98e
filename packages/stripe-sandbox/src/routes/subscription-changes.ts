// Updates subscriptions. If the update starts a new period (by changing the interval or the anchor, or by ending a
// trial), that period is billed at once.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { mergeMetadata } from "../http/metadata";
import { readParams } from "../http/params";
import { requireObject } from "../http/route";
import { idOf, testClockIdOf } from "../objects";
import { saveAndBillSubscriptionChange, withPeriodsStartingNow } from "../payment-flows/change-period";
import { pauseOrCancelIfTrialLacksMethod } from "../payment-flows/end-trial";
import { accountOnTestClock } from "../resources/account-at-test-clock";
import { pendingInvoiceItems } from "../resources/invoice-items";
import { previousAttributes } from "../resources/previous-attributes";
import { prorate } from "../resources/prorations";
import { mustBeInFutureError, withCancellationParams } from "../resources/subscription-cancel";
import { withItemChanges } from "../resources/subscription-item-changes";
import { trialSettings } from "../resources/subscription-object";
import {
  readBillingCycleAnchor,
  refuseUnsupportedSubscriptionParams,
  SUBSCRIPTION_UPDATE_PARAMS,
  type UpdateSubscriptionParams,
} from "../resources/subscription-params";
import { nextTrialOrRenewalNotice, refuseInvalidTrialEnd } from "../resources/subscription-periods";

export function updateSubscription(caller: Account, params: UpdateSubscriptionParams, id: string): Stripe.Subscription {
  const before = requireObject(caller, "subscription", { id, noun: "subscription" });
  refuseIfCanceled(before, params);
  refuseUnsupportedSubscriptionParams(params);
  const account = accountOnTestClock(caller, { test_clock: testClockIdOf(before) });
  const changed = withItemChanges(account, withFields(account, before, params), params.items ?? []);
  const timed = withTimes(account, before, { changed, params });
  const after = withCancellationParams(account, timed.subscription, params);
  const prorates = params.proration_behavior !== "none" && before.status !== "trialing" && isPaidFor(before);
  const at = params.proration_date ?? account.now();
  const { restarts, hasNewInterval } = timed;
  // If the periods restart, prorate() credits the unused time of all items. Otherwise it credits and charges only the
  // changed items. After a change of the interval, prorate() also charges the new period, as on Stripe's invoice.
  // `items` is then empty, so that write() does not charge the period again.
  const requested = restarts && !hasNewInterval ? [] : after.items.data;
  if (prorates) prorate(account, before, { before: before.items.data, after: requested, at, restarts });
  const items = prorates && hasNewInterval ? [] : after.items.data;
  return write(account, { before, after, params, bills: timed.bills, items });
}

function isPaidFor({ status }: Stripe.Subscription): boolean {
  return status === "active" || status === "past_due" || status === "unpaid";
}

type UpdateToWrite = {
  before: Stripe.Subscription;
  after: Stripe.Subscription;
  params: UpdateSubscriptionParams;
  bills: boolean;
  /** The items that are charged for their new period. Empty if prorate() has already charged it. */
  items: Stripe.SubscriptionItem[];
};

function write(account: Account, { before, after, params, bills, items }: UpdateToWrite): Stripe.Subscription {
  const customer = idOf(before.customer) ?? "";
  const hasPending = () => pendingInvoiceItems(account, { customer, subscription: before.id }).length > 0;
  const invoices = bills || (params.proration_behavior === "always_invoice" && hasPending());
  const endsTrial = bills && before.status === "trialing";
  if (endsTrial && pauseOrCancelIfTrialLacksMethod(account, { ...after, status: before.status }))
    return account.get("subscription", before.id);
  if (invoices) return saveAndBillSubscriptionChange(account, { before, after, params, items: bills ? items : [] });
  const previous = previousAttributes(before, after);
  if (Object.keys(previous).length === 0) return before;
  const { failsNext } = account.internalState<"subscription">(before.id);
  account.putWithInternalState<"subscription">(after, { ...nextTrialOrRenewalNotice(account, after), failsNext });
  account.emit("customer.subscription.updated", after, previous);
  return after;
}

function refuseIfCanceled(subscription: Stripe.Subscription, params: UpdateSubscriptionParams): void {
  if (subscription.status !== "canceled" && subscription.status !== "incomplete_expired") return;
  const { cancellation_details: _, metadata: __, ...other } = params;
  if (Object.values(other).every((value) => value === undefined)) return;
  const code = "invalid_canceled_subscription_fields";
  throw invalidRequest("A canceled subscription can only update its cancellation_details and metadata.", { code });
}

function withFields(
  account: Account,
  before: Stripe.Subscription,
  params: UpdateSubscriptionParams,
): Stripe.Subscription {
  const { default_payment_method: method, description, collection_method, days_until_due, trial_settings } = params;
  if (method)
    requireObject(account, "payment_method", { id: method, noun: "PaymentMethod", param: "default_payment_method" });
  const saves = params.payment_settings?.save_default_payment_method;
  return {
    ...before,
    metadata: mergeMetadata(before.metadata, params.metadata),
    ...(description === undefined ? {} : { description }),
    ...(method === undefined ? {} : { default_payment_method: method }),
    ...(collection_method ? { collection_method } : {}),
    ...(days_until_due === undefined ? {} : { days_until_due }),
    ...(trial_settings?.end_behavior ? { trial_settings: trialSettings(trial_settings.end_behavior) } : {}),
    ...(saves && before.payment_settings
      ? { payment_settings: { ...before.payment_settings, save_default_payment_method: saves } }
      : {}),
    ...pauseOf(account, params.pause_collection),
  };
}

function pauseOf(account: Account, input: UpdateSubscriptionParams["pause_collection"]): Partial<Stripe.Subscription> {
  if (input === undefined) return {};
  if (input?.resumes_at && input.resumes_at <= account.now()) throw mustBeInFutureError("pause_collection[resumes_at]");
  return { pause_collection: input && { behavior: input.behavior, resumes_at: input.resumes_at ?? null } };
}

type TimedUpdate = {
  subscription: Stripe.Subscription;
  restarts: boolean;
  bills: boolean;
  hasNewInterval?: boolean;
};

function withTimes(
  account: Account,
  before: Stripe.Subscription,
  { changed, params }: { changed: Stripe.Subscription; params: UpdateSubscriptionParams },
): TimedUpdate {
  const { trial_end: trialEnd } = params;
  if (typeof trialEnd === "number") refuseInvalidTrialEnd(account, trialEnd);
  if (typeof trialEnd === "number")
    return {
      subscription: trialUntil(account, changed, trialEnd),
      restarts: before.status !== "trialing",
      bills: false,
    };
  const endsTrial = before.status === "trialing" && trialEnd !== undefined && trialEnd !== null;
  const isAnchored = readBillingCycleAnchor(account, params.billing_cycle_anchor) === "now";
  const hasNewInterval = before.status !== "trialing" && changesInterval(before, changed);
  const restarts = endsTrial || isAnchored || hasNewInterval;
  if (!restarts) return { subscription: changed, restarts: false, bills: false };
  return { subscription: withPeriodsStartingNow(account, changed), restarts: true, bills: true, hasNewInterval };
}

/**
 * Returns the subscription with a trial until `trialEnd`. Stripe charges nothing during a trial, so a trial can move
 * the date of the next payment.
 */
function trialUntil(account: Account, current: Stripe.Subscription, trialEnd: number): Stripe.Subscription {
  const now = account.now();
  const data = current.items.data.map((item) => ({ ...item, current_period_start: now, current_period_end: trialEnd }));
  return {
    ...current,
    billing_cycle_anchor: trialEnd,
    items: { ...current.items, data },
    status: "trialing",
    trial_start: current.status === "trialing" ? current.trial_start : now,
    trial_end: trialEnd,
  };
}

function changesInterval(before: Stripe.Subscription, after: Stripe.Subscription): boolean {
  return after.items.data.some((item) => {
    const old = before.items.data.find(({ id }) => id === item.id)?.price.recurring;
    const { interval, interval_count: count } = item.price.recurring ?? {};
    return old && (old.interval !== interval || old.interval_count !== count);
  });
}

export function setCancelAtPeriodEnd(account: Account, id: string, cancelAtPeriodEnd: boolean): Stripe.Subscription {
  return updateSubscription(
    account,
    readParams({ cancel_at_period_end: String(cancelAtPeriodEnd) }, SUBSCRIPTION_UPDATE_PARAMS),
    id,
  );
}
