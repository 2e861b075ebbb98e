// From the balance at Stripe to the newsroom's bank. A payout that was paid can still fail: the money is back then.
import { type Course, keepSurest } from "./certainty";
import type { PayoutReported, PayoutStatus } from "./fact";
import type { Recording } from "./recording";

const COURSE: Course<PayoutStatus> = [["pending"], ["in_transit"], ["paid"], ["canceled", "failed"]];

export async function recordPayout({ tx, now }: Recording, fact: PayoutReported): Promise<void> {
  const { payoutId: id, money, status, arrivesAt, createdAt } = fact;
  const sum = { amountMinor: BigInt(money.amountMinor), currency: money.currency };
  const made = { id, ...sum, status, arrivesAt, createdAt, recordedAt: now };
  await keepSurest(tx.payout, COURSE, { made, news: { status, arrivesAt } });
}
