// Follow-ups: questions and requests that must still be sent to Stripe. A follow-up is queued in the transaction that
// makes it necessary. Stripe's answer is recorded as facts.
import type { LedgerContext } from "./context";
import { upsertFollowUp } from "./store/follow-ups";

/**
 * The formats of a key:
 * - `payment:<our id>`, `debit:<Stripe's payment intent>`, `refund:<Stripe's id>`, `dispute:<Stripe's id>`
 * - `attempt:<Stripe's invoice>:<number of the attempt>`
 * - `payout:<Stripe's id>`, and for the following pages of its list `payout:<Stripe's id>:<last balance transaction>`
 * - erasure requests (erasure.ts): `erase-intent:<Stripe's id>`, `erase-subscription:<Stripe's id>`,
 *   `erase-customer:<Stripe's id>`, `erase-evidence:<Stripe's dispute>`
 * - `readdress-intent:<Stripe's id>`: record in Stripe's metadata that a single gift's e-mail address is outdated
 *   (readdress.ts)
 */
export type FollowUpKey =
  `${"payment" | "debit" | "refund" | "dispute" | "attempt" | "payout" | "readdress-intent" | ErasureFollowUpKind}:${string}`;
export type ErasureFollowUpKind = "erase-intent" | "erase-subscription" | "erase-customer" | "erase-evidence";

/**
 * Queues a question or request to Stripe, even if Stripe has answered it before. Does nothing if `silent` is set, or if
 * Stripe's answer to the same question is being recorded now.
 */
export async function queueFollowUp(
  { tx, now, silent, answeredFollowUpKey }: LedgerContext,
  key: FollowUpKey,
): Promise<void> {
  if (!silent && answeredFollowUpKey !== key) await upsertFollowUp(tx, { key, after: now });
}
