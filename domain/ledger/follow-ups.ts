// Follow-ups: questions that Stripe must still be asked. A webhook rarely carries Stripe's fee, or the amount that a dispute moved.
// A follow-up is queued in the transaction that makes it necessary. Its answer comes back as facts and is recorded like any others.
import type { LedgerContext } from "./context";
import { putFollowUp } from "./store/follow-ups";

/**
 * The forms of a key: `payment:<our id>`, `debit:<Stripe's payment intent>`, `refund:<Stripe's id>`, `dispute:<Stripe's id>`,
 * `attempt:<Stripe's invoice>:<number of the attempt>`, `payout:<Stripe's id>`, with `:<balance transaction>` where its list goes on after
 * one; and what Stripe must still be asked to erase (erasure.ts): `erase-intent:<Stripe's id>`, `erase-subscription:<Stripe's id>`,
 * `erase-customer:<Stripe's id>`, `erase-evidence:<Stripe's id of a dispute>`. `readdress-intent:<Stripe's id>`: Stripe must still hear
 * that the address of a single gift is outdated (readdress.ts).
 */
export type FollowUpKey =
  `${"payment" | "debit" | "refund" | "dispute" | "attempt" | "payout" | "readdress-intent" | ErasureAt}:${string}`;
export type ErasureAt = "erase-intent" | "erase-subscription" | "erase-customer" | "erase-evidence";

/** Queues the question from now on, even if it has been answered before. A repair queues none: it reads the answers itself. */
export async function queueFollowUp({ tx, now, silent, answering }: LedgerContext, key: FollowUpKey): Promise<void> {
  if (!silent && answering !== key) await putFollowUp(tx, { key, after: now });
}
