import "server-only";
import Stripe from "stripe";

const FIRST_WAIT_MS = 1_000;
const RETRIES = 6;

/**
 * Calls Stripe. If Stripe limits the rate or is unavailable, retries six times, after 1, 2, 4 … seconds, and then
 * throws the last error. Throws any other error at once.
 */
export async function withRetry<T>(call: () => Promise<T>, firstWaitMs: number = FIRST_WAIT_MS): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await call();
    } catch (error) {
      if (retries === RETRIES || !isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, firstWaitMs * 2 ** retries));
    }
  }
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  const { StripeRateLimitError, StripeConnectionError } = Stripe.errors;
  const isUnavailable = error instanceof StripeRateLimitError || error instanceof StripeConnectionError;
  return isUnavailable || [500, 502, 503, 504].includes(error.statusCode ?? 0);
}
