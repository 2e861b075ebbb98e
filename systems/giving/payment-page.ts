import type { StartedGift } from "../../domain/giving/checkout";
import { env } from "../env";
import { paymentPageHeaders } from "../http/headers.mjs";

/** Under high risk, Stripe's script may not run in a page of this site. */
export function hasOwnPaymentPage(): boolean {
  return env().OUTLET_RISK !== "high" && env().STRIPE_PUBLISHABLE_KEY !== undefined;
}

export function paymentUrlOf(started: StartedGift): string {
  if (started.kind === "pay-at-stripe") return started.url;
  return started.kind === "given" ? `/thank-you?session=${started.sessionId}` : `/give/pay?gift=${started.giftId}`;
}

export function ownPaymentPageHeaders(): { key: string; value: string }[] {
  return paymentPageHeaders(standIn());
}

/** Returns null without a stand-in, because Stripe's own script has a fixed URL. */
export function standInScript(): string | null {
  const origin = standIn();
  return origin === undefined ? null : `${origin}/stripe.js`;
}

function standIn(): string | undefined {
  const { STRIPE_API_BASE: base } = env();
  return base === undefined ? undefined : new URL(base).origin;
}
