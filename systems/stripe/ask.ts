// For doors where a supporter waits: what is asked of Stripe is done in time, or they are told that it was not.
import Stripe from "stripe";
import { log, redactError } from "../log";
import { withTimeout } from "./timeout";

/**
 * `failed` also where the answer is late: Stripe may still have done it, and then says so to the webhook. `about` goes to
 * the log: ids only.
 */
export async function askStripe(
  ask: () => Promise<void>,
  { about, timeoutMs }: { about: Record<string, string>; timeoutMs?: number },
): Promise<"done" | "failed"> {
  try {
    await withTimeout(ask(), timeoutMs);
    return "done";
  } catch (error) {
    log.error({ ...about, error: redactError(error) }, "Stripe did not do what a supporter asked");
    return "failed";
  }
}

/**
 * Whether Stripe answered, and said no: asking the same again is in vain. False where it could not be reached, was too busy or
 * had a failure of its own.
 */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  const { statusCode = 0 } = error;
  return statusCode >= 400 && statusCode < 500 && statusCode !== 409 && statusCode !== 429;
}
