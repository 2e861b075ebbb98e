import "server-only";
import Stripe from "stripe";
import { log, redactError } from "../log";
import { withTimeout } from "./timeout";

/** `failed`: Stripe refused, failed or did not respond in time; it may have done it all the same. */
export async function askStripe(
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

/** False if Stripe was unreachable, too busy or failed itself: then a retry makes sense. */
export function isStripeRefusal(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  const { statusCode = 0 } = error;
  return statusCode >= 400 && statusCode < 500 && statusCode !== 409 && statusCode !== 429;
}
