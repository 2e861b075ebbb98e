// Opens Stripe's hosted Checkout for a gift. Nothing of the reader goes along: only the sum and opaque ids.
import type Stripe from "stripe";
import type { Checkout, OpenCheckout } from "../../domain/giving/checkout";
import type { Frequency, Gift } from "../../domain/giving/gift";
import { giftFormQuery } from "../../domain/giving/gift-form";
import { toDecimal } from "../../domain/money";
import { siteUrl } from "../env";
import { giftMetadata } from "./metadata";
import { inTime } from "./patience";
import { ensureProduct } from "./product";

export type Interval = "month" | "year";
export const INTERVAL: Record<Exclude<Frequency, "once">, Interval> = { monthly: "month", yearly: "year" };

/** Same `giftId`, same session: it is the idempotency key. Throws where Stripe refuses, is down or takes too long. */
export function openCheckoutAt(stripe: Stripe): OpenCheckout {
  return (call) => inTime(open(stripe, call));
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
    // By hand: an encoded brace would not be replaced.
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

/** Back to the form as it was: a reader who turns round has lost nothing. */
function cancelUrl({ money, frequency, article, placement, appeal, variant }: Gift): string {
  const form = { frequency, currency: money.currency, amount: toDecimal(money), isCustom: false };
  return `${siteUrl()}/give?${giftFormQuery({ ...form, article, placement, appeal, variant })}`;
}
