// The sums of today, this month and ever. `gross` is in the gifts' currency. Fees and net amounts are in the currency
// in which Stripe settled, and are known a little later.
import type { Db } from "../database";
import {
  type Currency,
  currencyFromStripe,
  type Money,
  type MoneyInAnyCurrency,
  moneyOf,
  settledMoneyOf,
} from "../money";
import {
  NON_PENDING_TOTALS_COLUMNS,
  PENDING_TOTALS_COLUMNS,
  selectTotalsOfDayMonthAndAllTime,
  type TotalsRow,
} from "./store";

export type CurrencyTotals = {
  currency: Currency;
  payments: number;
  gross: Money;
  /** The amount refunded to supporters. `gross` still includes it. */
  refunded: Money;
  /** The amount that banks hold or have taken back. `gross` still includes it. */
  disputed: Money;
  /** One item for each currency in which Stripe settled. `net` is what is left after fees, refunds and disputes. */
  settled: { fee: MoneyInAnyCurrency; net: MoneyInAnyCurrency }[];
  /**
   * The payments whose fee is not known yet; null if there are none. The total `gross` includes them, `settled` does
   * not.
   */
  unsettled: { payments: number; gross: Money } | null;
};

/** The pending bank debits, which can still fail. No other total includes them. */
export type PendingDebitTotals = {
  currency: Currency;
  payments: number;
  gross: Money;
  /** The fees and net amounts that Stripe has already booked for these debits. */
  settled: { fee: MoneyInAnyCurrency; net: MoneyInAnyCurrency }[];
};

export type Totals = Record<"today" | "month" | "all", CurrencyTotals[]> & { pending: PendingDebitTotals[] };

/**
 * Returns the sums of this day, this month and ever, by currency. Each period leaves out the currencies whose sums are
 * all zero, for example because amounts were moved to another day.
 */
export async function getTotals(db: Db, { day, month }: { day: string; month: string }): Promise<Totals> {
  const rows = await selectTotalsOfDayMonthAndAllTime(db, { day, month });
  const counted = rows.filter((row) => NON_PENDING_TOTALS_COLUMNS.some((name) => row[name] !== 0n));
  const pending = rows.filter(
    (row) => row.period === "ever" && PENDING_TOTALS_COLUMNS.some((name) => row[name] !== 0n),
  );
  const totalsOver = (period: string) =>
    perCurrency(
      counted.filter((row) => row.period === period),
      totalsOf,
    );
  return {
    today: totalsOver("day"),
    month: totalsOver("month"),
    all: totalsOver("ever"),
    pending: perCurrency(pending, pendingOf),
  };
}

type OneCurrency = readonly [TotalsRow, ...TotalsRow[]];

function perCurrency<T>(rows: readonly TotalsRow[], of: (rows: OneCurrency) => T): T[] {
  const currencies = [...new Set(rows.map((row) => row.currency))].sort();
  return currencies.map((currency) =>
    of(rows.filter((row) => row.currency === currency) as [TotalsRow, ...TotalsRow[]]),
  );
}

function totalsOf(rows: OneCurrency): CurrencyTotals {
  const [{ currency }] = rows;
  const money = (of: (row: TotalsRow) => bigint) => moneyOf(sumOf(rows, of), currency);
  const payments = Number(sumOf(rows, (row) => row.payments));
  const open = payments - Number(sumOf(rows, (row) => row.settledPayments));
  return {
    currency: currencyFromStripe(currency),
    payments,
    gross: money((row) => row.grossMinor),
    refunded: money((row) => row.refundedMinor),
    disputed: money((row) => row.disputedMinor),
    settled: settledOf(rows, { fee: (row) => row.feeMinor, net: (row) => row.netMinor }),
    unsettled: open > 0 ? { payments: open, gross: money((row) => row.grossMinor - row.settledMinor) } : null,
  };
}

function pendingOf(rows: OneCurrency): PendingDebitTotals {
  const [{ currency }] = rows;
  return {
    currency: currencyFromStripe(currency),
    payments: Number(sumOf(rows, (row) => row.pendingPayments)),
    gross: moneyOf(
      sumOf(rows, (row) => row.pendingMinor),
      currency,
    ),
    settled: settledOf(rows, { fee: (row) => row.pendingFeeMinor, net: (row) => row.pendingNetMinor }),
  };
}

type Settled = Record<"fee" | "net", (row: TotalsRow) => bigint>;

function settledOf(rows: readonly TotalsRow[], { fee, net }: Settled): CurrencyTotals["settled"] {
  const currencies = [...new Set(rows.map((row) => row.settledCurrency))].filter((currency) => currency !== "").sort();
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.settledCurrency === currency);
    return { fee: settledMoneyOf(sumOf(own, fee), currency), net: settledMoneyOf(sumOf(own, net), currency) };
  });
}

function sumOf(rows: readonly TotalsRow[], of: (row: TotalsRow) => bigint): bigint {
  return rows.reduce((total, row) => total + of(row), 0n);
}
