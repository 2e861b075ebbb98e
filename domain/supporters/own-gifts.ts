import type { Payment } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { coveredFeeOf } from "../giving/covered-fee";
import type { OnceOrRecurringFrequency } from "../giving/frequency";
import { type PaymentStandingAndKeptAmount, paymentStandingOf } from "../ledger/payment-standing";
import { addMoney, type Money, moneyOf } from "../money";
import { listRefundsAndDisputes, type RefundOrDispute } from "./amendments";
import { findSucceededPayment, selectPaymentsOfRecurringGift, selectSupporterPayments } from "./store";

export type OwnPayment = PaymentStandingAndKeptAmount & {
  /** The payment's id. It is the number of the receipt, in rare cases followed by a suffix (see receipt-number.ts). */
  paymentId: string;
  money: Money;
  coveredFee: Money | null;
  frequency: OnceOrRecurringFrequency;
  paidAt: Date;
};

/** A payment with its receipt's refunds and disputes (`amendments`), oldest first. */
export type OwnReceipt = OwnPayment & { amendments: RefundOrDispute[] };

export async function listOwnPayments(db: Db, supporterId: string): Promise<OwnPayment[]> {
  const payments = await selectSupporterPayments(db, { supporterId });
  return payments.map(ownGift);
}

export async function listPaymentsOfRecurringGift(
  db: Db,
  gift: { recurringGiftId: string; supporterId: string },
): Promise<OwnPayment[]> {
  return (await selectPaymentsOfRecurringGift(db, gift)).map(ownGift);
}

/**
 * Finds a payment by its id or receipt number. Returns null if the payment does not belong to this supporter, or has
 * not succeeded.
 */
export async function findOwnReceipt(
  db: Db,
  { paymentId, supporterId }: { paymentId: string; supporterId: string },
): Promise<OwnReceipt | null> {
  const payment = await findSucceededPayment(db, { idOrReceiptNumber: paymentId, supporterId });
  if (!payment) return null;
  return { ...ownGift(payment), amendments: listRefundsAndDisputes(payment) };
}

export function hasArrived({ standing }: OwnPayment): boolean {
  return standing !== "on-its-way" && standing !== "failed";
}

/**
 * Sums what is left of the gifts after refunds and disputes, per currency. The currency with the most gifts comes
 * first.
 */
export function sumKeptAmountsByCurrency(payments: readonly OwnPayment[]): Money[] {
  const totals = new Map<string, { count: number; total: Money }>();
  for (const { kept } of payments) {
    if (kept.amountMinor === 0) continue;
    const before = totals.get(kept.currency);
    totals.set(kept.currency, {
      count: (before?.count ?? 0) + 1,
      total: before ? addMoney(before.total, kept) : kept,
    });
  }
  return [...totals.values()].sort((a, b) => b.count - a.count).map(({ total }) => total);
}

function ownGift(payment: Payment): OwnPayment {
  return {
    paymentId: payment.id,
    money: moneyOf(payment.amountMinor, payment.currency),
    coveredFee: coveredFeeOf(payment),
    ...paymentStandingOf(payment),
    frequency: payment.frequency as OnceOrRecurringFrequency,
    paidAt: payment.paidAt,
  };
}
