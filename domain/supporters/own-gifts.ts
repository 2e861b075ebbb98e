// A supporter's own payments, as the ledger has them. Every question carries the supporter's id, so that nobody reads
// another's.
import type { Entry, Payment, Refund } from "../../generated/sqlite/client";
import type { Db } from "../database";
import type { PaymentFrequency } from "../giving/frequency";
import { type Standing, standingOf } from "../ledger/payment-standing";
import { addMoney, type Money, moneyOf } from "../money";

export type OwnGift = Standing & {
  /** Also the number of the receipt. */
  paymentId: string;
  money: Money;
  frequency: PaymentFrequency;
  paidAt: Date;
};

/** One thing that happened to a payment after it came; negative where money went back. */
export type Amendment = {
  /** Stripe's refund, or the entry's key. */
  id: string;
  kind: "refund-begun" | "refunded" | "taken-by-bank" | "given-back-by-bank";
  money: Money;
  at: Date;
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
    include: { refunds: true, entries: true },
  });
  if (!payment) return null;
  const amendments = [...payment.refunds.flatMap(refundLine), ...payment.entries.flatMap(bankLine)];
  return { ...ownGift(payment), amendments: amendments.toSorted((a, b) => a.at.getTime() - b.at.getTime()) };
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

/** A refund that failed or was called off came back at once: it is no line. */
function refundLine({ id, status, amountMinor, currency, refundedAt: at }: Refund): Amendment[] {
  if (status !== "succeeded" && status !== "pending") return [];
  return [{ id, kind: status === "pending" ? "refund-begun" : "refunded", money: moneyOf(-amountMinor, currency), at }];
}

function bankLine({ key: id, kind, amountMinor, currency, occurredAt: at }: Entry): Amendment[] {
  if (kind === "dispute") return [{ id, kind: "taken-by-bank", money: moneyOf(amountMinor, currency), at }];
  return kind === "dispute-returned"
    ? [{ id, kind: "given-back-by-bank", money: moneyOf(amountMinor, currency), at }]
    : [];
}
