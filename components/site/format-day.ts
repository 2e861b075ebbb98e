// Days as the newsroom's own calendar has them, so that page, mail and books name the same one.
import { publication } from "@/publication";

const STYLES = {
  long: { dateStyle: "long" },
  short: { dateStyle: "medium" },
  month: { month: "long", year: "numeric" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** `day`: a date, or one written as ISO 8601. */
export function formatDay(
  day: Date | string,
  {
    locale,
    style = "long",
    timeZone = publication.timeZone,
  }: { locale: string; style?: keyof typeof STYLES; timeZone?: string },
): string {
  return new Intl.DateTimeFormat(locale, { ...STYLES[style], timeZone }).format(new Date(day));
}
