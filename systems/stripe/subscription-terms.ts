// Reads a subscription's amount, frequency and next charge: unit price times quantity, interval times count. Marks a subscription that
// does not fit these words as unusual, and never guesses its amount.
import "server-only";
import type Stripe from "stripe";
import {
  frequencyOf,
  INTERVALS,
  periodEndFrom,
  type RecurringFrequency,
  rhythmOf,
} from "../../domain/giving/frequency";
import type { RecurringStatus, Unusual } from "../../domain/ledger/fact";
import { currencyFromStripe, type Money } from "../../domain/money";
import { fromUnix } from "./facts/ids";

type PlainItem = Stripe.SubscriptionItem & {
  price: { unit_amount: number; recurring: Stripe.Price.Recurring };
};
export type Terms = { money: Money; frequency: RecurringFrequency; unusual: Unusual | null };

export function termsOf(subscription: Stripe.Subscription): Terms {
  const { data: items } = subscription.items;
  const frequencies = new Set(items.map(frequencyOfItem));
  const unusual = unusualOf(subscription);
  // Several plain items of one rhythm, or a schedule, leave one payment's amount known.
  const isKnown = frequencies.size === 1 && !subscription.items.has_more && !hasDiscount(subscription);
  const amountMinor = isKnown && items.every(isPlain) ? items.reduce((sum, item) => sum + amountOf(item), 0) : 0;
  return {
    money: { amountMinor, currency: currencyFromStripe(subscription.currency ?? items[0]?.price.currency ?? "") },
    frequency: [...frequencies][0] ?? "monthly",
    unusual,
  };
}

/** Its one item where the whole gift is that item; null where the gift is unusual. */
export function plainItemOf(subscription: Stripe.Subscription): PlainItem | null {
  const [item] = subscription.items.data;
  return item && isPlain(item) && unusualOf(subscription) === null ? item : null;
}

/** Unit price times quantity. */
export function amountOf({ price, quantity }: PlainItem): number {
  return price.unit_amount * (quantity ?? 1);
}

function unusualOf(subscription: Stripe.Subscription): Unusual | null {
  const { data: items, has_more: hasMore } = subscription.items;
  if (items.length > 1 || hasMore) return "several-items";
  if (!items.every(isPlain)) return "price";
  if (hasDiscount(subscription)) return "discount";
  return subscription.schedule ? "schedule" : null;
}

/** One price a unit, for a number of units that is known beforehand. */
export function isPlain(item: Stripe.SubscriptionItem): item is PlainItem {
  const { unit_amount: unit, billing_scheme: scheme, recurring, transform_quantity: packs } = item.price;
  if (unit === null || scheme !== "per_unit" || packs || recurring?.usage_type !== "licensed") return false;
  return Number.isSafeInteger(unit * (item.quantity ?? 1));
}

function hasDiscount({ discounts, items }: Stripe.Subscription): boolean {
  return discounts.length > 0 || items.data.some((item) => item.discounts.length > 0);
}

function frequencyOfItem({ price }: Stripe.SubscriptionItem): RecurringFrequency {
  const frequency = price.recurring && frequencyOfPrice(price.recurring);
  if (!frequency) throw new Error(`price ${price.id} has no interval that we know`);
  return frequency;
}

/** Null for an interval of a later version of Stripe's. */
export function frequencyOfPrice({ interval, interval_count: count }: Stripe.Price.Recurring) {
  const known = INTERVALS.find((each) => each === interval);
  return known ? frequencyOf({ interval: known, count }) : null;
}

/** Items of several rhythms have several; the gift goes on to the first. */
export function periodEndOf({ items }: Stripe.Subscription): Date {
  return fromUnix(Math.min(...items.data.map((item) => item.current_period_end)));
}

/** An invoice is a draft for about an hour before it is charged (docs.stripe.com/billing/invoices/subscription). */
const DRAFT_MS = 60 * 60 * 1000;

type Standing = {
  status: RecurringStatus;
  resumesAt: Date | null;
  cancelAt: Date | null;
  frequency: RecurringFrequency;
};

/**
 * When the bank is asked next. Periods go on during a pause, and the first that begins after it is charged. An end after the next
 * charge does not prevent that charge.
 *
 * One day is told everywhere: the day of the charge, which the bank's statement and Stripe's reports name, and to which the sums of the
 * ledger count a payment (`paidAt`). So the promise names the charge, too, and not the end of the period an hour before it, which may
 * fall on the day before.
 */
export function nextChargeOf(
  subscription: Stripe.Subscription,
  { status, resumesAt, cancelAt, frequency }: Standing,
): Date | null {
  if (status !== "active" && status !== "past_due" && !(status === "paused" && resumesAt)) return null;
  const end = periodEndOf(subscription);
  const anchor = fromUnix(subscription.billing_cycle_anchor);
  const next = resumesAt ? periodEndFrom({ end, anchor, rhythm: rhythmOf(frequency), from: resumesAt }) : end;
  const charge = new Date(next.getTime() + DRAFT_MS);
  return cancelAt && cancelAt <= charge ? null : charge;
}
