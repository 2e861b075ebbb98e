// A supporter's own payments, as the ledger has them. Every question carries the supporter's id, so that nobody reads
// another's.
import type { Payment } from "../../generated/sqlite/client";
import type { Db } from "../../systems/database";
import type { PaymentFrequency } from "../giving/frequency";
import { type Standing, standingOf } from "../ledger/payment-standing";
import { addMoney, type Money, moneyOf } from "../money";
import { type Amendment, amendmentsOf } from "./amendments";

export type OwnGift = Standing & {
  /** Also the number of the receipt. */
  paymentId: string;
  money: Money;
  frequency: PaymentFrequency;
  paidAt: Date;
};

/** With all that happened since, in the order of time: it adds up to `kept`. */
export type OwnReceipt = OwnGift & { amendments: Amendment[] };

/** Newest first. */
export async function listOwnGifts(db: Db, supporterId: string): Promise<OwnGift[]> {
  const payments = await db.payment.findMany({ where: { supporterId }, orderBy: [{ paidAt: "desc" }, { id: "asc" }] });
  return payments.map(ownGift);
}

/** Null where there is no such payment of theirs, or its money has not come. */
export async function findOwnReceipt(
  db: Db,
  { paymentId, supporterId }: { paymentId: string; supporterId: string },
): Promise<OwnReceipt | null> {
  const payment = await db.payment.findFirst({
    where: { id: paymentId, supporterId, status: "succeeded" },
    include: { entries: true, refunds: { select: { id: true, status: true } } },
  });
  if (!payment) return null;
  return { ...ownGift(payment), amendments: amendmentsOf(payment) };
}

export function hasCome({ standing }: OwnGift): boolean {
  return standing !== "on-its-way" && standing !== "failed";
}

/** The sum of all that is kept, one per currency, the largest number of gifts first. */
export function sumGiven(gifts: readonly OwnGift[]): Money[] {
  const sums = new Map<string, { count: number; sum: Money }>();
  for (const { kept } of gifts) {
    if (kept.amountMinor === 0) continue;
    const before = sums.get(kept.currency);
    sums.set(kept.currency, {
      count: (before?.count ?? 0) + 1,
      sum: before ? addMoney(before.sum, kept) : kept,
    });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count).map(({ sum }) => sum);
}

function ownGift(payment: Payment): OwnGift {
  return {
    paymentId: payment.id,
    money: moneyOf(payment.amountMinor, payment.currency),
    ...standingOf(payment),
    frequency: payment.frequency as PaymentFrequency,
    paidAt: payment.paidAt,
  };
}
