// The payment page of a gift: when it may be used, its address and its headers.
import type { StartedGift } from "../../domain/giving/checkout";
import { paymentPageHeaders } from "../../tools/run/headers.mjs";
import { env } from "../env";

/** False under high risk: Stripe's script would then run in a page of ours. False without the key that the script needs. */
export function mayPayHere(): boolean {
  return env().OUTLET_RISK !== "high" && env().STRIPE_PUBLISHABLE_KEY !== undefined;
}

/** The address at which a started gift goes on. */
export function paymentAddressOf(started: StartedGift): string {
  if (started.kind === "pay-at-stripe") return started.url;
  return started.kind === "given" ? `/thank-you?session=${started.sessionId}` : `/give/pay?gift=${started.giftId}`;
}

export function ownPaymentPageHeaders(): { key: string; value: string }[] {
  return paymentPageHeaders(standIn());
}

/** The address of the stand-in's stripe.js. Null with Stripe, whose script has one fixed address. */
export function standInScript(): string | null {
  const origin = standIn();
  return origin === undefined ? null : `${origin}/stripe.js`;
}

function standIn(): string | undefined {
  const { STRIPE_API_BASE: base } = env();
  return base === undefined ? undefined : new URL(base).origin;
}
