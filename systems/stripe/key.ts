// Stripe keeps the first response to each idempotency key for a day and repeats it, even if it was a failure.
import "server-only";

/**
 * Returns a new idempotency key for a change at Stripe. The key begins with `by`. Stripe's event about the change
 * contains the key, and so shows who made the change.
 */
export function newIdempotencyKey(by: "supporter" | "link" | "site"): string {
  return `${by}:${crypto.randomUUID()}`;
}
