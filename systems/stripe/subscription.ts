// Stripe's subscription in our words, and the three things that a supporter may do to it.
import type Stripe from "stripe";
import type { Frequency } from "../../domain/giving/gift";
import type { RecurringState, RecurringStatus } from "../../domain/ledger/fact";
import { currencyFromStripe, type Money } from "../../domain/money";
import { INTERVAL } from "./checkout";
import { fromUnix, idOf } from "./facts/ids";
import { readOrigin } from "./metadata";

const STATUS: Record<string, RecurringStatus> = {
  incomplete: "starting",
  incomplete_expired: "canceled",
  trialing: "active",
  active: "active",
  past_due: "past_due",
  unpaid: "past_due",
  paused: "paused",
  canceled: "canceled",
};

/** Null where the subscription is not ours. Throws where it lacks its one item or has a status that we do not know. */
export function recurringStateOf(subscription: Stripe.Subscription): RecurringState | null {
  const origin = readOrigin(subscription.metadata);
  if (!origin) return null;
  const item = subscription.items.data[0];
  const status = STATUS[subscription.status];
  if (!item || !status) throw new Error(`subscription ${subscription.id} has no item or status ${subscription.status}`);
  const ended = status === "canceled";
  return {
    subscriptionId: subscription.id,
    subscriptionItemId: item.id,
    productId: idOf(item.price.product),
    // Stripe names a customer whom it has forgotten by the mere id, unless it is asked for the whole.
    customerId: isGone(subscription.customer) ? null : idOf(subscription.customer),
    money: { amountMinor: item.price.unit_amount ?? 0, currency: currencyFromStripe(item.price.currency) },
    frequency: item.price.recurring?.interval === "year" ? "yearly" : "monthly",
    // Paused collection leaves Stripe's own status at "active".
    status: !ended && subscription.pause_collection ? "paused" : status,
    startedAt: fromUnix(subscription.start_date),
    nextPaymentAt: ended ? null : fromUnix(item.current_period_end),
    cancelAt: ended ? null : endArranged(subscription, item),
    endedAt: subscription.ended_at ? fromUnix(subscription.ended_at) : null,
    endReason: subscription.cancellation_details?.reason ?? null,
    ...cardOf(subscription),
    origin,
  };
}

function isGone(customer: Stripe.Subscription["customer"]): boolean {
  return typeof customer === "object" && customer.deleted === true;
}

/** The card's last day, where the whole payment method was asked for. */
function cardOf({ default_payment_method: method }: Stripe.Subscription): Pick<RecurringState, "cardExpiresAt"> {
  if (!method || typeof method === "string") return {};
  const { card } = method;
  return { cardExpiresAt: card ? new Date(Date.UTC(card.exp_year, card.exp_month, 0)) : null };
}

/** Stripe says it in one of two ways, and which one depends on who cancelled (stripe.com/docs/billing, flexible billing). */
function endArranged(subscription: Stripe.Subscription, item: Stripe.SubscriptionItem): Date | null {
  if (subscription.cancel_at) return fromUnix(subscription.cancel_at);
  return subscription.cancel_at_period_end ? fromUnix(item.current_period_end) : null;
}

/** With who gives and by which card, so that the state is whole. */
export function retrieveSubscription(stripe: Stripe, subscriptionId: string): Promise<Stripe.Subscription> {
  return stripe.subscriptions.retrieve(subscriptionId, { expand: ["customer", "default_payment_method"] });
}

/** The new sum counts from the next payment; nothing is charged or given back now. */
export function changeAmountAt(
  stripe: Stripe,
  change: {
    subscriptionId: string;
    itemId: string;
    productId: string;
    money: Money;
    frequency: Frequency;
    key: string;
  },
): Promise<Stripe.Subscription> {
  const { subscriptionId, itemId, productId, money, frequency, key } = change;
  if (frequency === "once") throw new Error("a single gift has no next payment");
  const price = {
    currency: money.currency.toLowerCase(),
    product: productId,
    unit_amount: money.amountMinor,
    recurring: { interval: INTERVAL[frequency] },
  };
  return stripe.subscriptions.update(
    subscriptionId,
    { items: [{ id: itemId, price_data: price }], proration_behavior: "none" },
    { idempotencyKey: key },
  );
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

/** Takes that back, while the paid period lasts. */
export function undoCancelAt(stripe: Stripe, { subscriptionId, key }: Pressed): Promise<Stripe.Subscription> {
  return stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: false }, { idempotencyKey: key });
}

type Pressed = { subscriptionId: string; key: string };

/** A renewal is a draft for about an hour before the bank is asked; after a refusal the gift is past due. */
export function isOwed({ status, latest_invoice: invoice }: Stripe.Subscription): boolean {
  if (status === "past_due" || status === "unpaid") return true;
  return typeof invoice === "object" && invoice?.status === "draft";
}
