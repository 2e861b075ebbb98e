// The memory of a device if the setting OUTLET_RISK is high, because being known as a supporter can endanger a person. A gift,
// "I already gave" and "not this time" must store the same bytes, so that nobody can tell them apart.
import type { Manners } from "./manners";
import { findQuietPeriod } from "./quiet-period";
import type { ReaderMemory } from "./reader-memory";

/** Hides the banner after a gift, "I already gave" or a reminder as long as after "not this time". */
export function mannersForHighRisk(manners: Manners): Manners {
  const { quietDaysAfter, viewsCountedForDays, mostViews, daysBetweenViews } = manners;
  const rest = quietDaysAfter["not-now"];
  return {
    ...manners,
    quietDaysAfter: { "not-now": rest, reminder: rest, "already-gave": rest, gift: rest },
    quietHoursAfterLater: 0,
    daysBetweenViews: Math.max(daysBetweenViews, Math.ceil(viewsCountedForDays / mostViews)),
  };
}

/** `manners`: as mannersForHighRisk() returns them. */
export function memoryForHighRisk(reader: ReaderMemory, { now, manners }: { now: number; manners: Manners }) {
  return { quietUntil: findQuietPeriod({ reader, now, manners })?.until ?? 0 };
}
