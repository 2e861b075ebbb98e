// Formats a time relative to now, such as "3 hours ago" or "in 2 days".

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** Uses the largest unit that fits, and rounds the number. The smallest result is one minute. */
export function relativeTime(at: Date, { now, locale }: { now: Date; locale: string }): string {
  const apart = at.getTime() - now.getTime();
  const [unit, ms] = UNITS.find(([, size]) => Math.abs(apart) >= size) ?? UNITS[2];
  const count = Math.round(apart / ms) || (apart < 0 ? -1 : 1);
  return new Intl.RelativeTimeFormat(locale).format(count, unit);
}
