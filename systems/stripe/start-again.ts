import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import Stripe from "stripe";
import { isCardRefusal } from "./card";
import { idOf } from "./facts/ids";
import { newIdempotencyKey } from "./key";
import { parseGiftMetadataOfThisSite } from "./metadata";
import { SUBSCRIPTION_EXPANSIONS } from "./move-payment";
import { voidUnpaidInvoices } from "./subscription";
import { findOnlyItemUnlessUnusual } from "./subscription-terms";

type StartedAgain = { kind: "started"; subscription: Stripe.Subscription } | { kind: StartAgainRefusal };

/**
 * `changed`: at Stripe the gift has not ended, or is unusual. `no-card`: none of the supporter's cards can be charged,
 * so Checkout must ask for one. `refused`: the bank refused the card.
 */
export type StartAgainRefusal = "changed" | "no-card" | "refused";

/**
 * The maximum number of attempts in a day to start one ended gift again with the same card. A supporter who needs more
 * should write to the newsroom.
 */
const MAX_TRIES = 30;
const ASK_AGAIN_AFTER_MS = 500;

/**
 * Starts an ended gift again as a new subscription. Voids the unpaid invoices of the ended one, so that they are never
 * charged.
 */
export async function restartEndedGift(
  stripe: Stripe,
  { subscriptionId }: { subscriptionId: string },
): Promise<StartedAgain> {
  const ended = await stripe.subscriptions.retrieve(subscriptionId, { expand: [...SUBSCRIPTION_EXPANSIONS] });
  const params = paramsLike(ended);
  if (typeof params === "string") return { kind: params };
  const running = await findRunning(stripe, params.customer);
  if (running) return { kind: "started", subscription: running };
  await voidUnpaidInvoices(stripe, { subscriptionId, key: newIdempotencyKey("site") });
  for (let number = 1; number <= MAX_TRIES; number += 1) {
    const key = `supporter:again:${subscriptionId}:${params.default_payment_method}:${number}`;
    const tried = await tryToStart(stripe, { params, key });
    if (tried) return tried;
  }
  throw new Error(`subscription ${subscriptionId} was started again ${MAX_TRIES} times today`);
}

/**
 * Returns a running gift of this customer; null if there is none. The site may not know this gift: Stripe's response to
 * an earlier call can be lost, and Stripe's event about the gift can be late.
 */
async function findRunning(stripe: Stripe, customer: string): Promise<Stripe.Subscription | null> {
  const { data } = await stripe.subscriptions.list({ customer, limit: 100 });
  const running = data.find(
    ({ metadata, status }) => parseGiftMetadataOfThisSite(metadata) && RUNNING.includes(status),
  );
  return running ? stripe.subscriptions.retrieve(running.id, { expand: [...SUBSCRIPTION_EXPANSIONS] }) : null;
}

const RUNNING: readonly Stripe.Subscription.Status[] = ["active", "trialing", "past_due"];

/**
 * Creates the subscription. Two requests at once, or a request after a lost response, use the same key and start one
 * gift. Returns null if Stripe only repeats an old response that is useless now: a refusal, a server error, or a gift
 * that has ended since. The caller then uses the next key.
 */
async function tryToStart(
  stripe: Stripe,
  { params, key }: { params: Stripe.SubscriptionCreateParams; key: string },
): Promise<StartedAgain | null> {
  try {
    const created = await stripe.subscriptions.create(params, { idempotencyKey: key });
    if (!isRepeated(created.lastResponse.headers)) return { kind: "started", subscription: created };
    const subscription = await stripe.subscriptions.retrieve(created.id, { expand: [...SUBSCRIPTION_EXPANSIONS] });
    return subscription.status === "canceled" ? null : { kind: "started", subscription };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && isRepeated(error.headers)) return null;
    if (isOnItsWay(error)) {
      await delay(ASK_AGAIN_AFTER_MS);
      return tryToStart(stripe, { params, key });
    }
    if (isCardRefusal(error)) return { kind: "refused" };
    throw error;
  }
}

/**
 * Returns true if Stripe is still handling an earlier call with the same idempotency key, for example after a double
 * click. The caller then asks again until Stripe responds or the time limit in timeout.ts has passed.
 */
function isOnItsWay(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === "idempotency_key_in_use";
}

function isRepeated(headers: Record<string, string> | undefined): boolean {
  return headers?.["idempotent-replayed"] === "true";
}

const ENDED: readonly Stripe.Subscription.Status[] = ["canceled", "incomplete_expired"];

function paramsLike(ended: Stripe.Subscription) {
  const item = findOnlyItemUnlessUnusual(ended);
  const product = idOf(item?.price.product);
  if (!ENDED.includes(ended.status) || !item || !product) return "changed";
  const card = goodCardOf(ended);
  if (!card) return "no-card";
  const { currency, unit_amount, recurring } = item.price;
  const { interval, interval_count } = recurring;
  const price = { currency, product, unit_amount, recurring: { interval, interval_count } };
  const { moved: _, charge_day: __, ...metadata } = ended.metadata;
  return {
    customer: idOf(ended.customer) ?? "",
    items: [{ quantity: item.quantity ?? 1, price_data: price }],
    default_payment_method: card,
    payment_behavior: "error_if_incomplete" as const,
    metadata,
    expand: [...SUBSCRIPTION_EXPANSIONS],
  };
}

/**
 * Returns the id of the newer of two cards, the gift's own and the customer's default. Null if neither is still
 * attached to the customer.
 */
function goodCardOf({ customer, default_payment_method: own }: Stripe.Subscription): string | null {
  if (typeof customer !== "object" || customer.deleted) return null;
  const cards = [own, customer.invoice_settings.default_payment_method].filter(isUsable);
  return cards.toSorted((a, b) => b.created - a.created)[0]?.id ?? null;
}

function isUsable(method: string | Stripe.PaymentMethod | null): method is Stripe.PaymentMethod {
  return typeof method === "object" && method !== null && Boolean(method.card && method.customer);
}
