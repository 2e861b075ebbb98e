// By default, days are in the newsroom's time zone, so that pages and e-mails show the same day.
import { joinNumbersToWordsWithNoBreakSpaces } from "@/domain/calendar";
import { publication } from "@/publication";

const STYLES = {
  long: { dateStyle: "long" },
  short: { dateStyle: "medium" },
  month: { month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/**
 * Formats a day. A no-break space keeps each number on one line with the word after it. `day`: a Date or an ISO 8601
 * string.
 */
export function formatDay(
  day: Date | string,
  {
    locale,
    style = "long",
    timeZone = publication.timeZone,
  }: { locale: string; style?: keyof typeof STYLES; timeZone?: string },
): string {
  return joinNumbersToWordsWithNoBreakSpaces(dayFormat(locale, { style, timeZone }).format(new Date(day)));
}

/** Caches the formats, because creating one takes far longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(
  locale: string,
  { style, timeZone }: { style: keyof typeof STYLES; timeZone: string },
): Intl.DateTimeFormat {
  const key = `${locale} ${style} ${timeZone}`;
  const cached = formats.get(key);
  if (cached) return cached;
  const format = new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone });
  formats.set(key, format);
  return format;
}
