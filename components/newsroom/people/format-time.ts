import type { Translate } from "@/content/messages";

/** A moment to the minute, on the newsroom's clock. */
export function formatTime(t: Translate, { at, timeZone }: { at: Date; timeZone: string }): string {
  return new Intl.DateTimeFormat(t.locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
}
