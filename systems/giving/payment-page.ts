// The payment page of a gift: when it may be used, its URL and its headers.
import type { StartedGift } from "../../domain/giving/checkout";
import { paymentPageHeaders } from "../../tools/run/headers.mjs";
import { env } from "../env";

/** False under high risk, because Stripe's script would run in a page of ours, and false without the key that the script needs. */
export function mayPayHere(): boolean {
  return env().OUTLET_RISK !== "high" && env().STRIPE_PUBLISHABLE_KEY !== undefined;
}

/** The URL at which the reader continues with a started gift. */
export function paymentAddressOf(started: StartedGift): string {
  if (started.kind === "pay-at-stripe") return started.url;
  return started.kind === "given" ? `/thank-you?session=${started.sessionId}` : `/give/pay?gift=${started.giftId}`;
}

export function ownPaymentPageHeaders(): { key: string; value: string }[] {
  return paymentPageHeaders(standIn());
}

/** The URL of the stand-in's stripe.js. Null without a stand-in: Stripe's own script has one fixed URL. */
export function standInScript(): string | null {
  const origin = standIn();
  return origin === undefined ? null : `${origin}/stripe.js`;
}

function standIn(): string | undefined {
  const { STRIPE_API_BASE: base } = env();
  return base === undefined ? undefined : new URL(base).origin;
}
