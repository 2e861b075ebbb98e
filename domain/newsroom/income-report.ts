import type { Db } from "../database";
import type { SettledMoney } from "../money";
import type { Publication } from "../publication";
import { convertSum, type ExchangeRate, getExchangeRates } from "./exchange";
import { type GiftSize, getGiftSizes } from "./gift-sizes";
import { getIncome, getNetIncome, type Income, type IncomeGrouping } from "./income";
import { type IncomeLine, incomeLineOf, type ReportingCurrency } from "./income-lines";
import type { IncomeView } from "./income-view";
import { type ComparedRanges, comparedRanges, type DayRange, type Period, periodOf, periodsUntil } from "./periods";

/** The number of periods in a chart. Thirteen months show the last month and the same month a year before. */
const STEPS: Record<Period, number> = { day: 31, week: 26, month: 13 };

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

export type IncomeQuestion = { view: IncomeView; today: string; inCurrency: ReportingCurrency };
/**
 * Defined in docs/figures.md: `payments`, `gross`, `returned`, `kept`, `fees`, `covered`, `net`. If the period is unfinished,
 * `before` and `yearBefore` have at most as many days as `now`.
 */
export type HeadlineIncome = { compared: ComparedRanges; now: IncomeLine; before: IncomeLine; yearBefore: IncomeLine };
/** `comparedLine`: the income of the period with which this one is compared; null if there is no comparison. */
export type PeriodIncome = { range: DayRange; isWhole: boolean; line: IncomeLine; comparedLine: IncomeLine | null };
export type DimensionIncome = { name: string; line: IncomeLine };
export type ComparedGiftSizes = { now: GiftSize[]; before: GiftSize[] };

export async function prepareIncomeQuestion(
  db: Db,
  { view, today, publication }: { view: IncomeView; today: string; publication: Publication },
): Promise<IncomeQuestion> {
  const { currency } = view;
  return {
    view,
    today,
    inCurrency: { rates: await getExchangeRates(db, publication, currency ?? undefined), currency },
  };
}

/** Returns the chosen period, up to today, and the periods with which it is compared. */
export function comparedRangesOf({ view, today }: Pick<IncomeQuestion, "view" | "today">): ComparedRanges {
  return comparedRanges(view.step, { range: periodOf(view.step, view.until), today });
}

export async function getHeadlineIncome(db: Db, question: IncomeQuestion): Promise<HeadlineIncome> {
  const compared = comparedRangesOf(question);
  const [now, before, yearBefore] = await readLines(
    db,
    [compared.range, compared.before, compared.yearBefore],
    question,
  );
  return { compared, now, before, yearBefore } as HeadlineIncome;
}

export async function listPeriodIncomes(db: Db, question: IncomeQuestion): Promise<PeriodIncome[]> {
  const { view, today } = question;
  const ranges = periodsUntil(view.step, { until: view.until, count: STEPS[view.step] });
  const compared = ranges.map((range) => comparedRanges(view.step, { range, today }));
  // Whole months can be read from monthly totals; only an unfinished period needs daily totals.
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
    ...{ line: lines[n] as IncomeLine, comparedLine: comparedLines[n] ?? null },
  }));
}

/** The part with the highest net income first. Defined in docs/figures.md: `net`, `new-or-returning`. */
export async function listDimensionIncomes(
  db: Db,
  { division, ...question }: IncomeQuestion & { division: IncomeDimension },
): Promise<DimensionIncome[]> {
  const part: IncomeGrouping = division === "currency" ? "all" : division;
  // A whole month can be read from monthly totals, because its future days have no money.
  const range = periodOf(question.view.step, question.view.until);
  const [parts = new Map<string, Income[]>()] = await getIncome(db, { ranges: [range], part });
  const named = division === "currency" ? byCurrency(parts) : [...parts];
  return named
    .map(([name, incomes]) => ({ name, line: incomeLineOf(incomes, question.inCurrency) }))
    .filter(({ line }) => line.exact.length > 0)
    .sort(
      (a, b) =>
        b.line.converted.net.amountMinor - a.line.converted.net.amountMinor || b.line.payments - a.line.payments,
    );
}

/** Highest first. Defined in docs/figures.md: `net`. */
export async function listDimensionNet(
  db: Db,
  { division, view, inCurrency }: IncomeQuestion & { division: Exclude<IncomeDimension, "currency"> },
): Promise<{ name: string; net: SettledMoney }[]> {
  const parts = await getNetIncome(db, { range: periodOf(view.step, view.until), part: division });
  return [...parts]
    .map(([name, { payments, net }]) => ({ name, payments, net: convertSum(net, inCurrency.rates).sum }))
    .sort((a, b) => b.net.amountMinor - a.net.amountMinor || b.payments - a.payments);
}

export async function getComparedGiftSizes(db: Db, question: IncomeQuestion): Promise<ComparedGiftSizes> {
  const { range, before, yearBefore } = comparedRangesOf(question);
  const beside = question.view.compare === "year" ? yearBefore : before;
  const [now = [], then = []] = await getGiftSizes(db, [range, beside]);
  const { currency: wanted } = question.view;
  const ofWanted = ({ currency }: GiftSize) => wanted === null || currency === wanted;
  return { now: now.filter(ofWanted), before: question.view.compare === "none" ? [] : then.filter(ofWanted) };
}

export function exchangeRatesOf(lines: readonly Pick<IncomeLine, "rates" | "missing">[]): {
  rates: ExchangeRate[];
  missing: string[];
} {
  const rates = new Map(lines.flatMap((line) => line.rates).map((rate) => [rate.currency, rate]));
  return { rates: [...rates.values()], missing: [...new Set(lines.flatMap(({ missing }) => missing))].sort() };
}

async function readLines(db: Db, ranges: readonly DayRange[], { inCurrency }: IncomeQuestion): Promise<IncomeLine[]> {
  if (ranges.length === 0) return [];
  const incomes = await getIncome(db, { ranges });
  return incomes.map((parts) => incomeLineOf(parts.get("") ?? [], inCurrency));
}

function byCurrency(parts: ReadonlyMap<string, Income[]>): [string, Income[]][] {
  return (parts.get("") ?? []).map((income) => [income.currency, [income]]);
}
