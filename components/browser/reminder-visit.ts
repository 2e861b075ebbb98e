// Hides the banner after a visit from a reminder e-mail, because that e-mail already asked for a gift.

import { FROM_REMINDER_QUERY_PARAM } from "../../domain/appeal/manners";
import { readerMemoryAfterClosingBanner } from "../../domain/appeal/memory-changes";
import { parseMannersAttribute } from "./own-manners";
import { updateReaderMemory } from "./reader-memory";

export function hideBannerAfterReminderVisit(): void {
  if (!new URLSearchParams(location.search).has(FROM_REMINDER_QUERY_PARAM)) return;
  const manners = parseMannersAttribute();
  updateReaderMemory((reader, at) => readerMemoryAfterClosingBanner(reader, { way: "reminder", at, manners }));
}
