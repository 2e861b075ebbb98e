import type { Translate } from "@/content/messages";

type Format = { at: Date; timeZone: string } & Pick<Intl.DateTimeFormatOptions, "dateStyle" | "timeStyle">;

const OF_TIME = ["dayPeriod", "hour", "minute", "second"];
const NO_BREAK_SPACE = "\u00a0";

/** Formats date and time, to the minute by default. A line cannot break within the time, such as "1:09 AM". */
export function formatDateAndTime(
  { locale }: Pick<Translate, "locale">,
  { at, timeZone, dateStyle = "medium", timeStyle = "short" }: Format,
): string {
  const parts = new Intl.DateTimeFormat(locale, { dateStyle, timeStyle, timeZone }).formatToParts(at);
  const isOfTime = ({ type }: Intl.DateTimeFormatPart) => OF_TIME.includes(type);
  const [first, last] = [parts.findIndex(isOfTime), parts.findLastIndex(isOfTime)];
  const isWithin = (n: number) => n > first && n < last;
  return parts.map(({ value }, n) => (isWithin(n) ? value.replaceAll(/\s/g, NO_BREAK_SPACE) : value)).join("");
}
