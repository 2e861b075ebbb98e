// A paid payout can still fail; then the money returns to the balance.
import { moneyColumns } from "../money";
import type { LedgerContext } from "./context";
import type { PayoutListed, PayoutReported, PayoutStatus } from "./fact";
import { queueFollowUp } from "./follow-ups";
import { isLaterStatus, type Lifecycle } from "./status-order";
import { addPayout, changePayout, findPayout, putPayoutEntries } from "./store/payouts";

const LIFECYCLE: Lifecycle<PayoutStatus> = [["pending"], ["in_transit"], ["paid"], ["canceled", "failed"]];

/**
 * Stores a payout and requests its list of balance transactions. Requests the list of a paid payout even if the list is
 * not ready yet, because Stripe does not always send an event when the list becomes ready.
 */
export async function recordPayout(context: LedgerContext, fact: PayoutReported): Promise<void> {
  const { tx, now } = context;
  const { payoutId: id, money, status, arrivesAt, createdAt, isListed } = fact;
  if (isListed || status === "paid") await queueFollowUp(context, `payout:${id}`);
  const before = await findPayout(tx, id);
  if (!isLaterStatus(LIFECYCLE, fact, before)) return;
  if (before) await changePayout(tx, before, { status, arrivesAt });
  else await addPayout(tx, { id, ...moneyColumns(money), status, arrivesAt, createdAt, recordedAt: now });
}

/**
 * Stores one page of a payout's list. Queues the request for the next page in the same transaction, so that an
 * interruption loses nothing.
 */
export async function recordPayoutEntries(context: LedgerContext, fact: PayoutListed): Promise<void> {
  const { payoutId, balanceTransactionIds, next } = fact;
  await putPayoutEntries(
    context.tx,
    balanceTransactionIds.map((id) => ({ id, payoutId, recordedAt: context.now })),
  );
  if (next) await queueFollowUp(context, `payout:${payoutId}:${next}`);
}
