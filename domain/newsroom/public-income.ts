// The newsroom's income per month, which everyone can read if `publishesIncome` is true. It must not reveal what one
// person gave: read docs/published-income.md before you publish more numbers.
import { addDays, dayOn, nextDay, startOfDay } from "../calendar";
import { exponentOf } from "../currencies";
import type { Db } from "../database";
import { splitTotalGroupValue } from "../ledger/total-values";
import type { MoneyInAnyCurrency } from "../money";
import { settledMoneyOf } from "../money";
import type { Publication } from "../publication";
import { convertToTotal, type ExchangeRates, getExchangeRates } from "./exchange";
import { getIncome } from "./income";
import { type IncomeExactAndConverted, incomeLineOf } from "./income-lines";
import { type DayRange, periodContainingDay, periodsUntil } from "./periods";
import { countPayingSupportersUpToLimit, selectIncome } from "./store/totals";

/** The income of a month is published only if at least this many supporters gave in that month. */
export const MIN_SUPPORTERS_TO_PUBLISH_INCOME = 20;
/** A month is not published if its largest payment is more than a quarter of its gross income. */
const LARGEST_SHARE = 4n;
const MONTHS = 12;
const SIGNIFICANT_DIGITS = 2;

export type PublicMonthAmounts = Record<"kept" | "fees" | "net", MoneyInAnyCurrency>;
/** `month`: such as `2026-11`. `sums`: null if the month is not published. */
export type PublicIncomeMonth = { month: string; sums: PublicMonthAmounts | null };
export type PublicIncome = { currency: string; missing: string[]; months: PublicIncomeMonth[] };

/**
 * Returns the income of each of the last twelve whole months, oldest first. Leaves out the months before the first
 * income.
 */
export async function getPublicIncome(
  db: Db,
  { publication, now }: { publication: Publication; now: Date },
): Promise<PublicIncome> {
  const { timeZone } = publication;
  const rates = await getExchangeRates(db, publication);
  const ranges = lastWholeMonths(dayOn(now, timeZone));
  const incomes = await getIncome(db, { ranges });
  const lines = incomes.map((parts) => incomeLineOf(parts.get("") ?? [], { rates, giftCurrency: null }));
  const first = lines.findIndex((line) => line.exact.length > 0);
  const months: PublicIncomeMonth[] = [];
  for (const [n, range] of first < 0 ? [] : ranges.entries()) {
    const line = lines[n];
    if (!line || n < first) continue;
    const isPublic = await mayPublish(db, { range, line, rates, timeZone });
    months.push({ month: range.from.slice(0, 7), sums: isPublic ? roundedSums(line) : null });
  }
  const missing = [...new Set(lines.flatMap((line) => line.missing))].sort();
  return { currency: rates.to, missing, months };
}

function lastWholeMonths(today: string): DayRange[] {
  return periodsUntil("month", { until: addDays(periodContainingDay("month", today).from, -1), count: MONTHS });
}

type Month = { range: DayRange; line: IncomeExactAndConverted; rates: ExchangeRates; timeZone: string };

async function mayPublish(db: Db, { range, line, rates, timeZone }: Month): Promise<boolean> {
  const moments = { from: startOfDay(range.from, timeZone), before: startOfDay(nextDay(range.to), timeZone) };
  if ((await countPayingSupportersUpToLimit(db, moments)) < MIN_SUPPORTERS_TO_PUBLISH_INCOME) return false;
  const largest = await largestPayment(db, { range, rates });
  return BigInt(line.converted.gross.amountMinor) >= largest * LARGEST_SHARE;
}

/**
 * Returns the month's largest payment in minor units of the currency of `rates`. Ignores payments in currencies without
 * a rate.
 */
async function largestPayment(db: Db, { range, rates }: { range: DayRange; rates: ExchangeRates }): Promise<bigint> {
  const month = range.from.slice(0, 7);
  const rows = await selectIncome(db, { by: "amount", period: "month", from: month, to: month });
  const amounts = rows
    .filter(({ payments }) => payments > 0n)
    .map(({ value, currency }) => settledMoneyOf(BigInt(splitTotalGroupValue(value, 2)[1]), currency));
  const converted = amounts.map((amount) => BigInt(convertToTotal([amount], rates).sum.amountMinor));
  return converted.reduce((most, each) => (each > most ? each : most), 0n);
}

function roundedSums({ converted }: IncomeExactAndConverted): PublicMonthAmounts {
  return { kept: rounded(converted.kept), fees: rounded(converted.fees), net: rounded(converted.net) };
}

/** Rounds an amount to two significant digits, and always to whole units of the currency. */
function rounded({ amountMinor, currency }: MoneyInAnyCurrency): MoneyInAnyCurrency {
  const digits = String(Math.abs(amountMinor)).length;
  const step = 10 ** Math.max(exponentOf(currency), digits - SIGNIFICANT_DIGITS);
  return { amountMinor: Math.round(amountMinor / step) * step, currency };
}
