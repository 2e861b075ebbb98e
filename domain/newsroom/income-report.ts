import type { Db } from "../database";
import type { MoneyInAnyCurrency } from "../money";
import type { Publication } from "../publication";
import { convertToTotal, type ExchangeRate, getExchangeRates } from "./exchange";
import { type AverageAndMedianGift, getGiftSizes } from "./gift-sizes";
import { type CurrencyIncome, getIncome, getNetIncome, type IncomeGrouping } from "./income";
import { type IncomeExactAndConverted, incomeLineOf, type RatesAndGiftCurrencyFilter } from "./income-lines";
import type { IncomeView } from "./income-view";
import {
  comparedRanges,
  type DayRange,
  type PeriodUnit,
  periodContainingDay,
  periodsUntil,
  type RangeWithEarlierRanges,
} from "./periods";

/**
 * How many periods a chart shows. With thirteen months, a chart shows its last month and also the same month of the
 * year before.
 */
const STEPS: Record<PeriodUnit, number> = { day: 31, week: 26, month: 13 };

export const INCOME_DIMENSIONS = [
  "rhythm",
  "supporter",
  "article",
  "appeal",
  "variant",
  "placement",
  "currency",
] as const;
export type IncomeDimension = (typeof INCOME_DIMENSIONS)[number];

export type IncomeReportInput = { view: IncomeView; today: string; inCurrency: RatesAndGiftCurrencyFilter };
/**
 * The income of the chosen period (`now`), the period before it and the same period a year earlier. If the chosen
 * period is not over, `now` ends today. `before` and `yearBefore` then have at most as many days as `now`. Defined in
 * docs/figures.md: `payments`, `gross`, `returned`, `kept`, `fees`, `covered`, `net`.
 */
export type IncomeWithEarlierPeriods = {
  compared: RangeWithEarlierRanges;
  now: IncomeExactAndConverted;
  before: IncomeExactAndConverted;
  yearBefore: IncomeExactAndConverted;
};
/**
 * The income of one period in a chart. `isWhole`: false for a period that is not over. `comparedLine`: the income of
 * the period with which it is compared; null if the chart compares nothing.
 */
export type PeriodIncome = {
  range: DayRange;
  isWhole: boolean;
  line: IncomeExactAndConverted;
  comparedLine: IncomeExactAndConverted | null;
};
export type IncomeOfDimensionValue = { name: string; line: IncomeExactAndConverted };
export type GiftSizesNowAndBefore = { now: AverageAndMedianGift[]; before: AverageAndMedianGift[] };

export async function prepareIncomeReportInput(
  db: Db,
  { view, today, publication }: { view: IncomeView; today: string; publication: Publication },
): Promise<IncomeReportInput> {
  const { currency: giftCurrency } = view;
  return {
    view,
    today,
    inCurrency: { rates: await getExchangeRates(db, publication, giftCurrency ?? undefined), giftCurrency },
  };
}

/** Returns the chosen period, which ends today at the latest, and the periods with which it is compared. */
export function comparedRangesOf({ view, today }: Pick<IncomeReportInput, "view" | "today">): RangeWithEarlierRanges {
  return comparedRanges(view.step, { range: periodContainingDay(view.step, view.until), today });
}

export async function getIncomeWithEarlierPeriods(
  db: Db,
  question: IncomeReportInput,
): Promise<IncomeWithEarlierPeriods> {
  const compared = comparedRangesOf(question);
  const [now, before, yearBefore] = await readLines(
    db,
    [compared.range, compared.before, compared.yearBefore],
    question,
  );
  return { compared, now, before, yearBefore } as IncomeWithEarlierPeriods;
}

export async function listPeriodIncomes(db: Db, question: IncomeReportInput): Promise<PeriodIncome[]> {
  const { view, today } = question;
  const ranges = periodsUntil(view.step, { until: view.until, count: STEPS[view.step] });
  const compared = ranges.map((range) => comparedRanges(view.step, { range, today }));
  // The last of the periods to compare with is read separately. It can be shorter than a month, and then needs daily
  // totals. The whole months before it can be read from monthly totals.
  const comparedWith =
    view.compare === "none" ? [] : compared.map((each) => (view.compare === "year" ? each.yearBefore : each.before));
  const [lines, wholeLines, lastLine] = await Promise.all([
    readLines(db, ranges, question),
    readLines(db, comparedWith.slice(0, -1), question),
    readLines(db, comparedWith.slice(-1), question),
  ]);
  const comparedLines = [...wholeLines, ...lastLine];
  return compared.map(({ isWhole }, n) => ({
    ...{ range: ranges[n] as DayRange, isWhole },
    ...{ line: lines[n] as IncomeExactAndConverted, comparedLine: comparedLines[n] ?? null },
  }));
}

/**
 * Lists the income of each part of a dimension, such as each article, the highest net income first. Defined in
 * docs/figures.md: `net`, `new-or-returning`.
 */
export async function listDimensionIncomes(
  db: Db,
  { dimension, ...question }: IncomeReportInput & { dimension: IncomeDimension },
): Promise<IncomeOfDimensionValue[]> {
  const grouping: IncomeGrouping = dimension === "currency" ? "all" : dimension;
  // Reads the whole period, even if it is not over: its future days have no income, and a whole month can be read
  // faster, from the monthly totals.
  const range = periodContainingDay(question.view.step, question.view.until);
  const [parts = new Map<string, CurrencyIncome[]>()] = await getIncome(db, { ranges: [range], grouping });
  const named = dimension === "currency" ? byCurrency(parts) : [...parts];
  return named
    .map(([name, incomes]) => ({ name, line: incomeLineOf(incomes, question.inCurrency) }))
    .filter(({ line }) => line.exact.length > 0)
    .sort(
      (a, b) =>
        b.line.converted.net.amountMinor - a.line.converted.net.amountMinor || b.line.payments - a.line.payments,
    );
}

/**
 * Lists the net income of each part of a dimension in one currency, highest first. Defined in docs/figures.md: `net`.
 */
export async function listNetIncomeInDimension(
  db: Db,
  { dimension, view, inCurrency }: IncomeReportInput & { dimension: Exclude<IncomeDimension, "currency"> },
): Promise<{ name: string; net: MoneyInAnyCurrency }[]> {
  const parts = await getNetIncome(db, { range: periodContainingDay(view.step, view.until), grouping: dimension });
  return [...parts]
    .map(([name, { payments, net }]) => ({ name, payments, net: convertToTotal(net, inCurrency.rates).sum }))
    .sort((a, b) => b.net.amountMinor - a.net.amountMinor || b.payments - a.payments);
}

export async function getComparedGiftSizes(db: Db, question: IncomeReportInput): Promise<GiftSizesNowAndBefore> {
  const { range, before, yearBefore } = comparedRangesOf(question);
  const beside = question.view.compare === "year" ? yearBefore : before;
  const [now = [], then = []] = await getGiftSizes(db, [range, beside]);
  const { currency: wanted } = question.view;
  const ofWanted = ({ currency }: AverageAndMedianGift) => wanted === null || currency === wanted;
  return { now: now.filter(ofWanted), before: question.view.compare === "none" ? [] : then.filter(ofWanted) };
}

export function mergeExchangeRatesOfLines(lines: readonly Pick<IncomeExactAndConverted, "rates" | "missing">[]): {
  rates: ExchangeRate[];
  missing: string[];
} {
  const rates = new Map(lines.flatMap((line) => line.rates).map((rate) => [rate.currency, rate]));
  return { rates: [...rates.values()], missing: [...new Set(lines.flatMap(({ missing }) => missing))].sort() };
}

async function readLines(
  db: Db,
  ranges: readonly DayRange[],
  { inCurrency }: IncomeReportInput,
): Promise<IncomeExactAndConverted[]> {
  if (ranges.length === 0) return [];
  const incomes = await getIncome(db, { ranges });
  return incomes.map((parts) => incomeLineOf(parts.get("") ?? [], inCurrency));
}

function byCurrency(parts: ReadonlyMap<string, CurrencyIncome[]>): [string, CurrencyIncome[]][] {
  return (parts.get("") ?? []).map((income) => [income.currency, [income]]);
}
