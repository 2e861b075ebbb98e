// Calculates periods, which are counted from the anchor. With the anchor 31 January, a subscription renews on the last
// day of February and on 31 March.
import type Stripe from "stripe";

type Interval = Pick<Stripe.Price.Recurring, "interval" | "interval_count">;

/**
 * Returns the time `count` intervals after the anchor, in Unix seconds, calculated in UTC. In a month without the
 * anchor's day, uses the month's last day.
 */
export function addBillingIntervals(anchor: number, recurring: Interval | null, count: number): number {
  const steps = count * (recurring?.interval_count ?? 1);
  if (recurring?.interval === "day") return anchor + steps * 86_400;
  if (recurring?.interval === "week") return anchor + steps * 7 * 86_400;
  return addMonths(anchor, recurring?.interval === "year" ? steps * 12 : steps);
}

export function periodEndAfter(anchor: number, recurring: Stripe.Price.Recurring | null, time: number): number {
  let count = 1;
  while (addBillingIntervals(anchor, recurring, count) <= time) count += 1;
  return addBillingIntervals(anchor, recurring, count);
}

function addMonths(seconds: number, months: number): number {
  const from = new Date(seconds * 1000);
  const first = new Date(from);
  first.setUTCDate(1);
  first.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return Math.floor(first.getTime() / 1000);
}
