import "server-only";
import type Stripe from "stripe";
import type { Gift } from "../../domain/giving/gift";
import type { RecurringGiftAtStripe, RecurringStatus } from "../../domain/ledger/fact";
import type { CancelReason } from "../../domain/supporters/own-recurring-gifts";
import { lastDayOfPause } from "../../domain/supporters/pauses";
import { isStripeRefusal } from "./ask";
import { requireReadableObject } from "./border/require-readable";
import { dateFromUnix, idOf } from "./facts/ids";
import { coveredFeeMetadata, parseGiftMetadataOfThisSite } from "./metadata";
import { chargeDayOfMonth, SUBSCRIPTION_EXPANSIONS } from "./move-payment";
import {
  findOnlyItemUnlessUnusual,
  isRenewalUnpaid,
  nextChargeTimeOf,
  periodEndOf,
  subscriptionTermsOf,
} from "./subscription-terms";

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

/**
 * Returns null for another product's subscription. Throws if a field is invalid, the subscription has no item, or its
 * status is unknown.
 */
export function recurringStateOf(subscription: Stripe.Subscription): RecurringGiftAtStripe | null {
  const origin = parseGiftMetadataOfThisSite(subscription.metadata);
  if (!origin) return null;
  requireReadableObject("subscription", subscription);
  const item = subscription.items.data[0];
  const stripeStatus = STATUS[subscription.status];
  if (!item || !stripeStatus)
    throw new Error(`subscription ${subscription.id} has no item or an unknown status: ${subscription.status}`);
  const ended = stripeStatus === "canceled";
  const { pause_collection: pause } = subscription;
  // A subscription with paused collection keeps the status "active" at Stripe.
  const status = !ended && pause ? "paused" : stripeStatus;
  const terms = subscriptionTermsOf(subscription);
  const resumesAt = !ended && pause?.resumes_at ? dateFromUnix(pause.resumes_at) : null;
  const cancelSubscriptionAfterPaidPeriod = ended ? null : plannedEndOf(subscription);
  return {
    subscriptionId: subscription.id,
    subscriptionItemId: item.id,
    productId: idOf(item.price.product),
    // Stores no id of a deleted customer. Only an expanded customer shows if it was deleted.
    customerId: isGone(subscription.customer) ? null : idOf(subscription.customer),
    ...terms,
    status,
    startedAt: dateFromUnix(subscription.start_date),
    nextPaymentAt: ended ? null : periodEndOf(subscription),
    periodStartedAt: dateFromUnix(Math.max(...subscription.items.data.map((each) => each.current_period_start))),
    chargesNextAt: nextChargeTimeOf(subscription, {
      status,
      resumesAt,
      cancelAt: cancelSubscriptionAfterPaidPeriod,
      frequency: terms.frequency,
    }),
    chargeDay: ["month", "year"].includes(item.price.recurring?.interval ?? "") ? chargeDayOfMonth(subscription) : null,
    resumesAt,
    cancelAt: cancelSubscriptionAfterPaidPeriod,
    endedAt: subscription.ended_at ? dateFromUnix(subscription.ended_at) : null,
    endReason: endReasonOf(subscription),
    ...emailOf(subscription),
    ...cardOf(subscription),
    origin,
  };
}

/**
 * The comment that void-invoices-of-stopped-gift.ts writes when it ends a gift. It distinguishes this end from a
 * cancellation that a person asked for.
 */
export const CANCEL_COMMENT_AFTER_FAILED_PAYMENTS = "The payments failed, and Stripe had stopped trying.";

export function endReasonOf({ cancellation_details: details }: Stripe.Subscription): string | null {
  return details?.comment === CANCEL_COMMENT_AFTER_FAILED_PAYMENTS ? "payment_failed" : (details?.reason ?? null);
}

function isGone(customer: Stripe.Subscription["customer"]): boolean {
  return typeof customer === "object" && customer.deleted === true;
}

/**
 * Returns an object with the customer's e-mail address. The object is empty if the customer was not expanded or was
 * deleted.
 */
function emailOf({ customer }: Stripe.Subscription): Pick<RecurringGiftAtStripe, "email"> {
  return typeof customer === "object" && !customer.deleted ? { email: customer.email } : {};
}

type ChargedCard = Pick<RecurringGiftAtStripe, "paymentMethodId" | "cardExpiresAt">;

/**
 * Returns the charged card; an empty object if there is no expanded payment method. `cardExpiresAt`: the card's last
 * valid day.
 */
function cardOf({ default_payment_method: own, customer }: Stripe.Subscription): ChargedCard {
  const ofCustomer =
    typeof customer === "object" && !customer.deleted ? customer.invoice_settings.default_payment_method : null;
  const method = own ?? ofCustomer;
  if (!method || typeof method === "string") return {};
  const { id: paymentMethodId, card } = method;
  return { paymentMethodId, cardExpiresAt: card ? new Date(Date.UTC(card.exp_year, card.exp_month, 0)) : null };
}

/**
 * Returns when the gift will end; null if no end is planned. Stripe has two fields for a planned end. Which of them is
 * set depends on how the subscription was cancelled (stripe.com/docs/billing).
 */
function plannedEndOf(subscription: Stripe.Subscription): Date | null {
  if (subscription.cancel_at) return dateFromUnix(subscription.cancel_at);
  return subscription.cancel_at_period_end ? periodEndOf(subscription) : null;
}

export function retrieveSubscription(stripe: Stripe, subscriptionId: string): Promise<Stripe.Subscription> {
  return stripe.subscriptions.retrieve(subscriptionId, { expand: [...SUBSCRIPTION_EXPANSIONS] });
}

/**
 * Changes the amount of later payments. Interval and count stay the same, because another interval would start a new
 * period and charge at once. The quantity becomes one, so that the amount is the unit price. Returns "refused", and
 * changes nothing, for an unusual gift or another currency.
 */
export async function changeAmountAtStripe(
  stripe: Stripe,
  { subscriptionId, money, coveredFeeMinor, key }: Target & Pick<Gift, "money" | "coveredFeeMinor">,
): Promise<"changed" | "refused"> {
  const item = findOnlyItemUnlessUnusual(await stripe.subscriptions.retrieve(subscriptionId));
  const product = idOf(item?.price.product);
  const currency = money.currency.toLowerCase();
  if (!item || !product || item.price.currency !== currency) return "refused";
  const { interval, interval_count } = item.price.recurring;
  const price = { currency, product, unit_amount: money.amountMinor, recurring: { interval, interval_count } };
  await stripe.subscriptions.update(
    subscriptionId,
    {
      items: [{ id: item.id, quantity: 1, price_data: price }],
      proration_behavior: "none",
      metadata: coveredFeeMetadata({ money, coveredFeeMinor }),
    },
    { idempotencyKey: key },
  );
  return "changed";
}

/**
 * Ends the gift at the end of the period. If the current period is unpaid, ends the gift now, because Stripe would keep
 * charging for that period.
 */
export async function cancelAtStripe(
  stripe: Stripe,
  { subscriptionId, reason, key }: Target & { reason?: CancelReason | null },
): Promise<Stripe.Subscription> {
  const subscription = await stripe.subscriptions.retrieve(subscriptionId, { expand: ["latest_invoice"] });
  const options = { idempotencyKey: key };
  const why = reason ? { cancellation_details: { feedback: reason } } : {};
  if (isRenewalUnpaid(subscription)) {
    const ended = await stripe.subscriptions.cancel(subscriptionId, why, options);
    await voidUnpaidInvoices(stripe, { subscriptionId, key });
    return ended;
  }
  return stripe.subscriptions.update(subscriptionId, { cancel_at_period_end: true, ...why }, options);
}

/**
 * Undoes the cancellation of a gift that has not ended yet. Stripe has two fields for the planned end, and clears it
 * only if the request names the right one.
 */
export async function undoCancelAtStripe(
  stripe: Stripe,
  { subscriptionId, key }: Target,
): Promise<Stripe.Subscription> {
  const { cancel_at_period_end: isByPeriod } = await stripe.subscriptions.retrieve(subscriptionId);
  const change: Stripe.SubscriptionUpdateParams = isByPeriod ? { cancel_at_period_end: false } : { cancel_at: "" };
  return stripe.subscriptions.update(subscriptionId, change, { idempotencyKey: key });
}

/**
 * Pauses the gift for `months`, counted from the end of the current period. Invoices that fall due during the pause are
 * void. If the invoice of the current period is unpaid, it is voided too.
 */
export async function pauseAtStripe(
  stripe: Stripe,
  { subscriptionId, months, key }: Target & { months: number },
): Promise<Stripe.Subscription> {
  const subscription = await stripe.subscriptions.retrieve(subscriptionId, { expand: ["latest_invoice"] });
  const period = {
    end: periodEndOf(subscription),
    dayOfMonth: dateFromUnix(subscription.billing_cycle_anchor).getUTCDate(),
  };
  const resumesAt = Math.floor(lastDayOfPause({ ...period, months }).getTime() / 1000);
  const paused = await stripe.subscriptions.update(
    subscriptionId,
    { pause_collection: { behavior: "void", resumes_at: resumesAt } },
    { idempotencyKey: key },
  );
  if (isRenewalUnpaid(subscription)) await voidUnpaidInvoices(stripe, { subscriptionId, key });
  return paused;
}

/** Ends the pause. Payments that fell due during the pause are never charged. */
export function resumeAtStripe(stripe: Stripe, { subscriptionId, key }: Target): Promise<Stripe.Subscription> {
  return stripe.subscriptions.update(subscriptionId, { pause_collection: "" }, { idempotencyKey: key });
}

/**
 * Voids all unpaid invoices of the gift. Skips an invoice that Stripe refuses to void, for example because a bank debit
 * for it is pending. That debit can still arrive.
 */
export async function voidUnpaidInvoices(stripe: Stripe, { subscriptionId, key }: Target): Promise<void> {
  for (const status of ["draft", "open"] as const) {
    for await (const { id } of stripe.invoices.list({ subscription: subscriptionId, status, limit: 100 })) {
      if (!id) continue;
      // Stripe voids only finalized invoices, so a draft is finalized first. With `auto_advance: false`, Stripe does
      // not charge it in the meantime.
      const finalized = { auto_advance: false };
      if (status === "draft")
        await stripe.invoices.finalizeInvoice(id, finalized, { idempotencyKey: `${key}:f:${id}` });
      await stripe.invoices.voidInvoice(id, {}, { idempotencyKey: `${key}:v:${id}` }).catch(ignoreRefusal);
    }
  }
}

function ignoreRefusal(error: unknown): void {
  if (!isStripeRefusal(error)) throw error;
}

type Target = { subscriptionId: string; key: string };
