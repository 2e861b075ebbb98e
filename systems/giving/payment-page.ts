import type { NextStepOfStartedGift } from "../../domain/giving/checkout";
import { env } from "../env";
import { paymentPageHeaders } from "../http/headers.mjs";

/**
 * Returns true if readers can pay on the site's own payment page. That page needs a publishable key. Returns false if
 * OUTLET_RISK is high, because Stripe's script must then not run in a page of this site.
 */
export function hasOwnPaymentPage(): boolean {
  return env().OUTLET_RISK !== "high" && env().STRIPE_PUBLISHABLE_KEY !== undefined;
}

export function nextUrlOf(started: NextStepOfStartedGift): string {
  if (started.kind === "pay-at-stripe") return started.url;
  return started.kind === "already-paid"
    ? `/thank-you?session=${started.sessionId}`
    : `/give/pay?gift=${started.giftId}`;
}

export function ownPaymentPageHeaders(): { key: string; value: string }[] {
  return paymentPageHeaders(standIn());
}

/** Returns the URL of a stand-in's script. Null without a stand-in, because the URL of Stripe's own script is fixed. */
export function standInScriptUrl(): string | null {
  const origin = standIn();
  return origin === undefined ? null : `${origin}/stripe.js`;
}

function standIn(): string | undefined {
  const { STRIPE_API_BASE: base } = env();
  return base === undefined ? undefined : new URL(base).origin;
}
