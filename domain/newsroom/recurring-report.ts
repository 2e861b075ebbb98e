import { addMonths } from "../calendar";
import type { Db } from "../database";
import { type MoneyInAnyCurrency, settledMoneyOf } from "../money";
import type { Publication } from "../publication";
import { getCohorts } from "./cohorts";
import { convertToTotal, type ExchangeRate, type ExchangeRates, getExchangeRates } from "./exchange";
import { type FailedRenewalShare, getRecurringChargeForecast, type RecurringChargeForecast } from "./forecast";
import { groupBy } from "./group-by";
import { type DayRange, periodContainingDay, periodsUntil } from "./periods";
import { getRecurringMovementsPerRange, type RecurringValueOverRange } from "./recurring-value";
import type { RecurringGiftsPageChoices } from "./recurring-view";

export const SHOWN_RECURRING_MOVEMENT_KINDS = [
  ...(["new", "returned", "grown", "resumed", "recovered"] as const),
  ...(["shrunk", "paused", "lost"] as const),
] as const;
export type ShownRecurringMovementKind = (typeof SHOWN_RECURRING_MOVEMENT_KINDS)[number];

export type RecurringReportInput = {
  view: Omit<RecurringGiftsPageChoices, "months"> & { months: number };
  today: string;
  rates: ExchangeRates;
};
/**
 * The movements of a month, converted into one currency. All values are monthly: each is a twelfth of the yearly value
 * after conversion, rounded toward zero.
 */
export type ConvertedRecurringMovementsOfMonth = {
  start: MoneyInAnyCurrency;
  byKind: Record<ShownRecurringMovementKind, { movements: number; worth: MoneyInAnyCurrency }>;
  end: MoneyInAnyCurrency;
};
/**
 * The movements of one month. `isWhole`: false for the current month, whose `range` ends today. Defined in
 * docs/figures.md: `monthly-value`, `movements`.
 */
export type RecurringMovementsOfMonth = {
  range: DayRange;
  isWhole: boolean;
  exact: RecurringValueOverRange[];
  converted: ConvertedRecurringMovementsOfMonth;
  rates: ExchangeRate[];
  missing: string[];
};
/** A cohort: gifts in all chosen currencies, counted together. Defined in docs/figures.md: `cohort`, `retention`. */
export type CohortRow = { month: string; began: number; cells: { month: string; age: number; kept: number }[] };
/**
 * `exact`: the forecasts per currency. `converted`: their sums in one currency. Defined in docs/figures.md: `forecast`,
 * `failed-share`.
 */
export type NextMonthForecast = {
  range: DayRange;
  exact: RecurringChargeForecast[];
  failure: FailedRenewalShare | null;
  converted: { charges: number } & Record<ForecastSum, MoneyInAnyCurrency>;
  rates: ExchangeRate[];
  missing: string[];
};
const FORECAST_SUMS = ["scheduled", "expected", "low", "high"] as const;
type ForecastSum = (typeof FORECAST_SUMS)[number];

export async function prepareRecurringReportInput(
  db: Db,
  { view, today, publication }: { view: RecurringGiftsPageChoices; today: string; publication: Publication },
): Promise<RecurringReportInput> {
  return { view, today, rates: await getExchangeRates(db, publication, view.currency ?? undefined) };
}

/**
 * Returns the movements of each chosen month. For the current month, includes only movements until today, because the
 * ledger can already contain losses with a later date.
 */
export async function listRecurringMovementsByMonth(
  db: Db,
  { view, today, rates }: RecurringReportInput,
): Promise<RecurringMovementsOfMonth[]> {
  const ranges = periodsUntil("month", { until: `${view.until}-01`, count: view.months });
  const whole = ranges.filter(({ to }) => to < today);
  const going = ranges.filter(({ to }) => to >= today).map(({ from }) => ({ from, to: today }));
  // Whole months are read from monthly totals. The current month needs daily totals, so it is read separately.
  const moved = [
    ...(await getRecurringMovementsPerRange(db, whole)),
    ...(await getRecurringMovementsPerRange(db, going)),
  ];
  return [...whole, ...going].map((range, n) => {
    const exact = (moved[n] ?? []).filter(({ currency }) => view.currency === null || currency === view.currency);
    return { range, isWhole: range.to < today, exact, ...linesOf(exact, rates) };
  });
}

/**
 * Returns the cohorts that began in the chosen months, oldest first. Leaves out the current month, which is not whole.
 */
export async function listCohortRows(db: Db, { view, today }: RecurringReportInput): Promise<CohortRow[]> {
  const months = periodsUntil("month", { until: `${view.until}-01`, count: view.months })
    .filter(({ to }) => to < today)
    .map(({ from }) => from.slice(0, 7));
  if (months.length === 0) return [];
  const cohorts = await getCohorts(db, months);
  const own = cohorts.filter(({ currency }) => view.currency === null || currency === view.currency);
  return [...groupBy(own, ({ month }) => month)].map(([month, group]) => ({
    month,
    began: group.reduce((sum, { began }) => sum + began, 0),
    cells: (group[0]?.cells ?? []).map(({ month: each, age }) => ({
      ...{ month: each, age },
      kept: group.reduce((sum, { cells }) => sum + (cells[age]?.kept ?? 0), 0),
    })),
  }));
}

/** Forecasts the month after the current month. The chosen months do not matter. */
export async function getNextMonthForecast(
  db: Db,
  { view, today, rates }: RecurringReportInput,
): Promise<NextMonthForecast> {
  const first = addMonths(`${today.slice(0, 7)}-01`, 1);
  const { forecasts, failure } = await getRecurringChargeForecast(db, { month: first.slice(0, 7), today });
  const exact = forecasts.filter(({ currency }) => view.currency === null || currency === view.currency);
  const sums = FORECAST_SUMS.map((sum) => ({
    sum,
    ...{
      converted: convertToTotal(
        exact.map((each) => each[sum]),
        rates,
      ),
    },
  }));
  const { rates: used = [], missing = [] } = sums[0]?.converted ?? {};
  const inOne = Object.fromEntries(sums.map(({ sum, converted }) => [sum, converted.sum]));
  return {
    ...{ range: periodContainingDay("month", first), exact, failure, rates: used, missing },
    converted: {
      charges: exact.reduce((total, { charges }) => total + charges, 0),
      ...(inOne as Record<ForecastSum, MoneyInAnyCurrency>),
    },
  };
}

function linesOf(
  exact: readonly RecurringValueOverRange[],
  rates: ExchangeRates,
): Pick<RecurringMovementsOfMonth, "converted" | "rates" | "missing"> {
  const [used, missing] = [new Map<string, ExchangeRate>(), new Set<string>()];
  const worthOf = (yearMinorOf: (each: RecurringValueOverRange) => bigint | undefined) => {
    const years = exact.map((each) => settledMoneyOf(yearMinorOf(each) ?? 0n, each.currency));
    const converted = convertToTotal(years, rates);
    for (const rate of converted.rates) used.set(rate.currency, rate);
    for (const currency of converted.missing) missing.add(currency);
    return settledMoneyOf(BigInt(converted.sum.amountMinor) / 12n, rates.to);
  };
  const byKind = Object.fromEntries(
    SHOWN_RECURRING_MOVEMENT_KINDS.map((kind) => [
      kind,
      {
        movements: exact.reduce((sum, each) => sum + (each.byKind[kind]?.movements ?? 0), 0),
        worth: worthOf((each) => each.byKind[kind]?.yearMinor),
      },
    ]),
  ) as ConvertedRecurringMovementsOfMonth["byKind"];
  const inOne = { start: worthOf(({ start }) => start.yearMinor), byKind, end: worthOf(({ end }) => end.yearMinor) };
  return { converted: inOne, rates: [...used.values()], missing: [...missing].sort() };
}
