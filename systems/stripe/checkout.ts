// Opens Stripe's hosted Checkout for a gift. We send the amount and opaque ids, and nothing about the reader.
import "server-only";
import type Stripe from "stripe";
import type { Checkout, OpenCheckout } from "../../domain/giving/checkout";
import type { Frequency, Gift } from "../../domain/giving/gift";
import { giftFormQuery } from "../../domain/giving/gift-form";
import { toDecimal } from "../../domain/money";
import { siteUrl } from "../env";
import { giftMetadata } from "./metadata";
import { ensureProduct } from "./product";
import { withTimeout } from "./timeout";

export type Interval = "month" | "year";
export const INTERVAL: Record<Exclude<Frequency, "once">, Interval> = { monthly: "month", yearly: "year" };

/** `giftId` is the idempotency key: the same gift gets the same session. Throws when Stripe refuses, is down or too slow. */
export function openCheckoutAt(stripe: Stripe): OpenCheckout {
  return (call) => withTimeout(() => open(stripe, call));
}

async function open(stripe: Stripe, call: Parameters<OpenCheckout>[0]): Promise<Checkout> {
  const product = await ensureProduct(stripe);
  const session = await stripe.checkout.sessions.create(sessionParams({ ...call, product }), {
    idempotencyKey: call.giftId,
  });
  if (!session.url) throw new Error(`checkout session ${session.id} has no page`);
  return { sessionId: session.id, url: session.url };
}

function sessionParams(call: {
  giftId: string;
  gift: Gift;
  expiresAt: Date;
  product: string;
}): Stripe.Checkout.SessionCreateParams {
  const { giftId, gift, expiresAt } = call;
  const metadata = giftMetadata(giftId, gift);
  return {
    ...modeParams(gift, { metadata, product: call.product }),
    metadata,
    client_reference_id: giftId,
    expires_at: Math.floor(expiresAt.getTime() / 1000),
    // The braces are written without encoding: Stripe would not replace encoded ones.
    success_url: `${siteUrl()}/thank-you?session={CHECKOUT_SESSION_ID}`,
    cancel_url: cancelUrl(gift),
    adaptive_pricing: { enabled: false },
  };
}

function modeParams(
  gift: Gift,
  { metadata, product }: { metadata: Stripe.MetadataParam; product: string },
): Stripe.Checkout.SessionCreateParams {
  const price = { currency: gift.money.currency.toLowerCase(), product, unit_amount: gift.money.amountMinor };
  if (gift.frequency === "once")
    return {
      mode: "payment",
      submit_type: "donate",
      line_items: [{ quantity: 1, price_data: price }],
      payment_intent_data: { metadata },
    };
  const recurring = { interval: INTERVAL[gift.frequency] };
  return {
    mode: "subscription",
    line_items: [{ quantity: 1, price_data: { ...price, recurring } }],
    subscription_data: { metadata },
  };
}

/** Leads back to the filled-in form, so that a reader who cancels loses nothing. */
function cancelUrl({ money, frequency, article, placement, appeal, variant, exposure }: Gift): string {
  const form = { frequency, currency: money.currency, amount: toDecimal(money), isCustom: false };
  return `${siteUrl()}/give?${giftFormQuery({ ...form, article, placement, appeal, variant, exposure })}`;
}
