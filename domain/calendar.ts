// Converts between moments and days or local times of a time zone. A day can have 23 or 25 hours, and can begin at
// 01:00.

const DAY_MS = 24 * 60 * 60 * 1000;

type Month = { year: number; month: number };

/** Returns the day in this time zone, for example `2026-11-24`. */
export function dayOn(at: Date, timeZone: string): string {
  const { year, month, day } = wallClock(at, timeZone);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** Returns the month in this time zone, for example `2026-11`. */
export function monthOn(at: Date, timeZone: string): string {
  return dayOn(at, timeZone).slice(0, 7);
}

/**
 * Returns the same day of a later month: one month after `2026-11-30` is `2026-12-30`. In a shorter month, returns the
 * last day.
 */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, dayOfMonth = 0] = day.split("-").map(Number);
  const target = monthAt(year, month + months);
  const lastDay = new Date(Date.UTC(target.year, target.month, 0)).getUTCDate();
  return `${target.year}-${twoDigits(target.month)}-${twoDigits(Math.min(dayOfMonth, lastDay))}`;
}

export function addDays(day: string, days: number): string {
  return new Date(utcMiddayOf(day).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Returns 0 for Sunday, 1 for Monday, and so on to 6 for Saturday. */
export function weekdayOf(day: string): number {
  return utcMiddayOf(day).getUTCDay();
}

/** Returns midday in UTC on this day. Every time zone from UTC-12 to UTC+11 has the same day at that moment. */
export function utcMiddayOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

export function nextDay(day: string): string {
  return new Date(utcMiddayOf(day).getTime() + DAY_MS).toISOString().slice(0, 10);
}

/** Returns the first moment of a day in this time zone, even if the clocks change at midnight. */
export function startOfDay(day: string, timeZone: string): Date {
  const midday = utcMiddayOf(day).getTime();
  let [before, from] = [midday - 2 * DAY_MS, midday];
  while (from - before > 1) {
    const between = Math.floor((before + from) / 2);
    if (dayOn(new Date(between), timeZone) < day) before = between;
    else from = between;
  }
  return new Date(from);
}

/** Returns the local time in this time zone, in the format of `<input type="datetime-local">`: `2026-12-01T09:30`. */
export function localDateTimeAt(at: Date, timeZone: string): string {
  const format = clockTimes.get(timeZone) ?? newClockTime(timeZone);
  clockTimes.set(timeZone, format);
  return format.format(at).replace(" ", "T");
}

/** Cached by time zone, because creating a format takes far longer than using it. */
const clockTimes = new Map<string, Intl.DateTimeFormat>();

function newClockTime(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
}

/**
 * Returns the moment of a local time such as `2026-12-01T09:30`. If the clocks change so that this time occurs twice,
 * returns the first moment. If they change so that it never occurs, returns the moment that would have had this time
 * without the change. Returns null if the text is not a valid date and time.
 */
export function parseLocalDateTime(text: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null;
  const asUtc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(text)) return null;
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((ms) => offsetAt(new Date(ms), timeZone));
  const moments = offsets.map((offset) => new Date(asUtc - offset)).sort((a, b) => a.getTime() - b.getTime());
  return moments.find((moment) => localDateTimeAt(moment, timeZone) === text) ?? moments.at(-1) ?? null;
}

/** Returns the time zone's offset in milliseconds. It is positive if the zone is ahead of UTC. */
function offsetAt(at: Date, timeZone: string): number {
  const minute = 60_000;
  return Date.parse(`${localDateTimeAt(at, timeZone)}:00Z`) - Math.floor(at.getTime() / minute) * minute;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** Returns a valid year and month. The argument `month` can be less than 1 or greater than 12. */
function monthAt(year: number, month: number): Month {
  const date = new Date(Date.UTC(year, month - 1, 1));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(at: Date, timeZone: string) {
  const format = formats.get(timeZone) ?? newFormat(timeZone);
  formats.set(timeZone, format);
  const parts = format.formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return { year: read("year"), month: read("month"), day: read("day") };
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
}

/** Joins each number to the word after it with a no-break space. In "28 ноября 2026 г." no line may begin with "г." */
export function joinNumbersToWordsWithNoBreakSpaces(dateText: string): string {
  return dateText.replaceAll(/(\d) (?=\p{L})/gu, "$1\u00a0");
}
