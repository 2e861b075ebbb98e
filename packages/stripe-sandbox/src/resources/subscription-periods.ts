import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { NO_SUBSCRIPTION_NOTICE_SCHEDULED, type ScheduledSubscriptionNotice } from "../internal-state";
import type { InvoicedPeriod } from "./invoice-lines";
import { addBillingIntervals } from "./periods";
import { upcomingNoticeAt } from "./renewal-settings";

const DAY = 86_400;
const MAX_TRIAL = 730 * DAY;
const FIVE_YEARS = 5 * 365.25 * DAY;

/**
 * Throws if the trial ends in the past or too late. Stripe documents a limit of two years from the billing cycle's
 * anchor, but measures it from now (github.com/stripe/stripe-ruby/issues/804).
 */
export function refuseInvalidTrialEnd(account: Account, end: number): void {
  const fromNow = end - account.now();
  const refuse = (message: string) => invalidRequest(message, { param: "trial_end" });
  if (fromNow <= 0) throw refuse("Invalid timestamp: must be an integer Unix timestamp in the future.");
  if (fromNow > FIVE_YEARS) throw refuse("Invalid timestamp: can be no more than five years in the future.");
  if (fromNow > MAX_TRIAL) throw refuse("The maximum number of trial period days is 730 (2 years).");
}

export function currentPeriodOf({ id, items }: Stripe.Subscription): InvoicedPeriod {
  const [first] = [...items.data].sort((a, b) => a.current_period_end - b.current_period_end);
  if (!first) throw new Error(`${id} has no item`);
  return { start: first.current_period_start, end: first.current_period_end };
}

export function firstPeriodEnd(
  start: number,
  price: Stripe.Price,
  { trialEnd, anchor }: { trialEnd?: number | null; anchor?: number | null },
): number {
  return trialEnd ?? anchor ?? addBillingIntervals(start, price.recurring, 1);
}

/**
 * Throws if `anchor`, the first billing date, is in the past. Also throws if it is further away than the shortest
 * billing interval of `prices`.
 */
export function requireValidBillingCycleAnchor(
  account: Account,
  anchor: number,
  { prices, param }: { prices: Stripe.Price[]; param: string },
): void {
  if (anchor < account.now()) throw invalidRequest("billing_cycle_anchor cannot be in the past.", { param });
  const isLate = prices.some((price) => anchor > addBillingIntervals(account.now(), price.recurring, 1));
  if (isLate) throw invalidRequest("billing_cycle_anchor cannot be later than next natural billing date.", { param });
}

/** Returns the item's amount for a part of a billing interval, in proportion to the number of seconds. */
export function proratedAmount(item: Stripe.SubscriptionItem, { start, end }: InvoicedPeriod): number {
  const whole = end - addBillingIntervals(end, item.price.recurring, -1);
  return roundedShareOfAmount((item.price.unit_amount ?? 0) * (item.quantity ?? 1), (end - start) / whole);
}

export function roundedShareOfAmount(amount: number, share: number): number {
  return Math.round(amount * share);
}

export function nextTrialOrRenewalNotice(
  account: Account,
  subscription: Stripe.Subscription,
): ScheduledSubscriptionNotice {
  const period = currentPeriodOf(subscription);
  if (subscription.status === "trialing")
    return { notice: "trial", dueAt: Math.max(period.end - 3 * DAY, account.now()) };
  const dueAt = upcomingNoticeAt(account, period);
  return dueAt === null || dueAt < account.now() ? NO_SUBSCRIPTION_NOTICE_SCHEDULED : { notice: "renewal", dueAt };
}
