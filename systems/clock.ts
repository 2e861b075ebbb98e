// The site's clock. A developer can move the Stripe stand-in's time forward, for example to next month's renewal. The
// site's clock then shows the same time.
import { z } from "zod";
import { env } from "./env";
import { log, redactError } from "./log";
import { runtime } from "./runtime";

const FOLLOW_EVERY_MS = 1_000;
const TIMEOUT_MS = 2_000;
/**
 * The smallest difference from the stand-in's clock that is corrected. The measured difference varies a little, and
 * such a variation must not set the site's clock back.
 */
const MIN_CHANGE_MS = 5_000;

const answer = z.object({ now: z.number().int() });

export function currentTime(): Date {
  return new Date(Date.now() + (runtime.clockAheadMs ?? 0));
}

/** Returns the machine's time. Codes of an authenticator app need it, because phones use the real time. */
export function machineTime(): Date {
  return new Date(Date.now());
}

/**
 * Sets the site's clock to the stand-in's time. Leaves it unchanged if no stand-in is used, STRIPE_API_CLOCK is `own`,
 * or the stand-in does not respond.
 */
export async function syncClockWithStandIn(): Promise<void> {
  const { STRIPE_API_BASE: standIn, STRIPE_API_CLOCK: clock, STRIPE_SECRET_KEY: key } = env();
  if (!standIn || clock === "own") return;
  try {
    const response = await fetch(`${standIn}/_sandbox/clock`, {
      headers: { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    // Other stand-ins for Stripe do not have this URL.
    if (!response.ok) return;
    const aheadMs = answer.parse(await response.json()).now * 1000 - Date.now();
    if (Math.abs(aheadMs - (runtime.clockAheadMs ?? 0)) < MIN_CHANGE_MS) return;
    runtime.clockAheadMs = Math.abs(aheadMs) < MIN_CHANGE_MS ? 0 : aheadMs;
  } catch (error) {
    log.debug({ error: redactError(error) }, "the Stripe stand-in's clock could not be read");
  }
}

/**
 * Sets the site's clock to the stand-in's time at once, and again every second. Does nothing without a Stripe stand-in.
 * Call it once, when the server starts.
 */
export async function keepClockInSyncWithStandIn(): Promise<void> {
  if (!env().STRIPE_API_BASE) return;
  await syncClockWithStandIn();
  setInterval(() => void syncClockWithStandIn(), FOLLOW_EVERY_MS).unref();
}
