// Idempotency keys of calls to Stripe. Stripe keeps each key's first answer for a day and repeats it, also a failure.
import "server-only";

/**
 * One key per press or look: the Stripe package's own retry repeats the same call, and nothing else does. Its author comes first, and
 * Stripe's event repeats it.
 */
export function newKey(by: "supporter" | "link" | "site"): string {
  return `${by}:${crypto.randomUUID()}`;
}
