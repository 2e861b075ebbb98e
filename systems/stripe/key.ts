// Stripe keeps the first response to each idempotency key for a day and repeats it, even if it was a failure.
import "server-only";

/**
 * Returns a new idempotency key that begins with its author. Stripe's event contains the key, and so shows who made the
 * change.
 */
export function newIdempotencyKey(by: "supporter" | "link" | "site"): string {
  return `${by}:${crypto.randomUUID()}`;
}
