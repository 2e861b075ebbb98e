// Opens and closes Checkout sessions. Stripe gets the gift's amount, and metadata with opaque ids, but nothing that
// identifies the reader.
import "server-only";
import type Stripe from "stripe";
import { translator } from "../../content/messages";
import type { Frequency } from "../../domain/frequencies";
import type { CheckoutSessionOpener, OpenCheckoutInput, OpenedCheckoutSession } from "../../domain/giving/checkout";
import { amountWithoutCoveredFee, type Gift } from "../../domain/giving/gift";
import { filledFormPath } from "../../domain/giving/gift-form";
import { CheckoutStatusUnknownError, type CloseCheckout } from "../../domain/giving/payment-page";
import { formatMoney } from "../../domain/money";
import { publication } from "../../publication";
import { siteUrl } from "../env";
import { isStripeRefusal } from "./ask";
import { giftMetadata } from "./metadata";
import { ensureProduct } from "./product";
import { withTimeout } from "./timeout";

const CHECKOUT_LANGUAGES: Stripe.Checkout.SessionCreateParams.Locale[] = [
  "bg",
  "cs",
  "da",
  "de",
  "el",
  "en",
  "es",
  "et",
  "fi",
  "fil",
  "fr",
  "hr",
  "hu",
  "id",
  "it",
  "ja",
  "ko",
  "lt",
  "lv",
  "ms",
  "mt",
  "nb",
  "nl",
  "pl",
  "pt",
  "pt-BR",
  "ro",
  "ru",
  "sk",
  "sl",
  "sv",
  "th",
  "tr",
  "vi",
  "zh",
  "zh-HK",
  "zh-TW",
];

export type StripeIntervalUnit = "month" | "year";
export const INTERVAL_OF_FREQUENCY: Record<Exclude<Frequency, "once">, StripeIntervalUnit> = {
  monthly: "month",
  yearly: "year",
};

/**
 * Returns a function that opens a Checkout session. The idempotency key is the gift's id. If the gift moves from the
 * site's payment page to Stripe's, `-moved` is appended. Throws if Stripe refuses, is unreachable or is too slow.
 */
export function checkoutOpener(stripe: Stripe): CheckoutSessionOpener {
  return (call) => withTimeout(() => open(stripe, call));
}

export function checkoutCloser(stripe: Stripe): CloseCheckout {
  return async (sessionId) => {
    const outcome = await withTimeout(() => close(stripe, sessionId)).catch((cause: unknown) => {
      throw new CheckoutStatusUnknownError(`Stripe did not say whether ${sessionId} was paid`, { cause });
    });
    if (outcome.kind === "open") throw outcome.refusal;
    return outcome.kind;
  };
}

/**
 * Expires the session. Stripe refuses this for a session that is not open: such a session is paid or has already
 * expired.
 */
async function close(
  stripe: Stripe,
  sessionId: string,
): Promise<{ kind: "closed" | "paid" } | { kind: "open"; refusal: unknown }> {
  try {
    await stripe.checkout.sessions.expire(sessionId);
    return { kind: "closed" };
  } catch (refusal) {
    if (!isStripeRefusal(refusal)) throw refusal;
    const { status } = await stripe.checkout.sessions.retrieve(sessionId);
    if (status === "open") return { kind: "open", refusal };
    return { kind: status === "complete" ? "paid" : "closed" };
  }
}

async function open(stripe: Stripe, call: OpenCheckoutInput): Promise<OpenedCheckoutSession> {
  const product = await ensureProduct(stripe);
  const session = await stripe.checkout.sessions.create(sessionParams({ ...call, product }), {
    idempotencyKey: call.place === "moved" ? `${call.giftId}-moved` : call.giftId,
  });
  const { id: sessionId, url: checkoutUrl, client_secret: checkoutSecret } = session;
  if (call.place === "embedded" && checkoutSecret) return { sessionId, checkoutSecret };
  if (checkoutUrl) return { sessionId, checkoutUrl };
  throw new Error(`checkout session ${sessionId} has no page`);
}

/**
 * Sets the language of Checkout only for a gift started in another language than the publication's default. Otherwise
 * Checkout uses the browser's language.
 */
function languageParams({ locale }: Gift): Pick<Stripe.Checkout.SessionCreateParams, "locale"> {
  const spoken = CHECKOUT_LANGUAGES.find((language) => language === locale);
  return spoken && spoken !== publication.defaultLanguage ? { locale: spoken } : {};
}

function sessionParams(call: OpenCheckoutInput & { product: string }): Stripe.Checkout.SessionCreateParams {
  const { giftId, gift, expiresAt } = call;
  const metadata = giftMetadata(giftId, gift);
  return {
    ...modeParams(gift, { metadata, product: call.product }),
    metadata,
    client_reference_id: giftId,
    expires_at: Math.floor(expiresAt.getTime() / 1000),
    adaptive_pricing: { enabled: false },
    ...languageParams(gift),
    ...coverParams(gift),
    ...placeParams(call),
  };
}

/**
 * Shows the covered fee in a text on the Checkout page. The fee is not a line item of its own, so that a recurring gift
 * has only one item.
 */
function coverParams(gift: Gift): Pick<Stripe.Checkout.SessionCreateParams, "custom_text"> {
  const { money, coveredFeeMinor, locale } = gift;
  if (coveredFeeMinor === 0) return {};
  const format = { locale, alwaysDecimals: true };
  const amount = formatMoney(amountWithoutCoveredFee(gift), format);
  const fee = formatMoney({ ...money, amountMinor: coveredFeeMinor }, format);
  return { custom_text: { submit: { message: translator(locale)("giving.checkout.cover", { amount, fee }) } } };
}

/**
 * The page after Checkout. Stripe replaces `{CHECKOUT_SESSION_ID}` with the session's id, but only if the braces are
 * not URL-encoded.
 */
const THANKS = "/thank-you?session={CHECKOUT_SESSION_ID}";

function placeParams({ gift, place }: OpenCheckoutInput): Stripe.Checkout.SessionCreateParams {
  const thanks = siteUrl() + THANKS;
  if (place === "embedded") return { ui_mode: "embedded_page", return_url: thanks };
  return { success_url: thanks, cancel_url: siteUrl() + filledFormPath(gift, publication) };
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
  const recurring = { interval: INTERVAL_OF_FREQUENCY[gift.frequency] };
  return {
    mode: "subscription",
    line_items: [{ quantity: 1, price_data: { ...price, recurring } }],
    subscription_data: { metadata },
  };
}
