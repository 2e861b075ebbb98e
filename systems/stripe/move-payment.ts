// Moves the next payment to another day. For this, begins a trial at Stripe, so that nothing is charged before the new
// day (docs.stripe.com/billing/subscriptions/billing-cycle). Later periods begin on that day.
import "server-only";
import Stripe from "stripe";
import {
  type BillingInterval,
  billingIntervalOf,
  firstPeriodEndFrom,
  withDayOfMonth,
} from "../../domain/giving/frequency";
import type { Gift } from "../../domain/giving/gift";
import { postponedPeriodEnd } from "../../domain/supporters/pauses";
import { dateFromUnix, idOf } from "./facts/ids";
import { newIdempotencyKey } from "./key";
import { coveredFeeMetadata } from "./metadata";
import { findOnlyItemUnlessUnusual, isRenewalUnpaid, periodEndOf, subscriptionTermsOf } from "./subscription-terms";

/**
 * `stale`: the gift changed or its state forbids the move. `refused`: the gift's terms are unusual, or the currency
 * differs. `too-far`: beyond Stripe's limit.
 */
export type NextPaymentChangeOutcome = "changed" | "stale" | "refused" | "too-far";

/**
 * `shownDate`: the end of the paid period as the page with the form showed it. If the form is sent twice, the first
 * attempt changes this end, so the second attempt returns `stale`. changeAmountAndFrequencyAtStripe() does not change
 * the end, so its callers must compare the frequency themselves.
 */
type Move = { subscriptionId: string; shownDate: Date; key: string };

/** Written to the subscription's metadata, so that Stripe's event about the change tells what kind of change it was. */
export type NextPaymentMoveKind = "skipped" | "date" | "frequency";

export async function skipNextPaymentAtStripe(stripe: Stripe, move: Move): Promise<NextPaymentChangeOutcome> {
  return moveTo(stripe, move, ({ end, chargeDay, billingInterval }) => ({
    kind: "skipped",
    day: chargeDay,
    until: firstPeriodEndFrom({ end, dayOfMonth: chargeDay, billingInterval, from: new Date(end.getTime() + 1) }),
  }));
}

/** Moves the next payment. `until`: its new day and hour. `day`: the day of the month of later payments. */
export async function movePaymentDateAtStripe(
  stripe: Stripe,
  move: Move & { until: Date; day: number },
): Promise<NextPaymentChangeOutcome> {
  return moveTo(stripe, move, () => ({ kind: "date", day: move.day, until: move.until }));
}

/** Postpones the next payment by `months`. Later payments follow at the gift's frequency. */
export async function putOffNextPaymentAtStripe(
  stripe: Stripe,
  move: Move & { months: number },
): Promise<NextPaymentChangeOutcome> {
  return moveTo(stripe, move, ({ end, chargeDay }) => ({
    kind: "date",
    day: chargeDay,
    until: postponedPeriodEnd({ end, dayOfMonth: chargeDay, months: move.months }),
  }));
}

/**
 * Changes amount and frequency. The paid period stays as it is. At the end of this period, the first payment with the
 * new amount and frequency is due.
 */
export async function changeAmountAndFrequencyAtStripe(
  stripe: Stripe,
  move: Move & { frequency: "monthly" | "yearly" } & Pick<Gift, "money" | "coveredFeeMinor">,
): Promise<NextPaymentChangeOutcome> {
  const { money } = move;
  return moveTo(stripe, move, ({ end, chargeDay, item, product }) => {
    const currency = money.currency.toLowerCase();
    if (item.price.currency !== currency) return null;
    const { interval } = billingIntervalOf(move.frequency);
    const price = { currency, product, unit_amount: money.amountMinor, recurring: { interval, interval_count: 1 } };
    const items = [{ id: item.id, quantity: 1, price_data: price }];
    return { kind: "frequency", day: chargeDay, until: end, items, metadata: coveredFeeMetadata(move) };
  });
}

type CurrentState = {
  end: Date;
  /** The charge day: the day of the month on which Stripe charges the gift, in UTC. */
  chargeDay: number;
  billingInterval: BillingInterval;
  item: NonNullable<ReturnType<typeof findOnlyItemUnlessUnusual>>;
  product: string;
};
type Target = {
  kind: NextPaymentMoveKind;
  day: number;
  until: Date;
  items?: Stripe.SubscriptionUpdateParams.Item[];
  metadata?: Record<string, string>;
};

async function moveTo(
  stripe: Stripe,
  { subscriptionId, shownDate, key }: Move,
  targetOf: (current: CurrentState) => Target | null,
): Promise<NextPaymentChangeOutcome> {
  const subscription = await stripe.subscriptions.retrieve(subscriptionId, { expand: ["latest_invoice"] });
  const end = periodEndOf(subscription);
  const isRunning = subscription.status === "active" || subscription.status === "trialing";
  const isEnding = subscription.cancel_at !== null || subscription.cancel_at_period_end;
  if (!isSameTime(end, shownDate) || !isRunning || isEnding) return "stale";
  if (isRenewalUnpaid(subscription) || subscription.pause_collection) return "stale";
  const item = findOnlyItemUnlessUnusual(subscription);
  const product = idOf(item?.price.product);
  if (!item || !product) return "refused";
  const billingInterval = billingIntervalOf(subscriptionTermsOf(subscription).frequency);
  const target = targetOf({ end, chargeDay: chargeDayOfMonth(subscription), billingInterval, item, product });
  if (!target) return "refused";
  const { kind, day, until, items, metadata } = target;
  const params: Stripe.SubscriptionUpdateParams = {
    ...(items ? { items } : {}),
    trial_end: toUnix(until),
    proration_behavior: "none",
    metadata: { ...metadata, moved: kind, charge_day: String(day) },
  };
  try {
    await stripe.subscriptions.update(subscriptionId, params, { idempotencyKey: key });
    return "changed";
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.param === "trial_end") return "too-far";
    throw error;
  }
}

/** Returns the day of the month of the payments, in UTC. */
export function chargeDayOfMonth(subscription: Stripe.Subscription): number {
  return missingDayOf(subscription) ?? dateFromUnix(subscription.billing_cycle_anchor).getUTCDate();
}

/**
 * Returns the chosen day of the month (29 to 31) if Stripe's billing cycle anchor is in a month without this day.
 * Returns null if that month has the day, or if staff moved the anchor at Stripe.
 */
function missingDayOf({ metadata, billing_cycle_anchor }: Stripe.Subscription): number | null {
  const chosen = /^(29|30|31)$/.test(metadata.charge_day ?? "") ? Number(metadata.charge_day) : null;
  const anchor = dateFromUnix(billing_cycle_anchor);
  const isShort = chosen !== null && anchor.getUTCDate() < chosen && isSameTime(withDayOfMonth(anchor, chosen), anchor);
  return isShort ? chosen : null;
}

function isSameTime(a: Date, b: Date): boolean {
  return a.getTime() === b.getTime();
}

/**
 * Moves the next payments back to the chosen day of the month. Otherwise a gift that is charged on the 31st would stay
 * on the 28th after February. Returns "later" if the latest invoice is neither paid nor void, for example a draft: the
 * caller must then try again. Returns null if there is nothing to do.
 */
export async function moveChargesBackToChosenDay(
  stripe: Stripe,
  subscription: Stripe.Subscription,
): Promise<Stripe.Subscription | "later" | null> {
  const until = returnDayOf(subscription);
  if (!until) return null;
  const { latest_invoice: invoice } = await stripe.subscriptions.retrieve(subscription.id, {
    expand: ["latest_invoice"],
  });
  // Changes nothing until the latest invoice is paid or void. If the trial began before the payment failed, the trial
  // would hide the failure.
  if (typeof invoice !== "object" || (invoice?.status !== "paid" && invoice?.status !== "void")) return "later";
  await stripe.subscriptions.update(
    subscription.id,
    { trial_end: toUnix(until), proration_behavior: "none", metadata: { moved: "" } },
    { idempotencyKey: newIdempotencyKey("site") },
  );
  return stripe.subscriptions.retrieve(subscription.id, { expand: [...SUBSCRIPTION_EXPANSIONS] });
}

/** The parts of a subscription that Stripe must include in its response instead of only their ids. */
export const SUBSCRIPTION_EXPANSIONS = [
  "customer.invoice_settings.default_payment_method",
  "default_payment_method",
  "latest_invoice",
] as const;

function returnDayOf(subscription: Stripe.Subscription): Date | null {
  const { status, pause_collection: pause, cancel_at, cancel_at_period_end } = subscription;
  const day = missingDayOf(subscription);
  if (day === null || status !== "active" || pause || cancel_at !== null || cancel_at_period_end) return null;
  const { interval } = findOnlyItemUnlessUnusual(subscription)?.price.recurring ?? {};
  if (interval !== "month" && interval !== "year") return null;
  const end = periodEndOf(subscription);
  const returned = withDayOfMonth(end, day);
  return returned > end ? returned : null;
}

function toUnix(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
