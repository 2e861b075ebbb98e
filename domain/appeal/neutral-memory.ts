// The memory of a device under high risk, where being known as a supporter can endanger a person: only the date until which the banner
// rests. A gift, "I already gave" and "not this time" must leave the same bytes, so that nobody who holds the device can tell them apart.
import type { Manners } from "./manners";
import type { ReaderMemory } from "./reader-memory";
import { findRest } from "./rest";

/** Every answer and a gift rest the banner as long as "not this time". Views are not kept, so each rests it for its share of the days. */
export function neutralOf(manners: Manners): Manners {
  const { quietDaysAfter, viewsCountedForDays, mostViews, daysBetweenViews } = manners;
  const rest = quietDaysAfter["not-now"];
  return {
    ...manners,
    quietDaysAfter: { "not-now": rest, reminder: rest, "already-gave": rest, gift: rest },
    quietHoursAfterLater: 0,
    daysBetweenViews: Math.max(daysBetweenViews, Math.ceil(viewsCountedForDays / mostViews)),
  };
}

/** `manners`: those of neutralOf. */
export function neutralMemory(reader: ReaderMemory, { now, manners }: { now: number; manners: Manners }) {
  return { quietUntil: findRest({ reader, now, manners })?.until ?? 0 };
}
