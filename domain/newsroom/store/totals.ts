import type { MovementTotal, RenewalTotal } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import type { TotalGrouping } from "../../ledger/total-values";

export type IncomeColumn = (typeof INCOME_COLUMNS)[number];
export const INCOME_COLUMNS = [
  ...["payments", "grossMinor", "coveredFeeMinor", "refundedMinor", "disputedMinor"],
  ...["settledPayments", "settledMinor", "settledGrossMinor", "feeMinor", "netMinor"],
] as const;
export type IncomeAmounts = Record<IncomeColumn, bigint>;
/**
 * A row of the table Total. `start`: the day or month whose sums it contains. `settledCurrency`: "" for sums in the
 * gifts' currency, else the currency in which Stripe settled them.
 */
export type IncomeTotalRow = IncomeAmounts & {
  start: string;
  value: string;
  currency: string;
  settledCurrency: string;
};

export type TotalsRange = { period: "day" | "month"; from: string; to: string };

/** Selects the rows of a grouping. `from`, `to`: days or months, both included. */
export function selectIncome(
  db: Db,
  { by, period, from, to }: TotalsRange & { by: TotalGrouping },
): Promise<IncomeTotalRow[]> {
  return db.$queryRaw<IncomeTotalRow[]>`
    SELECT "start", "value", "currency", "settledCurrency", CAST("payments" AS BIGINT) AS "payments", "grossMinor",
      "coveredFeeMinor", "refundedMinor", "disputedMinor", CAST("settledPayments" AS BIGINT) AS "settledPayments", "settledMinor",
      "settledGrossMinor", "feeMinor", "netMinor"
    FROM "Total" WHERE "period" = ${period} AND "by" = ${by} AND "start" BETWEEN ${from} AND ${to}`;
}

/**
 * Like selectIncome(), but the database adds up the rows of the range. A range can have thousands of rows, for example
 * a week grouped by article.
 */
export function sumIncomeOfRange(db: Db, { by, period, from, to }: TotalsRange & { by: TotalGrouping }) {
  return db.$queryRaw<Omit<IncomeTotalRow, "start">[]>`
    SELECT "value", "currency", "settledCurrency", CAST(SUM("payments") AS BIGINT) AS "payments",
      CAST(SUM("grossMinor") AS BIGINT) AS "grossMinor", CAST(SUM("coveredFeeMinor") AS BIGINT) AS "coveredFeeMinor",
      CAST(SUM("refundedMinor") AS BIGINT) AS "refundedMinor", CAST(SUM("disputedMinor") AS BIGINT) AS "disputedMinor",
      CAST(SUM("settledPayments") AS BIGINT) AS "settledPayments", CAST(SUM("settledMinor") AS BIGINT) AS "settledMinor",
      CAST(SUM("settledGrossMinor") AS BIGINT) AS "settledGrossMinor", CAST(SUM("feeMinor") AS BIGINT) AS "feeMinor",
      CAST(SUM("netMinor") AS BIGINT) AS "netMinor"
    FROM "Total" WHERE "period" = ${period} AND "by" = ${by} AND "start" BETWEEN ${from} AND ${to}
    GROUP BY "value", "currency", "settledCurrency"`;
}

export function sumNetIncomeOfRange(db: Db, { by, period, from, to }: TotalsRange & { by: TotalGrouping }) {
  return db.$queryRaw<{ value: string; settledCurrency: string; payments: bigint; netMinor: bigint }[]>`
    SELECT "value", "settledCurrency", CAST(SUM("payments") AS BIGINT) AS "payments", CAST(SUM("netMinor") AS BIGINT) AS "netMinor"
    FROM "Total" WHERE "period" = ${period} AND "by" = ${by} AND "start" BETWEEN ${from} AND ${to}
    GROUP BY "value", "settledCurrency"`;
}

/** Counts the payments of recurring gifts in each month. `from`, `to`: months, both included. */
export function countRecurringPaymentsByMonth(db: Db, { from, to }: Omit<TotalsRange, "period">) {
  return db.$queryRaw<{ month: string; payments: bigint }[]>`
    SELECT "start" AS "month", CAST(SUM("payments") AS BIGINT) AS "payments" FROM "Total"
    WHERE "period" = 'month' AND "by" = 'frequency' AND "start" BETWEEN ${from} AND ${to} AND "value" NOT LIKE 'once/%'
    GROUP BY "start"`;
}

/** Selects each pair of currencies between which Stripe has converted, and the last month in which it did. */
export function selectConvertedCurrencyPairs(db: Db) {
  return db.$queryRaw<{ currency: string; settledCurrency: string; month: string }[]>`
    SELECT "currency", "settledCurrency", MAX("start") AS "month" FROM "Total"
    WHERE "period" = 'month' AND "by" = 'frequency' AND "settledPayments" > 0 AND "settledCurrency" <> "currency"
    GROUP BY "currency", "settledCurrency"`;
}

/**
 * Finds the latest day in `month` on which Stripe converted payments from `currency` into `settledCurrency`. Returns
 * the sum of that day's payments before the conversion (`chargedMinor`) and after it (`settledMinor`).
 */
export async function selectLastCurrencyConversionOfMonth(
  db: Db,
  { currency, settledCurrency, month }: { currency: string; settledCurrency: string; month: string },
) {
  const [row] = await db.$queryRaw<{ day: string; chargedMinor: bigint; settledMinor: bigint }[]>`
    SELECT "start" AS "day", CAST(SUM("settledMinor") AS BIGINT) AS "chargedMinor",
      CAST(SUM("settledGrossMinor") AS BIGINT) AS "settledMinor" FROM "Total"
    WHERE "period" = 'day' AND "by" = 'frequency' AND "start" BETWEEN ${`${month}-01`} AND ${`${month}-31`}
      AND "currency" = ${currency} AND "settledCurrency" = ${settledCurrency} AND "settledPayments" > 0
    GROUP BY "start" ORDER BY "start" DESC LIMIT 1`;
  return row ?? null;
}

export function selectRecurringMovementTotals(
  db: Db,
  { by, period, from, to }: TotalsRange & { by: "kind" | "cohort" },
) {
  return db.$queryRaw<MovementTotal[]>`
    SELECT * FROM "MovementTotal"
    WHERE "period" = ${period} AND "by" = ${by} AND "start" BETWEEN ${from} AND ${to}`;
}

export function sumRecurringMovementsOfRange(db: Db, { period, from, to }: TotalsRange) {
  return db.$queryRaw<{ value: string; currency: string; gifts: bigint; yearMinor: bigint }[]>`
    SELECT "value", "currency", CAST(SUM("gifts") AS BIGINT) AS "gifts", CAST(SUM("yearMinor") AS BIGINT) AS "yearMinor"
    FROM "MovementTotal" WHERE "period" = ${period} AND "by" = 'kind' AND "start" BETWEEN ${from} AND ${to}
    GROUP BY "value", "currency"`;
}

/**
 * Counts, for each month, the gifts that became overdue, less the overdue gifts that were paid in this month. The
 * number can be negative. `from`, `to`: months, both included.
 */
export function countNetNewlyOverdueGiftsByMonth(db: Db, { from, to }: Omit<TotalsRange, "period">) {
  return db.$queryRaw<{ month: string; gifts: bigint }[]>`
    SELECT "start" AS "month", CAST(SUM(CASE "value" WHEN 'overdue' THEN "gifts" ELSE -"gifts" END) AS BIGINT) AS "gifts"
    FROM "MovementTotal" WHERE "period" = 'month' AND "by" = 'kind' AND "start" BETWEEN ${from} AND ${to}
      AND "value" IN ('overdue', 'caught-up', 'recovered')
    GROUP BY "start"`;
}

export function selectRecurringValueAtEndOfDay(db: Db, day: string) {
  const month = day.slice(0, 7);
  return db.$queryRaw<{ currency: string; yearMinor: bigint }[]>`
    SELECT "currency", CAST(SUM("yearMinor") AS BIGINT) AS "yearMinor" FROM (
      SELECT "currency", "yearMinor" FROM "MovementTotal"
      WHERE "period" = 'month' AND "by" = 'kind' AND "start" < ${month}
      UNION ALL
      SELECT "currency", "yearMinor" FROM "MovementTotal"
      WHERE "period" = 'day' AND "by" = 'kind' AND "start" BETWEEN ${`${month}-01`} AND ${day}
    ) AS "moved" GROUP BY "currency"`;
}

/**
 * Selects the expected charges up to this day, by day. Charges on past days are included if Stripe has not reported
 * them yet.
 */
export function selectExpectedRenewalTotals(db: Db, until: string): Promise<RenewalTotal[]> {
  return db.$queryRaw<RenewalTotal[]>`SELECT * FROM "RenewalTotal" WHERE "day" <= ${until} AND "gifts" > 0`;
}

export async function countSupportersLastPaid(db: Db, { from, until }: { from: Date; until: Date }): Promise<number> {
  const [row] = await db.$queryRaw<[{ supporters: bigint | number }]>`
    SELECT COUNT(*) AS "supporters" FROM "Supporter" WHERE "lastPaidAt" >= ${from} AND "lastPaidAt" < ${until}`;
  return Number(row.supporters);
}

/**
 * The maximum number of payments that countPayingSupportersUpToLimit() reads. The caller needs to know only if at least
 * a few supporters gave.
 */
const MAX_READ = 2_000;

/** Counts the supporters who gave in this period. Reads at most MAX_READ payments, so a large number can be too low. */
export async function countPayingSupportersUpToLimit(
  db: Db,
  { from, before }: { from: Date; before: Date },
): Promise<number> {
  const [row] = await db.$queryRaw<[{ supporters: bigint | number }]>`
    SELECT COUNT(DISTINCT "supporterId") AS "supporters" FROM (
      SELECT "supporterId" FROM "Payment"
      WHERE "status" = 'succeeded' AND "paidAt" >= ${from} AND "paidAt" < ${before} LIMIT ${MAX_READ}
    ) AS "first"`;
  return Number(row.supporters);
}
