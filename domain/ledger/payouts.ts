// From the balance at Stripe to the newsroom's bank. A payout that was paid can still fail: the money is back then.
import type { PayoutStatus, PayoutTold } from "./fact";
import type { Recording } from "./recording";

const CERTAINTY: Record<PayoutStatus, number> = { pending: 0, in_transit: 1, paid: 2, canceled: 3, failed: 3 };

export async function recordPayout({ tx, now }: Recording, fact: PayoutTold): Promise<void> {
  const { payoutId: id, money, status, arrivesAt, createdAt } = fact;
  const known = await tx.payout.findUnique({ where: { id } });
  if (known && CERTAINTY[status] <= CERTAINTY[known.status as PayoutStatus]) return;
  await tx.payout.upsert({
    where: { id },
    update: { status, arrivesAt },
    create: {
      id,
      amountMinor: BigInt(money.amountMinor),
      currency: money.currency,
      status,
      arrivesAt,
      createdAt,
      recordedAt: now,
    },
  });
}
