import "server-only";
import type Stripe from "stripe";
import type { StripesObject, StripesPage } from "../../domain/ledger/check/unreadable";
import { type StripePageLister, translateObject } from "./book-page";
import { isReconciled, readPayoutEntries } from "./payout-entries";

/** The number of payouts on one page. Each costs at least one call to Stripe. */
const PAYOUTS = 20;

/** The cursor is a payout's id, or `<payout>:<balance transaction>` in the middle of a long list. */
export async function listPayoutsWithEntries(
  stripe: Stripe,
  params: Parameters<StripePageLister>[1],
): Promise<StripesPage> {
  const { starting_after: cursor, ...range } = params;
  const [payoutId, after] = cursor?.split(":") ?? [];
  if (payoutId && after) {
    const read = await readEntriesOf(stripe, { payoutId, after });
    return { objects: [read.object], hasMore: true, cursor: read.cursor };
  }
  const from = payoutId ? { starting_after: payoutId } : {};
  const list = await stripe.payouts.list({ ...range, limit: PAYOUTS, ...from });
  const objects: StripesObject[] = [];
  for (const payout of list.data.filter(isReconciled)) {
    const read = await readEntriesOf(stripe, { payoutId: payout.id, after: null });
    objects.push(read.object);
    if (read.cursor !== payout.id) return { objects, hasMore: true, cursor: read.cursor };
  }
  return { objects, hasMore: list.has_more, cursor: list.data.at(-1)?.id };
}

/** `cursor`: the payout's id at the end of its list, or the position in the middle of a list. */
async function readEntriesOf(stripe: Stripe, { payoutId, after }: { payoutId: string; after: string | null }) {
  let next: string | null = null;
  const object = await translateObject({ id: payoutId }, async () => {
    const listed = await readPayoutEntries(stripe, { payoutId, after });
    next = listed.next;
    return [listed];
  });
  return { object, cursor: next ? `${payoutId}:${next}` : payoutId };
}
