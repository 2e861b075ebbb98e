import { publication } from "@/publication";

/** A day for eyes, in the newsroom's own time zone: the same for every reader, as the page is. */
export function formatDay(at: string | Date, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: publication.timeZone });
  return format.format(new Date(at));
}
