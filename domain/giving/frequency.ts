// The ledger stores every interval and count that Stripe allows. Equal frequencies have the same name: every 12 months
// is `yearly`.

export const INTERVAL_UNITS = ["day", "week", "month", "year"] as const;
export type IntervalUnit = (typeof INTERVAL_UNITS)[number];
export type BillingInterval = { interval: IntervalUnit; count: number };

/** The frequency as the ledger stores it. `every-3-month` means every three months. */
export type RecurringFrequency = "monthly" | "yearly" | `every-${number}-${IntervalUnit}`;
export type OnceOrRecurringFrequency = "once" | RecurringFrequency;

/**
 * Matches every frequency of a recurring gift except `monthly` and `yearly`. Stripe allows intervals of up to three
 * years; the pattern also accepts longer intervals.
 */
const WRITTEN = /^every-([1-9]\d{0,3})-(day|week|month|year)$/;
const DAY_MS = 86_400_000;
/** The number of intervals in a year, which counts as 52 weeks or 365 days. */
const A_YEAR: Record<IntervalUnit, bigint> = { day: 365n, week: 52n, month: 12n, year: 1n };

export function frequencyOf({ interval, count }: BillingInterval): RecurringFrequency {
  if (interval === "month" && count % 12 === 0) return frequencyOf({ interval: "year", count: count / 12 });
  if (interval === "day" && count % 7 === 0) return frequencyOf({ interval: "week", count: count / 7 });
  if (count === 1 && interval === "month") return "monthly";
  if (count === 1 && interval === "year") return "yearly";
  return `every-${count}-${interval}`;
}

/** Returns the interval and count of a recurring gift's frequency. Throws an error for any other text. */
export function billingIntervalOf(frequency: string): BillingInterval {
  const billingInterval = parseBillingInterval(frequency);
  if (!billingInterval) throw new Error(`${frequency} is not a frequency of a recurring gift`);
  return billingInterval;
}

export function parseBillingInterval(frequency: string): BillingInterval | null {
  if (frequency === "monthly") return { interval: "month", count: 1 };
  if (frequency === "yearly") return { interval: "year", count: 1 };
  const [, count, interval] = WRITTEN.exec(frequency) ?? [];
  return count ? { interval: interval as IntervalUnit, count: Number(count) } : null;
}

export function isPaymentFrequency(text: string): text is OnceOrRecurringFrequency {
  return text === "once" || text === "monthly" || text === "yearly" || WRITTEN.test(text);
}

/**
 * Returns how the site's texts name a frequency. `word`: the last part of the text's key. `interval` and `count`: fill
 * the placeholders of the text `every`.
 */
export function frequencyTextKeyAndValues(
  frequency: RecurringFrequency,
): Word<"monthly" | "yearly" | "every"> & BillingInterval;
export function frequencyTextKeyAndValues(
  frequency: OnceOrRecurringFrequency,
): Word<"once" | "monthly" | "yearly" | "every">;
export function frequencyTextKeyAndValues(
  frequency: OnceOrRecurringFrequency,
): Word<"once" | "monthly" | "yearly" | "every"> {
  if (frequency === "once") return { word: frequency };
  const word = frequency === "monthly" || frequency === "yearly" ? frequency : "every";
  return { word, ...billingIntervalOf(frequency) };
}

type Word<W> = Partial<BillingInterval> & { word: W };

/**
 * Returns the frequency of a gift with this period. Counts in months if `start` and `end` are on the same day of the
 * month, otherwise in days.
 */
export function frequencyOfPeriod({ start, end }: { start: Date; end: Date }): RecurringFrequency {
  const months = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  if (months > 0 && isSameDayOfMonth(start, end)) return frequencyOf({ interval: "month", count: months });
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
  return frequencyOf({ interval: "day", count: days });
}

/**
 * Returns true for the same day of the month. In a shorter month, the last day counts as the same day: 31 October and
 * 30 November.
 */
function isSameDayOfMonth(start: Date, end: Date): boolean {
  const [from, to] = [start.getUTCDate(), end.getUTCDate()];
  return from === to || (to < from && isLastOfMonth(end)) || (from < to && isLastOfMonth(start));
}

function isLastOfMonth(date: Date): boolean {
  return new Date(date.getTime() + DAY_MS).getUTCDate() === 1;
}

type Coming = { end: Date; dayOfMonth: number; billingInterval: BillingInterval; from: Date };

/**
 * Returns the first time at or after `from` at which a period of the gift ends. `end`: the end of the current period.
 * `dayOfMonth`: the gift's charge day. It is ignored if the billingInterval counts in days or weeks.
 */
export function firstPeriodEndFrom({ end, dayOfMonth, billingInterval, from }: Coming): Date {
  const { interval, count } = billingInterval;
  if (interval === "day" || interval === "week") {
    const lengthMs = count * DAY_MS * (interval === "week" ? 7 : 1);
    const more = Math.max(0, Math.ceil((from.getTime() - end.getTime()) / lengthMs));
    return new Date(end.getTime() + more * lengthMs);
  }
  const months = count * (interval === "year" ? 12 : 1);
  let coming = end;
  for (let periods = 1; coming < from; periods += 1) coming = dateAfterMonths(end, periods * months, dayOfMonth);
  return coming;
}

/**
 * Returns the date on day `dayOfMonth` of a later month, or on the last day if that month is too short. Keeps the time
 * of day.
 */
export function dateAfterMonths(date: Date, months: number, dayOfMonth: number): Date {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const timeMs = date.getTime() % DAY_MS;
  return new Date(Date.UTC(year, month, Math.min(dayOfMonth, lastDay)) + timeMs);
}

export function withDayOfMonth(date: Date, day: number): Date {
  return dateAfterMonths(date, 0, day);
}

/**
 * Returns what a recurring gift brings in a year, in minor units. A year counts as 12 months, 52 weeks or 365 days. If
 * the result is not a whole number, it is rounded down. Returns 0 for an unknown frequency.
 */
export function yearlyValueMinor({ amountMinor, frequency }: { amountMinor: bigint; frequency: string }): bigint {
  const billingInterval = parseBillingInterval(frequency);
  return billingInterval ? (amountMinor * A_YEAR[billingInterval.interval]) / BigInt(billingInterval.count) : 0n;
}

/** Returns true if the gift is charged every six months, 26 weeks or 183 days, or less often. */
export function isChargedAtMostTwiceAYear(frequency: string): boolean {
  const { interval, count } = billingIntervalOf(frequency);
  return BigInt(count) * 2n >= A_YEAR[interval];
}
