// Days and months as the newsroom's clock tells them. A day may have 23 or 25 hours, and may begin at one in the morning.

/** From (inclusive) to (exclusive). */
export type Month = { year: number; month: number; from: Date; to: Date };

const DAY_MS = 86_400_000;

/** `2026-11-24` */
export function dayOn(at: Date, timeZone: string): string {
  const { year, month, day } = wallClock(at, timeZone);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** `2026-11` */
export function monthOn(at: Date, timeZone: string): string {
  return dayOn(at, timeZone).slice(0, 7);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** The month of `now` and those before it, oldest first. */
export function lastMonths(count: number, { now, timeZone }: { now: Date; timeZone: string }): Month[] {
  const { year, month } = wallClock(now, timeZone);
  return Array.from({ length: count }, (_, index) => {
    const from = monthAt(year, month - count + 1 + index);
    const next = monthAt(from.year, from.month + 1);
    return {
      ...from,
      from: firstInstant({ ...from, day: 1 }, timeZone),
      to: firstInstant({ ...next, day: 1 }, timeZone),
    };
  });
}

/** `month` may lie outside 1 to 12. */
function monthAt(year: number, month: number): { year: number; month: number } {
  const date = new Date(Date.UTC(year, month - 1, 1));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
}

function firstInstant({ year, month, day }: { year: number; month: number; day: number }, timeZone: string): Date {
  const midnight = Date.UTC(year, month - 1, day);
  const before = offsetMs(midnight - DAY_MS, timeZone);
  const after = offsetMs(midnight + DAY_MS, timeZone);
  const real = [before, after]
    .map((offset) => midnight - offset)
    .filter((at) => at + offsetMs(at, timeZone) === midnight);
  // Where clocks jump over midnight, the day begins with the jump.
  return new Date(real.length > 0 ? Math.min(...real) : midnight - before);
}

/** How far the zone's clocks are ahead of UTC at that instant. */
function offsetMs(at: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = wallClock(new Date(at), timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(at: Date, timeZone: string) {
  const format = formats.get(timeZone) ?? newFormat(timeZone);
  formats.set(timeZone, format);
  const parts = format.formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
    second: read("second"),
  };
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}
