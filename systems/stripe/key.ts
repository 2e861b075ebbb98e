// Idempotency keys of calls to Stripe. Stripe keeps the first response to each key for a day and repeats it, even if it was a
// failure.
import "server-only";

/**
 * Creates an idempotency key for one press or one fetch. Only the Stripe package's own retry repeats it. The key begins with its
 * author, and Stripe's event contains the key.
 */
export function newIdempotencyKey(by: "supporter" | "link" | "site"): string {
  return `${by}:${crypto.randomUUID()}`;
}
