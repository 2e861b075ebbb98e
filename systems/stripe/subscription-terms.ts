// Reads a subscription's amount, frequency and next charge. If unit price × quantity and interval × count do not
// describe a subscription, the site calls it unusual and does not guess its amount.
import "server-only";
import type Stripe from "stripe";
import { chargeTimeFor } from "../../domain/giving/charge-day";
import {
  billingIntervalOf,
  firstPeriodEndFrom,
  frequencyOf,
  INTERVAL_UNITS,
  type RecurringFrequency,
} from "../../domain/giving/frequency";
import type { RecurringStatus, UnusualGiftReason } from "../../domain/ledger/fact";
import { currencyFromStripe, type Money } from "../../domain/money";
import { dateFromUnix } from "./facts/ids";

export type FixedPriceSubscriptionItem = Stripe.SubscriptionItem & {
  price: { unit_amount: number; recurring: Stripe.Price.Recurring };
};
export type SubscriptionTerms = { money: Money; frequency: RecurringFrequency; unusual: UnusualGiftReason | null };

export function subscriptionTermsOf(subscription: Stripe.Subscription): SubscriptionTerms {
  const { data: items } = subscription.items;
  const frequencies = new Set(items.map(frequencyOfItem));
  const unusual = unusualOf(subscription);
  // With several fixed-price items of one frequency, or with a schedule, the subscription is unusual, but the amount of
  // one payment is known.
  const isKnown = frequencies.size === 1 && !subscription.items.has_more && !hasDiscount(subscription);
  const amountMinor =
    isKnown && items.every(isFixedPriceItem) ? items.reduce((sum, item) => sum + itemAmountOf(item), 0) : 0;
  return {
    money: { amountMinor, currency: currencyFromStripe(subscription.currency ?? items[0]?.price.currency ?? "") },
    frequency: [...frequencies][0] ?? "monthly",
    unusual,
  };
}

/** Returns the subscription's only item; null if the subscription is unusual. */
export function findOnlyItemUnlessUnusual(subscription: Stripe.Subscription): FixedPriceSubscriptionItem | null {
  const [item] = subscription.items.data;
  return item && isFixedPriceItem(item) && unusualOf(subscription) === null ? item : null;
}

export function itemAmountOf({ price, quantity }: FixedPriceSubscriptionItem): number {
  return price.unit_amount * (quantity ?? 1);
}

function unusualOf(subscription: Stripe.Subscription): UnusualGiftReason | null {
  const { data: items, has_more: hasMore } = subscription.items;
  if (items.length > 1 || hasMore) return "several-items";
  if (!items.every(isFixedPriceItem)) return "price";
  if (hasDiscount(subscription)) return "discount";
  return subscription.schedule ? "schedule" : null;
}

/** Returns true for an item with a fixed price per unit and a fixed number of units. */
export function isFixedPriceItem(item: Stripe.SubscriptionItem): item is FixedPriceSubscriptionItem {
  const { unit_amount: unit, billing_scheme: scheme, recurring, transform_quantity: packs } = item.price;
  if (unit === null || scheme !== "per_unit" || packs || recurring?.usage_type !== "licensed") return false;
  return Number.isSafeInteger(unit * (item.quantity ?? 1));
}

function hasDiscount({ discounts, items }: Stripe.Subscription): boolean {
  return discounts.length > 0 || items.data.some((item) => item.discounts.length > 0);
}

function frequencyOfItem({ price }: Stripe.SubscriptionItem): RecurringFrequency {
  const frequency = price.recurring && frequencyOfPrice(price.recurring);
  if (!frequency) throw new Error(`price ${price.id} has an unknown interval`);
  return frequency;
}

/** Returns the frequency of a recurring price, or null if this site does not know the price's interval. */
export function frequencyOfPrice({ interval, interval_count: count }: Stripe.Price.Recurring) {
  const knownInterval = INTERVAL_UNITS.find((each) => each === interval);
  return knownInterval ? frequencyOf({ interval: knownInterval, count }) : null;
}

/** Returns the end of the current period. If the items have different intervals, returns the earliest end. */
export function periodEndOf({ items }: Stripe.Subscription): Date {
  return dateFromUnix(Math.min(...items.data.map((item) => item.current_period_end)));
}

type Schedule = {
  status: RecurringStatus;
  resumesAt: Date | null;
  cancelAt: Date | null;
  frequency: RecurringFrequency;
};

/**
 * Returns when the gift is charged next; null if never. Periods continue during a pause, and the first period that
 * begins after the pause is charged. A planned cancellation prevents the next charge only if its date comes first.
 * Stripe charges an hour after the end of a period, so possibly on the next day.
 */
export function nextChargeTimeOf(
  subscription: Stripe.Subscription,
  { status, resumesAt, cancelAt, frequency }: Schedule,
): Date | null {
  if (status !== "active" && status !== "past_due" && !(status === "paused" && resumesAt)) return null;
  const end = periodEndOf(subscription);
  const dayOfMonth = dateFromUnix(subscription.billing_cycle_anchor).getUTCDate();
  const next = resumesAt
    ? firstPeriodEndFrom({ end, dayOfMonth, billingInterval: billingIntervalOf(frequency), from: resumesAt })
    : end;
  const charge = chargeTimeFor(next);
  return cancelAt && cancelAt <= charge ? null : charge;
}

/**
 * Returns true if the latest renewal is not paid: its charge was refused, or its invoice is still a draft. Stripe
 * charges a draft after about an hour.
 */
export function isRenewalUnpaid({ status, latest_invoice: invoice }: Stripe.Subscription): boolean {
  if (status === "past_due" || status === "unpaid") return true;
  return typeof invoice === "object" && invoice?.status === "draft";
}
