// Payouts, from the balance at Stripe to the newsroom's bank. A payout that was paid can still fail; then the money comes back.
import { moneyColumns } from "../money";
import type { LedgerContext } from "./context";
import type { PayoutReported, PayoutStatus } from "./fact";
import { isAhead, type Lifecycle } from "./status-order";
import { addPayout, changePayout, findPayout } from "./store/payouts";

const LIFECYCLE: Lifecycle<PayoutStatus> = [["pending"], ["in_transit"], ["paid"], ["canceled", "failed"]];

export async function recordPayout({ tx, now }: LedgerContext, fact: PayoutReported): Promise<void> {
  const { payoutId: id, money, status, arrivesAt, createdAt } = fact;
  const before = await findPayout(tx, id);
  if (!isAhead(LIFECYCLE, fact, before)) return;
  if (before) await changePayout(tx, before, { status, arrivesAt });
  else await addPayout(tx, { id, ...moneyColumns(money), status, arrivesAt, createdAt, recordedAt: now });
}
