// Records payouts and their lists of balance transactions. A paid payout can still fail, and the money then returns to
// the balance.
import { moneyColumns } from "../money";
import type { LedgerContext } from "./context";
import type { PayoutEntriesListed, PayoutReported, PayoutStatus } from "./fact";
import { queueFollowUp } from "./follow-ups";
import { isLaterStatus, type StatusesByRank } from "./status-order";
import { addPayout, changePayout, findPayout, putPayoutEntries } from "./store/payouts";

const LIFECYCLE: StatusesByRank<PayoutStatus> = [["pending"], ["in_transit"], ["paid"], ["canceled", "failed"]];

/**
 * Stores a payout. Queues a request for its list of balance transactions if the list is ready or the payout is paid.
 * For a paid payout, Stripe may send no event when the list becomes ready.
 */
export async function recordPayout(context: LedgerContext, fact: PayoutReported): Promise<void> {
  const { tx, now } = context;
  const { payoutId: id, money, status, arrivesAt, createdAt, isListReady } = fact;
  if (isListReady || status === "paid") await queueFollowUp(context, `payout:${id}`);
  const before = await findPayout(tx, id);
  if (!isLaterStatus(LIFECYCLE, fact, before)) return;
  if (before) await changePayout(tx, before, { status, arrivesAt });
  else await addPayout(tx, { id, ...moneyColumns(money), status, arrivesAt, createdAt, recordedAt: now });
}

/**
 * Stores one page of a payout's list. In the same transaction, queues a follow-up that asks Stripe for the next page.
 * So no page is lost if the process stops.
 */
export async function recordPayoutEntries(context: LedgerContext, fact: PayoutEntriesListed): Promise<void> {
  const { payoutId, balanceTransactionIds, next } = fact;
  await putPayoutEntries(
    context.tx,
    balanceTransactionIds.map((id) => ({ id, payoutId, recordedAt: context.now })),
  );
  if (next) await queueFollowUp(context, `payout:${payoutId}:${next}`);
}
