import "server-only";
import Stripe from "stripe";

const TOLERANCE_S = 300;

export type EventVerificationResult = { kind: "event"; event: Stripe.Event } | { kind: "refused"; reason: string };

/**
 * Checks the signature, the time and the mode (live or test) of a webhook. Also refuses a time in the future, which the
 * stripe package accepts. Never throws: any fault is a refusal.
 */
export function verifyEvent(
  raw: Buffer,
  { signature, secret, live, now }: { signature: string | null; secret: string; live: boolean; now: Date },
): EventVerificationResult {
  if (!signature) return { kind: "refused", reason: "no signature" };
  const signedAt = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature)?.[1] ?? Number.NaN);
  if (!(signedAt <= now.getTime() / 1000 + TOLERANCE_S))
    return { kind: "refused", reason: "the signature's time is in the future or missing" };
  try {
    const event: Stripe.Event | null = Stripe.webhooks.constructEvent(
      raw,
      signature,
      secret,
      TOLERANCE_S,
      undefined,
      now.getTime(),
    );
    if (!isEvent(event)) return { kind: "refused", reason: "no event" };
    if (event.livemode !== live) return { kind: "refused", reason: live ? "a test event" : "a live event" };
    return { kind: "event", event };
  } catch {
    return { kind: "refused", reason: "bad signature or body" };
  }
}

function isEvent(event: Stripe.Event | null): event is Stripe.Event {
  return typeof event?.id === "string" && typeof event.type === "string" && typeof event.data?.object === "object";
}
