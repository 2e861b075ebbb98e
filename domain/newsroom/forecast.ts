// Forecasts the charges of recurring gifts. Assumes that nobody changes a gift, and subtracts the share of renewals
// that failed for good in past months.
import type { RenewalTotal } from "../../generated/sqlite/client";
import { addDays, addMonths, utcMiddayOf } from "../calendar";
import type { Db } from "../database";
import { billingIntervalOf, firstPeriodEndFrom } from "../giving/frequency";
import { type Currency, currencyFromStripe, type Money, moneyOf } from "../money";
import { groupBy } from "./group-by";
import { type DayRange, periodContainingDay } from "./periods";
import {
  countNetNewlyOverdueGiftsByMonth,
  countRecurringPaymentsByMonth,
  selectExpectedRenewalTotals,
} from "./store/totals";

/**
 * `scheduled`: the sum of all charges. The other sums are smaller, because a share of the charges will fail. `expected`
 * uses the mean share of past months, `low` the highest share of a month, and `high` the lowest share. Defined in
 * docs/figures.md: `forecast`.
 */
export type RecurringChargeForecast = {
  currency: Currency;
  charges: number;
  scheduled: Money;
  expected: Money;
  low: Money;
  high: Money;
};
/**
 * The share of renewals that failed for good, in millionths. `months`: the number of past months on which the share is
 * based. A month without a payment of a recurring gift does not count. Defined in docs/figures.md: `failed-share`.
 */
export type FailedRenewalShare = {
  months: number;
  meanMillionths: number;
  leastMillionths: number;
  mostMillionths: number;
};

const MONTHS_OF_HISTORY = 12;
const MILLION = 1_000_000;

/**
 * Forecasts the charges in `month`, such as `2026-12`. `failure`: null if no recurring gift was paid in the last twelve
 * whole months.
 */
export async function getRecurringChargeForecast(
  db: Db,
  { month, today }: { month: string; today: string },
): Promise<{ forecasts: RecurringChargeForecast[]; failure: FailedRenewalShare | null }> {
  const range = periodContainingDay("month", `${month}-01`);
  const [rows, failure] = [
    await selectExpectedRenewalTotals(db, range.to),
    await getShareOfRenewalsFailedForGood(db, today),
  ];
  const shares = failure ?? { meanMillionths: 0, leastMillionths: 0, mostMillionths: 0 };
  const forecasts = [...groupBy(rows, ({ currency }) => currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([currency, own]) => forecastOf(currency, chargesIn(own, range), shares));
  return { forecasts, failure };
}

/**
 * Returns the share of renewals in the last twelve whole months that failed and were not paid later. Returns null if no
 * recurring gift was paid in these months.
 */
export async function getShareOfRenewalsFailedForGood(db: Db, today: string): Promise<FailedRenewalShare | null> {
  const thisMonth = today.slice(0, 7);
  const span = { from: addMonths(`${thisMonth}-01`, -MONTHS_OF_HISTORY).slice(0, 7), to: lastMonth(thisMonth) };
  const failures = new Map(
    (await countNetNewlyOverdueGiftsByMonth(db, span)).map(({ month, gifts }) => [month, Number(gifts)]),
  );
  const shares = (await countRecurringPaymentsByMonth(db, span)).flatMap(({ month, payments }) => {
    const failed = Math.max(0, failures.get(month) ?? 0);
    return payments > 0n ? [{ failed, due: Number(payments) + failed }] : [];
  });
  if (shares.length === 0) return null;
  const share = ({ failed, due }: { failed: number; due: number }) => Math.round((failed * MILLION) / due);
  const all = { failed: sumOf(shares, "failed"), due: sumOf(shares, "due") };
  const each = shares.map(share);
  return {
    months: shares.length,
    meanMillionths: share(all),
    leastMillionths: Math.min(...each),
    mostMillionths: Math.max(...each),
  };
}

type Charges = { charges: number; amountMinor: bigint };

/**
 * Counts the charges in the range and adds up their amounts. Assumes that each gift is charged once in every period,
 * beginning with its next charge.
 */
function chargesIn(rows: readonly RenewalTotal[], { from, to }: DayRange): Charges {
  let [charges, amountMinor] = [0, 0n];
  for (const row of rows) {
    const times = timesIn(row, { from, to });
    charges += row.gifts * times;
    amountMinor += row.amountMinor * BigInt(times);
  }
  return { charges, amountMinor };
}

function timesIn({ day, frequency }: RenewalTotal, { from, to }: DayRange): number {
  const [end, billingInterval] = [utcMiddayOf(day), billingIntervalOf(frequency)];
  const chargeFrom = (first: string) =>
    firstPeriodEndFrom({ end, dayOfMonth: end.getUTCDate(), billingInterval, from: utcMiddayOf(first) })
      .toISOString()
      .slice(0, 10);
  let times = 0;
  for (let at = chargeFrom(from); at <= to; at = chargeFrom(addDays(at, 1))) times += 1;
  return times;
}

function forecastOf(
  currency: string,
  { charges, amountMinor }: Charges,
  {
    meanMillionths,
    leastMillionths,
    mostMillionths,
  }: Pick<FailedRenewalShare, "meanMillionths" | "leastMillionths" | "mostMillionths">,
): RecurringChargeForecast[] {
  if (charges === 0) return [];
  const less = (share: number) => moneyOf((amountMinor * BigInt(MILLION - share)) / BigInt(MILLION), currency);
  const sums = {
    scheduled: moneyOf(amountMinor, currency),
    expected: less(meanMillionths),
    low: less(mostMillionths),
    high: less(leastMillionths),
  };
  return [{ currency: currencyFromStripe(currency), charges, ...sums }];
}

function lastMonth(month: string): string {
  return addMonths(`${month}-01`, -1).slice(0, 7);
}

function sumOf<Name extends string>(rows: readonly Record<Name, number>[], name: Name): number {
  return rows.reduce((sum, row) => sum + row[name], 0);
}
