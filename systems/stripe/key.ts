// Idempotency keys of calls to Stripe. Stripe keeps each key's first answer for a day and repeats it, also a failure.
import "server-only";

/**
 * Makes an idempotency key for one press or look: only the Stripe package's own retry repeats it. The key begins with its author, and
 * Stripe's event contains the key.
 */
export function newKey(by: "supporter" | "link" | "site"): string {
  return `${by}:${crypto.randomUUID()}`;
}
