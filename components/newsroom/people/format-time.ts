import type { Translate } from "@/content/messages";

/** Formats a date with its time to the minute, in the given time zone. */
export function formatTime(t: Translate, { at, timeZone }: { at: Date; timeZone: string }): string {
  return new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
}
