// What came in over a period, per currency. Gross is in the currency that was given; fees and net are in the one that Stripe
// settled in, which may differ, and are known a little later. Currencies are never added to each other.
import type { Total } from "../../generated/sqlite/client";
import type { Db } from "../../systems/database";
import { type Currency, currencyFromStripe, type Money, type SettledMoney } from "../money";

export type TotalsRow = Pick<
  Total,
  | "currency"
  | "settledCurrency"
  | "payments"
  | "grossMinor"
  | "refundedMinor"
  | "disputedMinor"
  | "settledPayments"
  | "settledMinor"
  | "feeMinor"
  | "netMinor"
>;

export type CurrencyTotals = {
  currency: Currency;
  payments: number;
  gross: Money;
  /** Given back, and held or taken back by banks; in `gross` all the same. */
  refunded: Money;
  disputed: Money;
  /** One line per currency settled in; as a rule there is one, the same as was given. Refunds and disputes are taken off. */
  settled: { fee: SettledMoney; net: SettledMoney }[];
  /** Payments whose fee is still to come; they are in `gross` and in no `net`. */
  unsettled: { payments: number; gross: Money } | null;
};

/** A day (`2026-11-24`), a month (`2026-11`) or ever (`""`), on the newsroom's clock. */
export type Span = { period: "day" | "month" | "ever"; start: string };

/** Only money that has arrived, read from the sums that are kept with the entries. */
export async function listTotals(db: Db, { period, start }: Span): Promise<CurrencyTotals[]> {
  return totalsPerCurrency(await db.total.findMany({ where: { period, by: "frequency", start } }));
}

export type PendingTotals = { currency: Currency; payments: number; gross: Money };

/** Money that is on its way and may still fail: a bank debit takes days. Counted nowhere else. */
export async function listPending(db: Db): Promise<PendingTotals[]> {
  const groups = await db.payment.groupBy({
    by: ["currency"],
    where: { status: "pending" },
    _count: true,
    _sum: { amountMinor: true },
  });
  return groups.map(({ currency, _count, _sum }) => ({
    currency: currencyFromStripe(currency),
    payments: _count,
    gross: moneyOf(_sum.amountMinor ?? 0n, currency),
  }));
}

export function totalsPerCurrency(rows: readonly TotalsRow[]): CurrencyTotals[] {
  const currencies = [...new Set(rows.map((row) => row.currency))].sort();
  return currencies.map((currency) => totalsOf(rows.filter((row) => row.currency === currency)));
}

function totalsOf(rows: readonly TotalsRow[]): CurrencyTotals {
  const [{ currency }] = rows as [TotalsRow, ...TotalsRow[]];
  const money = (of: (row: TotalsRow) => bigint) => moneyOf(sumOf(rows, of), currency);
  const payments = countOf(rows, (row) => row.payments);
  const open = payments - countOf(rows, (row) => row.settledPayments);
  return {
    currency: currencyFromStripe(currency),
    payments,
    gross: money((row) => row.grossMinor),
    refunded: money((row) => row.refundedMinor),
    disputed: money((row) => row.disputedMinor),
    settled: settledOf(rows),
    unsettled: open > 0 ? { payments: open, gross: money((row) => row.grossMinor - row.settledMinor) } : null,
  };
}

function settledOf(rows: readonly TotalsRow[]): CurrencyTotals["settled"] {
  const currencies = [...new Set(rows.map((row) => row.settledCurrency))].filter((currency) => currency !== "").sort();
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.settledCurrency === currency);
    const fee = settledMoneyOf(
      sumOf(own, (row) => row.feeMinor),
      currency,
    );
    return {
      fee,
      net: settledMoneyOf(
        sumOf(own, (row) => row.netMinor),
        currency,
      ),
    };
  });
}

function sumOf(rows: readonly TotalsRow[], of: (row: TotalsRow) => bigint): bigint {
  return rows.reduce((total, row) => total + of(row), 0n);
}

function countOf(rows: readonly TotalsRow[], of: (row: TotalsRow) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

/** Throws where a sum leaves the integers that a number holds exactly. */
export function moneyOf(minor: bigint, currency: string): Money {
  return { ...settledMoneyOf(minor, currency), currency: currencyFromStripe(currency) };
}

function settledMoneyOf(minor: bigint, currency: string): SettledMoney {
  const amountMinor = Number(minor);
  if (!Number.isSafeInteger(amountMinor)) throw new Error("the sum is too large to show");
  return { amountMinor, currency };
}
