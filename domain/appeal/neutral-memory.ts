// The memory of a device under high risk, where being known as a supporter can endanger a person. It is only the date until which the
// banner rests. A gift, "I already gave" and "not this time" must store the same bytes, so that nobody can tell them apart.
import type { Manners } from "./manners";
import type { ReaderMemory } from "./reader-memory";
import { findQuietPeriod } from "./rest";

/**
 * Makes every answer, and a gift, rest the banner exactly as long as "not this time". The device keeps no list of views, so each view
 * rests the banner for `viewsCountedForDays / mostViews` days.
 */
export function neutralManners(manners: Manners): Manners {
  const { quietDaysAfter, viewsCountedForDays, mostViews, daysBetweenViews } = manners;
  const rest = quietDaysAfter["not-now"];
  return {
    ...manners,
    quietDaysAfter: { "not-now": rest, reminder: rest, "already-gave": rest, gift: rest },
    quietHoursAfterLater: 0,
    daysBetweenViews: Math.max(daysBetweenViews, Math.ceil(viewsCountedForDays / mostViews)),
  };
}

/** `manners`: as neutralManners() returns them. */
export function neutralMemory(reader: ReaderMemory, { now, manners }: { now: number; manners: Manners }) {
  return { quietUntil: findQuietPeriod({ reader, now, manners })?.until ?? 0 };
}
