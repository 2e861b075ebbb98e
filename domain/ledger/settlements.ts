// What Stripe kept of each payment and what is left. A webhook rarely carries it, so it is asked for after the money is recorded.
import type { Db } from "../../systems/database";

/** In the currency that Stripe settles in, which need not be the gift's. `paidAt` is the charge's own time. */
export type Settlement = {
  paymentIntentId: string;
  chargeId: string;
  balanceTransactionId: string;
  settledCurrency: string;
  grossSettledMinor: number;
  feeMinor: number;
  netMinor: number;
  paidAt: Date;
};

/** Payments whose fee is not known yet, longest waiting first. */
export function listToSettle(db: Db, { now, most }: { now: Date; most: number }) {
  return db.payment.findMany({
    where: { settleAfter: { lte: now }, status: "succeeded" },
    orderBy: { settleAfter: "asc" },
    take: most,
    select: { id: true, paymentIntentId: true, invoiceId: true, settleAttempts: true },
  });
}

/** Safe to repeat. */
export async function takeSettlement(
  db: Db,
  { id, settlement }: { id: string; settlement: Settlement },
): Promise<void> {
  const { grossSettledMinor, feeMinor, netMinor, paidAt, ...rest } = settlement;
  const payment = await db.payment.findUniqueOrThrow({ where: { id }, select: { invoiceId: true } });
  await db.payment.update({
    where: { id },
    data: {
      ...rest,
      grossSettledMinor: BigInt(grossSettledMinor),
      feeMinor: BigInt(feeMinor),
      netMinor: BigInt(netMinor),
      settleAfter: null,
      // An invoice says itself when it was paid; a single gift learns it from its charge.
      ...(payment.invoiceId ? {} : { paidAt }),
    },
  });
}

export async function postponeSettlement(db: Db, { id, until }: { id: string; until: Date }): Promise<void> {
  await db.payment.update({ where: { id }, data: { settleAfter: until, settleAttempts: { increment: 1 } } });
}
