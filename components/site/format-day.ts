// Formats days in the newsroom's time zone, so that pages, mails and the ledger show the same day.
import { keepTogether } from "@/domain/calendar";
import { publication } from "@/publication";

const STYLES = {
  long: { dateStyle: "long" },
  short: { dateStyle: "medium" },
  month: { month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** `day`: a Date or an ISO 8601 string. */
export function formatDay(
  day: Date | string,
  {
    locale,
    style = "long",
    timeZone = publication.timeZone,
  }: { locale: string; style?: keyof typeof STYLES; timeZone?: string },
): string {
  return keepTogether(new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone }).format(new Date(day)));
}
