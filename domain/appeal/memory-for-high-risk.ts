// If OUTLET_RISK is high, a device stores as little as possible, because being known as a supporter can endanger a
// person. After a gift, after "I already gave" and after "not this time", the device must store the same bytes. So
// nobody can tell from the device which of the three happened.
import type { Manners } from "./manners";
import { findQuietPeriod } from "./quiet-period";
import type { ReaderMemory } from "./reader-memory";

/**
 * Returns the banner's rules if OUTLET_RISK is high. After a gift, "I already gave" or a reminder, the banner stays
 * hidden as long as after "not this time". The device does not store how often it showed the banner. So
 * `daysBetweenViews` is made long enough that it shows the banner at most `mostViews` times in `viewsCountedForDays`
 * days.
 */
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

/**
 * Returns what the device stores: the time until which the banner stays hidden, or 0 if it may show now. `manners`: the
 * result of mannersForHighRisk().
 */
export function deviceMemoryForHighRiskOutlet(
  reader: ReaderMemory,
  { now, manners }: { now: number; manners: Manners },
) {
  return { quietUntil: findQuietPeriod({ reader, now, manners })?.until ?? 0 };
}
