// For long walks through Stripe's lists: where Stripe asks for patience we have it.
import Stripe from "stripe";

const FIRST_WAIT_MS = 1_000;
const TRIES = 6;

/** Asks again after 1, 2, 4 … seconds where Stripe says "too many requests" or cannot be reached. Then throws what it said. */
export async function withRetry<T>(ask: () => Promise<T>, firstWaitMs: number = FIRST_WAIT_MS): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await ask();
    } catch (error) {
      if (tried === TRIES || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, firstWaitMs * 2 ** tried));
    }
  }
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false;
  const { StripeRateLimitError, StripeConnectionError } = Stripe.errors;
  const isAway = error instanceof StripeRateLimitError || error instanceof StripeConnectionError;
  return isAway || [500, 502, 503, 504].includes(error.statusCode ?? 0);
}
