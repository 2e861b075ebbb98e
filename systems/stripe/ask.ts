import "server-only";
import Stripe from "stripe";
import { log, redactError } from "../log";
import { withTimeout } from "./timeout";

/**
 * Runs `ask` with a time limit and logs an error. `failed`: Stripe refused, failed or did not respond in time. The
 * change could still have taken effect.
 */
export async function tryStripeCall(
  ask: () => Promise<void>,
  { about, timeoutMs }: { about: Record<string, string>; timeoutMs?: number },
): Promise<"done" | "failed"> {
  try {
    await withTimeout(ask, timeoutMs);
    return "done";
  } catch (error) {
    log.error(
      { ...about, error: redactError(error) },
      "a call to Stripe failed or timed out; it may still have taken effect",
    );
    return "failed";
  }
}

/**
 * Returns true if Stripe refused the request itself, so that a retry cannot help. False if Stripe was unreachable, too
 * busy or failed itself.
 */
export function isStripeRefusal(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  const { statusCode = 0 } = error;
  return statusCode >= 400 && statusCode < 500 && statusCode !== 409 && statusCode !== 429;
}
