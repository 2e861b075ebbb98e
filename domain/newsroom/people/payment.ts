import type { BalanceEntry, Dispute, Entry, Payment, Refund, StaffRequest } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import { coveredFeeOf } from "../../giving/covered-fee";
import type { OnceOrRecurringFrequency } from "../../giving/frequency";
import { type PaymentStandingAndKeptAmount, paymentStandingOf } from "../../ledger/payment-standing";
import { type Money, type MoneyInAnyCurrency, moneyOf, settledMoneyOf } from "../../money";
import { listRefundsAndDisputes, type RefundOrDispute } from "../../supporters/amendments";
import type { OwnReceipt } from "../../supporters/own-gifts";
import { findPaymentWithLedgerRows } from "./store/payment";
import { selectRequestsFromColleaguesAbout } from "./store/requests-from-colleagues";

export type PaymentForStaff = PaymentStandingAndKeptAmount & {
  id: string;
  row: Payment;
  money: Money;
  coveredFee: Money | null;
  frequency: OnceOrRecurringFrequency;
  paidAt: Date;
  /** The refunds and disputes of the payment as its receipt shows them, the oldest first. */
  amendments: RefundOrDispute[];
  entries: Entry[];
  balanceEntries: {
    id: string;
    kind: string;
    at: Date;
    gross: MoneyInAnyCurrency;
    fee: MoneyInAnyCurrency;
    net: MoneyInAnyCurrency;
  }[];
  refunds: Refund[];
  disputes: Dispute[];
  /** The refunds that staff have requested for this payment, newest first. */
  requests: StaffRequest[];
};

export async function findPaymentForStaff(db: Db, id: string): Promise<PaymentForStaff | null> {
  const row = await findPaymentWithLedgerRows(db, id);
  if (!row) return null;
  const { entries, balanceEntries, refunds, disputes } = row;
  return {
    id,
    row,
    money: moneyOf(row.amountMinor, row.currency),
    coveredFee: coveredFeeOf(row),
    ...paymentStandingOf(row),
    frequency: row.frequency as OnceOrRecurringFrequency,
    paidAt: row.paidAt,
    amendments: listRefundsAndDisputes(row),
    entries,
    balanceEntries: balanceEntries.map(balanceLine),
    refunds,
    disputes,
    requests: await selectRequestsFromColleaguesAbout(db, `payment:${id}`),
  };
}

/** Returns the receipt as the supporter sees it. Returns null if the payment has not succeeded. */
export function receiptForStaff({ id, row, ...payment }: PaymentForStaff): OwnReceipt | null {
  if (row.status !== "succeeded") return null;
  const { money, coveredFee, standing, kept, frequency, paidAt, amendments } = payment;
  return { paymentId: id, money, coveredFee, standing, kept, frequency, paidAt, amendments };
}

function balanceLine({ id, kind, occurredAt, currency, amountMinor, feeMinor, netMinor }: BalanceEntry) {
  const money = (minor: bigint) => settledMoneyOf(minor, currency);
  return { id, kind, at: occurredAt, gross: money(amountMinor), fee: money(feeMinor), net: money(netMinor) };
}
