// What came in over a period, per currency. Gross is in the currency that was given; fees and net are in the one that Stripe
// settled in, which may differ, and are known a little later. Currencies are never added to each other.
import type { Db } from "../../systems/database";
import { type Currency, currencyFromStripe, type Money, type SettledMoney } from "../money";

const COLUMNS = [
  "payments",
  "grossMinor",
  "refundedMinor",
  "disputedMinor",
  "settledPayments",
  "settledMinor",
  "feeMinor",
  "netMinor",
] as const;

/** One for each currency settled in, and one without for what is counted in the currency given. */
type TotalsRow = { currency: string; settledCurrency: string } & Record<(typeof COLUMNS)[number], bigint>;

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

export type Totals = Record<"today" | "month" | "all", CurrencyTotals[]>;

/**
 * Only money that has arrived, read from the sums that are kept with the entries. `day` (`2026-11-24`) and `month` (`2026-11`) are
 * those of the newsroom's clock. What was counted on a day and then moved to another leaves a row of noughts, of which nothing
 * is told. One statement, and raw, as everything that this page asks: Prisma takes longer to plan and to
 * translate an answer than the database takes to give it.
 */
export async function getTotals(db: Db, { day, month }: { day: string; month: string }): Promise<Totals> {
  const rows = await db.$queryRaw<(TotalsRow & { period: string })[]>`
    SELECT "period", "currency", "settledCurrency",
      CAST(SUM("payments") AS BIGINT) AS "payments", CAST(SUM("grossMinor") AS BIGINT) AS "grossMinor",
      CAST(SUM("refundedMinor") AS BIGINT) AS "refundedMinor", CAST(SUM("disputedMinor") AS BIGINT) AS "disputedMinor",
      CAST(SUM("settledPayments") AS BIGINT) AS "settledPayments", CAST(SUM("settledMinor") AS BIGINT) AS "settledMinor",
      CAST(SUM("feeMinor") AS BIGINT) AS "feeMinor", CAST(SUM("netMinor") AS BIGINT) AS "netMinor"
    FROM "Total"
    WHERE ("period" = 'ever' AND "by" = 'frequency' AND "start" = '')
      OR ("period" = 'month' AND "by" = 'frequency' AND "start" = ${month})
      OR ("period" = 'day' AND "by" = 'frequency' AND "start" = ${day})
    GROUP BY "period", "currency", "settledCurrency"`;
  const standing = rows.filter((row) => COLUMNS.some((name) => row[name] !== 0n));
  const totalsOver = (period: string) => totalsPerCurrency(standing.filter((row) => row.period === period));
  return { today: totalsOver("day"), month: totalsOver("month"), all: totalsOver("ever") };
}

export type PendingTotals = { currency: Currency; payments: number; gross: Money };

/** Money that is on its way and may still fail: a bank debit takes days. Counted nowhere else. */
export async function listPending(db: Db): Promise<PendingTotals[]> {
  const rows = await db.$queryRaw<{ currency: string; payments: bigint; grossMinor: bigint }[]>`
    SELECT "currency", COUNT(*) AS "payments", CAST(SUM("amountMinor") AS BIGINT) AS "grossMinor"
    FROM "Payment" WHERE "status" = 'pending' GROUP BY "currency"`;
  return rows.map(({ currency, payments, grossMinor }) => ({
    currency: currencyFromStripe(currency),
    payments: Number(payments),
    gross: moneyOf(grossMinor, currency),
  }));
}

function totalsPerCurrency(rows: readonly TotalsRow[]): CurrencyTotals[] {
  const currencies = [...new Set(rows.map((row) => row.currency))].sort();
  return currencies.map((currency) => totalsOf(rows.filter((row) => row.currency === currency)));
}

function totalsOf(rows: readonly TotalsRow[]): CurrencyTotals {
  const [{ currency }] = rows as [TotalsRow, ...TotalsRow[]];
  const money = (of: (row: TotalsRow) => bigint) => moneyOf(sumOf(rows, of), currency);
  const payments = Number(sumOf(rows, (row) => row.payments));
  const open = payments - Number(sumOf(rows, (row) => row.settledPayments));
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

/** Throws where a sum leaves the integers that a number holds exactly. */
export function moneyOf(minor: bigint, currency: string): Money {
  return { ...settledMoneyOf(minor, currency), currency: currencyFromStripe(currency) };
}

function settledMoneyOf(minor: bigint, currency: string): SettledMoney {
  const amountMinor = Number(minor);
  if (!Number.isSafeInteger(amountMinor)) throw new Error("the sum is too large to show");
  return { amountMinor, currency };
}
