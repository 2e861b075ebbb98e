// Idempotency keys of calls to Stripe. Stripe keeps the first response to each key for a day and repeats it, even if it was a
// failure.
import "server-only";

/**
 * Creates a new idempotency key. Only the Stripe package's own retry sends it twice. The key begins with its author, because
 * Stripe's event contains the key and so shows who made the change.
 */
export function newIdempotencyKey(by: "supporter" | "link" | "site"): string {
  return `${by}:${crypto.randomUUID()}`;
}
