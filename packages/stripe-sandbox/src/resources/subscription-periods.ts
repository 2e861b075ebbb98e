// Periods of a subscription, and the notices before they end.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid } from "../http/errors";
import { NO_NOTICE, type Notice } from "../internal-state";
import { upcomingAt } from "./billing-settings";
import type { InvoicedPeriod } from "./invoice-lines";
import { addIntervals } from "./periods";

const DAY = 86_400;

/** The period that ends first; a renewal's invoice names it. */
export function cyclePeriodOf({ id, items }: Stripe.Subscription): InvoicedPeriod {
  const [first] = [...items.data].sort((a, b) => a.current_period_end - b.current_period_end);
  if (!first) throw new Error(`${id} has no item`);
  return { start: first.current_period_start, end: first.current_period_end };
}

/** The first period ends with the trial or at the first anchor, otherwise after one interval. */
export function firstPeriodEnd(
  start: number,
  price: Stripe.Price,
  { trialEnd, anchor }: { trialEnd?: number | null; anchor?: number | null },
): number {
  return trialEnd ?? anchor ?? addIntervals(start, price.recurring, 1);
}

/** The first renewal must come within one interval of each price. */
export function checkFirstAnchor(
  account: Account,
  anchor: number,
  { prices, param }: { prices: Stripe.Price[]; param: string },
): void {
  if (anchor < account.now()) throw invalid("billing_cycle_anchor cannot be in the past.", { param });
  const isLate = prices.some((price) => anchor > addIntervals(account.now(), price.recurring, 1));
  if (isLate) throw invalid("billing_cycle_anchor cannot be later than next natural billing date.", { param });
}

/** The price of the time until a first anchor, to the second, rounded half up. */
export function proratedAmount(item: Stripe.SubscriptionItem, { start, end }: InvoicedPeriod): number {
  const whole = end - addIntervals(end, item.price.recurring, -1);
  return partOf((item.price.unit_amount ?? 0) * (item.quantity ?? 1), (end - start) / whole);
}

export function partOf(amount: number, share: number): number {
  return Math.round(amount * share);
}

/** The next notice: the trial ends in three days, or a renewal is coming. */
export function noticeFor(account: Account, subscription: Stripe.Subscription): Notice {
  const period = cyclePeriodOf(subscription);
  if (subscription.status === "trialing")
    return { notice: "trial", dueAt: Math.max(period.end - 3 * DAY, account.now()) };
  const dueAt = upcomingAt(account, period);
  return dueAt === null || dueAt < account.now() ? NO_NOTICE : { notice: "renewal", dueAt };
}
