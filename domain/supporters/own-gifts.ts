// A supporter's own payments, as the ledger has them. Every question carries the supporter's id, so that nobody reads
// another's.
import type { Payment } from "../../generated/sqlite/client";
import type { Db } from "../../systems/database";
import type { PaymentFrequency } from "../giving/frequency";
import type { PaymentStatus } from "../ledger/fact";
import { addMoney, currencyFromStripe, type Money } from "../money";

export type OwnGift = {
  /** Also the number of the receipt. */
  paymentId: string;
  money: Money;
  frequency: PaymentFrequency;
  status: PaymentStatus;
  paidAt: Date;
};

/** Newest first. */
export async function listOwnGifts(db: Db, supporterId: string): Promise<OwnGift[]> {
  const payments = await db.payment.findMany({ where: { supporterId }, orderBy: [{ paidAt: "desc" }, { id: "asc" }] });
  return payments.map(ownGift);
}

export async function findOwnGift(
  db: Db,
  { paymentId, supporterId }: { paymentId: string; supporterId: string },
): Promise<OwnGift | null> {
  const payment = await db.payment.findFirst({ where: { id: paymentId, supporterId } });
  return payment ? ownGift(payment) : null;
}

/** What was given in all, one sum a currency, the largest number of gifts first. Money that has not arrived is not given. */
export function sumGiven(gifts: readonly OwnGift[]): Money[] {
  const sums = new Map<string, { count: number; sum: Money }>();
  for (const { money, status } of gifts) {
    if (status !== "succeeded") continue;
    const before = sums.get(money.currency);
    sums.set(money.currency, {
      count: (before?.count ?? 0) + 1,
      sum: before ? addMoney(before.sum, money) : money,
    });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count).map(({ sum }) => sum);
}

function ownGift(payment: Payment): OwnGift {
  return {
    paymentId: payment.id,
    money: { amountMinor: Number(payment.amountMinor), currency: currencyFromStripe(payment.currency) },
    frequency: payment.frequency as PaymentFrequency,
    status: payment.status as PaymentStatus,
    paidAt: payment.paidAt,
  };
}
