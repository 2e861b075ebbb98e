// What came in over a period, per currency. Gross is in the currency that was given; fees and net are in the one that Stripe
// settled in, which may differ, and are known a little later. Currencies are never added to each other.
import type { Db } from "../database";
import { type Currency, currencyFromStripe, type Money, moneyOf, type SettledMoney, settledMoneyOf } from "../money";

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
const PENDING_COLUMNS = ["pendingPayments", "pendingMinor", "pendingFeeMinor", "pendingNetMinor"] as const;

/** One for each currency settled in, and one without for what is counted in the currency given. */
type TotalsRow = { currency: string; settledCurrency: string } & Record<
  (typeof COLUMNS)[number] | (typeof PENDING_COLUMNS)[number],
  bigint
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

/** Money that is on its way and may still fail: a bank debit takes days. In none of the other totals. */
export type PendingTotals = {
  currency: Currency;
  payments: number;
  gross: Money;
  /** Fee and net that Stripe has booked already. */
  settled: { fee: SettledMoney; net: SettledMoney }[];
};

export type Totals = Record<"today" | "month" | "all", CurrencyTotals[]> & { pending: PendingTotals[] };

/**
 * Read from the sums that are kept with the entries. `day` (`2026-11-24`) and `month` (`2026-11`) are those of the newsroom's
 * clock. Sums that were moved to another day leave an all-zero row: it is skipped. One raw statement: Prisma takes longer to
 * plan it and to translate the answer than the database takes to give it.
 */
export async function getTotals(db: Db, { day, month }: { day: string; month: string }): Promise<Totals> {
  const rows = await db.$queryRaw<(TotalsRow & { period: string })[]>`
    SELECT "period", "currency", "settledCurrency",
      CAST(SUM("payments") AS BIGINT) AS "payments", CAST(SUM("grossMinor") AS BIGINT) AS "grossMinor",
      CAST(SUM("refundedMinor") AS BIGINT) AS "refundedMinor", CAST(SUM("disputedMinor") AS BIGINT) AS "disputedMinor",
      CAST(SUM("settledPayments") AS BIGINT) AS "settledPayments", CAST(SUM("settledMinor") AS BIGINT) AS "settledMinor",
      CAST(SUM("feeMinor") AS BIGINT) AS "feeMinor", CAST(SUM("netMinor") AS BIGINT) AS "netMinor",
      CAST(SUM("pendingPayments") AS BIGINT) AS "pendingPayments", CAST(SUM("pendingMinor") AS BIGINT) AS "pendingMinor",
      CAST(SUM("pendingFeeMinor") AS BIGINT) AS "pendingFeeMinor", CAST(SUM("pendingNetMinor") AS BIGINT) AS "pendingNetMinor"
    FROM "Total"
    WHERE ("period" = 'ever' AND "by" = 'frequency' AND "start" = '')
      OR ("period" = 'month' AND "by" = 'frequency' AND "start" = ${month})
      OR ("period" = 'day' AND "by" = 'frequency' AND "start" = ${day})
    GROUP BY "period", "currency", "settledCurrency"`;
  const counted = rows.filter((row) => COLUMNS.some((name) => row[name] !== 0n));
  const pending = rows.filter((row) => row.period === "ever" && PENDING_COLUMNS.some((name) => row[name] !== 0n));
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

function pendingOf(rows: OneCurrency): PendingTotals {
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
