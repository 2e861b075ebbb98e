import "server-only";
import type Stripe from "stripe";
import type { StripeListPage, StripeObjectWithFacts } from "../../domain/ledger/check/unreadable";
import { type StripeObjectLister, translateStripeObjectToFacts } from "./book-page";
import { isReconciled, readPageOfPayoutEntries } from "./payout-entries";

/**
 * The number of payouts on one page. Each payout costs at least one more call to Stripe, for the list of its balance
 * transactions.
 */
const PAYOUTS = 20;

/**
 * Returns reconciled payouts with the ids of their balance transactions. The cursor is a payout's id. If a payout has
 * too many balance transactions for one page, the cursor is `<payout>:<balance transaction>`.
 */
export async function listPayoutsWithEntries(
  stripe: Stripe,
  params: Parameters<StripeObjectLister>[1],
): Promise<StripeListPage> {
  const { starting_after: cursor, ...range } = params;
  const [payoutId, after] = cursor?.split(":") ?? [];
  if (payoutId && after) {
    const read = await readEntriesOf(stripe, { payoutId, after });
    return { objects: [read.object], hasMore: true, cursor: read.cursor };
  }
  const from = payoutId ? { starting_after: payoutId } : {};
  const list = await stripe.payouts.list({ ...range, limit: PAYOUTS, ...from });
  const objects: StripeObjectWithFacts[] = [];
  for (const payout of list.data.filter(isReconciled)) {
    const read = await readEntriesOf(stripe, { payoutId: payout.id, after: null });
    objects.push(read.object);
    if (read.cursor !== payout.id) return { objects, hasMore: true, cursor: read.cursor };
  }
  return { objects, hasMore: list.has_more, cursor: list.data.at(-1)?.id };
}

/**
 * Reads one page of a payout's list. After the last page, the returned `cursor` is the payout's id. Otherwise it also
 * contains the position at which the list continues.
 */
async function readEntriesOf(stripe: Stripe, { payoutId, after }: { payoutId: string; after: string | null }) {
  let next: string | null = null;
  const object = await translateStripeObjectToFacts({ id: payoutId }, async () => {
    const listed = await readPageOfPayoutEntries(stripe, { payoutId, after });
    next = listed.next;
    return [listed];
  });
  return { object, cursor: next ? `${payoutId}:${next}` : payoutId };
}
