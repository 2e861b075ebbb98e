// Stripe's subscription in our words, and the three things that a supporter may do to it.
import "server-only";
import type Stripe from "stripe";
import type { RecurringState, RecurringStatus } from "../../domain/ledger/fact";
import type { Money } from "../../domain/money";
import { requireReadable } from "./border/require-readable";
import { fromUnix, idOf } from "./facts/ids";
import { readOrigin } from "./metadata";
import { nextChargeOf, periodEndOf, plainItemOf, termsOf } from "./subscription-terms";

const STATUS: Record<string, RecurringStatus> = {
  incomplete: "starting",
  incomplete_expired: "canceled",
  trialing: "active",
  active: "active",
  past_due: "past_due",
  unpaid: "unpaid",
  paused: "paused",
  canceled: "canceled",
};

/** Null where the subscription is not ours. Throws where it lacks an item or has a status that we do not know. */
export function recurringStateOf(subscription: Stripe.Subscription): RecurringState | null {
  const origin = readOrigin(subscription.metadata);
  if (!origin) return null;
  requireReadable("subscription", subscription);
  const item = subscription.items.data[0];
  const known = STATUS[subscription.status];
  if (!item || !known) throw new Error(`subscription ${subscription.id} has no item or status ${subscription.status}`);
  const ended = known === "canceled";
  const { pause_collection: pause } = subscription;
  // Paused collection leaves Stripe's own status at "active".
  const status = !ended && pause ? "paused" : known;
  const terms = termsOf(subscription);
  const resumesAt = !ended && pause?.resumes_at ? fromUnix(pause.resumes_at) : null;
  const cancelAt = ended ? null : endArranged(subscription);
  return {
    subscriptionId: subscription.id,
    subscriptionItemId: item.id,
    productId: idOf(item.price.product),
    // Stripe names a customer whom it has forgotten by the mere id, unless it is asked for the whole.
    customerId: isGone(subscription.customer) ? null : idOf(subscription.customer),
    ...terms,
    status,
    startedAt: fromUnix(subscription.start_date),
    nextPaymentAt: ended ? null : periodEndOf(subscription),
    chargesNextAt: nextChargeOf(subscription, { status, resumesAt, cancelAt, frequency: terms.frequency }),
    resumesAt,
    cancelAt,
    endedAt: subscription.ended_at ? fromUnix(subscription.ended_at) : null,
    endReason: subscription.cancellation_details?.reason ?? null,
    ...emailOf(subscription),
    ...cardOf(subscription),
    origin,
  };
}

function isGone(customer: Stripe.Subscription["customer"]): boolean {
  return typeof customer === "object" && customer.deleted === true;
}

/** The customer's address as it is now, where the whole customer was asked for. */
function emailOf({ customer }: Stripe.Subscription): Pick<RecurringState, "email"> {
  return typeof customer === "object" && !customer.deleted ? { email: customer.email } : {};
}

/** The card's last day, where the whole payment method was asked for. */
function cardOf({ default_payment_method: method }: Stripe.Subscription): Pick<RecurringState, "cardExpiresAt"> {
  if (!method || typeof method === "string") return {};
  const { card } = method;
  return { cardExpiresAt: card ? new Date(Date.UTC(card.exp_year, card.exp_month, 0)) : null };
}

/** Stripe says it in one of two ways, and which one depends on who cancelled (stripe.com/docs/billing, flexible billing). */
function endArranged(subscription: Stripe.Subscription): Date | null {
  if (subscription.cancel_at) return fromUnix(subscription.cancel_at);
  return subscription.cancel_at_period_end ? periodEndOf(subscription) : null;
}

/** With who gives and by which card, so that the state is whole. */
export function retrieveSubscription(stripe: Stripe, subscriptionId: string): Promise<Stripe.Subscription> {
  return stripe.subscriptions.retrieve(subscriptionId, { expand: ["customer", "default_payment_method"] });
}

/**
 * The new amount counts from the next payment; nothing is charged or given back now. Interval and count stay as Stripe has them at
 * this moment, since another interval would start a new period and charge at once; the quantity becomes one, so that the amount is
 * the new unit price. Refused, with nothing changed, where the gift is more than one plain price.
 */
export async function changeAmountAt(
  stripe: Stripe,
  { subscriptionId, money, key }: Pressed & { money: Money },
): Promise<"changed" | "refused"> {
  const item = plainItemOf(await stripe.subscriptions.retrieve(subscriptionId));
  const product = idOf(item?.price.product);
  const currency = money.currency.toLowerCase();
  if (!item || !product || item.price.currency !== currency) return "refused";
  const { interval, interval_count } = item.price.recurring;
  const price = { currency, product, unit_amount: money.amountMinor, recurring: { interval, interval_count } };
  await stripe.subscriptions.update(
    subscriptionId,
    { items: [{ id: item.id, quantity: 1, price_data: price }], proration_behavior: "none" },
    { idempotencyKey: key },
  );
  return "changed";
}

/**
 * Ends a recurring gift with the period that is paid for. Where this one is still owed Stripe would go on asking the bank
 * for it, so it ends now, which stops that too: whoever has cancelled is charged nothing more.
 */
export async function cancelAt(stripe: Stripe, { subscriptionId, key }: Pressed): Promise<Stripe.Subscription> {
  const subscription = await stripe.subscriptions.retrieve(subscriptionId, { expand: ["latest_invoice"] });
  const options = { idempotencyKey: key };
  if (isOwed(subscription)) return stripe.subscriptions.cancel(subscriptionId, {}, options);
  return stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true }, options);
}

/** Takes an end back that is still to come, whether it was set with the period or as a date: Stripe clears only the one it is told. */
export async function undoCancelAt(stripe: Stripe, { subscriptionId, key }: Pressed): Promise<Stripe.Subscription> {
  const { cancel_at_period_end: isByPeriod } = await stripe.subscriptions.retrieve(subscriptionId);
  const change: Stripe.SubscriptionUpdateParams = isByPeriod ? { cancel_at_period_end: false } : { cancel_at: "" };
  return stripe.subscriptions.update(subscriptionId, change, { idempotencyKey: key });
}

type Pressed = { subscriptionId: string; key: string };

/** A renewal is a draft for about an hour before the bank is asked; after a refusal the gift is past due. */
export function isOwed({ status, latest_invoice: invoice }: Stripe.Subscription): boolean {
  if (status === "past_due" || status === "unpaid") return true;
  return typeof invoice === "object" && invoice?.status === "draft";
}
