// Reads the balance transactions of a payout. Stripe lists those of an automatic payout once it has reconciled them,
// but never those of a manual payout (https://docs.stripe.com/payouts/reconciliation).
import "server-only";
import type Stripe from "stripe";
import type { PayoutEntriesListed } from "../../domain/ledger/fact";
import { requireReadableObject } from "./border/require-readable";
import type { StripeFollowUpAnswer } from "./follow-up";

const PAGE = 100;
/** The statuses of a payout for which Stripe can still complete the list of its balance transactions. */
const MAY_BE_LISTED = ["pending", "in_transit", "paid"];

export async function readPageOfPayoutEntries(
  stripe: Stripe,
  { payoutId, after }: { payoutId: string; after: string | null },
): Promise<PayoutEntriesListed> {
  const from = after ? { starting_after: after } : {};
  const list = await stripe.balanceTransactions.list({ payout: payoutId, limit: PAGE, ...from });
  for (const each of list.data) requireReadableObject("payout's balance transaction", each);
  const balanceTransactionIds = list.data.map(({ id }) => id);
  const next = list.has_more ? (balanceTransactionIds.at(-1) ?? null) : null;
  return { kind: "payout-listed", payoutId, balanceTransactionIds, next };
}

export function isReconciled({ reconciliation_status: status }: Stripe.Payout): boolean {
  return status === "completed";
}

/**
 * Returns one page of the payout's list of balance transactions. While Stripe can still complete the list, returns no
 * facts, and `isComplete` is false. `after`: the last balance transaction of the previous page.
 */
export async function askAboutPayoutEntries(
  stripe: Stripe,
  { payoutId, after }: { payoutId: string; after: string | null },
): Promise<StripeFollowUpAnswer> {
  if (!after) {
    const payout = await stripe.payouts.retrieve(payoutId);
    const isBeingListed = payout.reconciliation_status === "in_progress" && MAY_BE_LISTED.includes(payout.status);
    if (!isReconciled(payout)) return { facts: [], isComplete: !isBeingListed };
  }
  return { facts: [await readPageOfPayoutEntries(stripe, { payoutId, after })], isComplete: true };
}
