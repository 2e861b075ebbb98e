// Periods as ranges of days. A range includes both its first and its last day.
import { addDays, addMonths, weekdayOf } from "../calendar";

export const PERIOD_UNITS = ["day", "week", "month"] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];
export type DayRange = { from: string; to: string };
/**
 * A period, the period before it and the same period a year earlier. If the period is unfinished, `range` ends today.
 * The two earlier periods are then cut to at most as many days as `range`.
 */
export type RangeWithEarlierRanges = { range: DayRange; isWhole: boolean; before: DayRange; yearBefore: DayRange };

/**
 * Fifty-two weeks in days. A day or week is compared with the day or week 52 weeks earlier, because that begins on the
 * same day of the week.
 */
const A_YEAR_OF_WEEKS = 364;

/** Returns the period that contains the day. `weekStartsOn`: 1 for Monday. */
export function periodContainingDay(period: PeriodUnit, day: string, weekStartsOn = 1): DayRange {
  if (period === "day") return { from: day, to: day };
  if (period === "week") {
    const from = addDays(day, -((weekdayOf(day) - weekStartsOn + 7) % 7));
    return { from, to: addDays(from, 6) };
  }
  const from = `${day.slice(0, 7)}-01`;
  return { from, to: addDays(addMonths(from, 1), -1) };
}

/** Returns `count` periods, the oldest first. The last one contains the day `until`. */
export function periodsUntil(
  period: PeriodUnit,
  { until, count, weekStartsOn = 1 }: { until: string; count: number; weekStartsOn?: number },
): DayRange[] {
  const ranges = [periodContainingDay(period, until, weekStartsOn)];
  while (ranges.length < count) {
    const [first] = ranges as [DayRange, ...DayRange[]];
    ranges.unshift(periodContainingDay(period, addDays(first.from, -1), weekStartsOn));
  }
  return ranges;
}

export function comparedRanges(
  period: PeriodUnit,
  { range, today }: { range: DayRange; today: string },
): RangeWithEarlierRanges {
  const isWhole = range.to < today;
  const before = periodContainingDay(period, addDays(range.from, -1), weekdayOf(range.from));
  const yearBefore = aYearBefore(period, range);
  if (isWhole) return { range, isWhole, before, yearBefore };
  const cut = { from: range.from, to: today < range.from ? range.from : today };
  const days = countDaysIn(cut);
  return { range: cut, isWhole, before: firstDays(before, days), yearBefore: firstDays(yearBefore, days) };
}

export function countDaysIn({ from, to }: DayRange): number {
  let days = 1;
  for (let day = from; day < to; day = addDays(day, 1)) days += 1;
  return days;
}

export function isWholeMonths({ from, to }: DayRange): boolean {
  return from.endsWith("-01") && addDays(to, 1).endsWith("-01");
}

/** Returns the same period a year earlier: for a month, the same month; for a day or week, the one 52 weeks before. */
function aYearBefore(period: PeriodUnit, { from, to }: DayRange): DayRange {
  if (period === "month") return periodContainingDay("month", addMonths(from, -12));
  return { from: addDays(from, -A_YEAR_OF_WEEKS), to: addDays(to, -A_YEAR_OF_WEEKS) };
}

function firstDays(range: DayRange, days: number): DayRange {
  const to = addDays(range.from, days - 1);
  return { from: range.from, to: to < range.to ? to : range.to };
}
