import { DEFAULT_MANNERS, daysInMs, hoursInMs, type Manners, type WayToCloseBanner } from "./manners";
import type { ReaderMemory } from "./reader-memory";

export type QuietPeriodInputs = { reader: ReaderMemory; now: number; manners?: Manners };

/**
 * A time in which the banner stays hidden. `until`: the first moment at which it can ask again, in milliseconds since
 * 1970.
 */
export type QuietPeriod = { reason: QuietPeriodReason; until: number };
export const QUIET_PERIOD_REASONS = [
  "later",
  "not-now",
  "reminder",
  "already-gave",
  "gift",
  "regular-gift",
  "seen-often",
  "seen-lately",
] as const;
export type QuietPeriodReason = (typeof QUIET_PERIOD_REASONS)[number];

/**
 * Returns why the banner must stay hidden now, or null if it may ask. If there are several reasons, returns the one
 * that lasts longest.
 */
export function findQuietPeriod({ reader, now, manners = DEFAULT_MANNERS }: QuietPeriodInputs): QuietPeriod | null {
  const rests = listRests(reader, manners).filter(({ until }) => now < until);
  return rests.sort((a, b) => b.until - a.until)[0] ?? null;
}

/**
 * Returns true if the banner can offer the answer "later today". Returns false if `quietHoursAfterLater` is 0, or if
 * the banner must stay hidden for more than `quietHoursAfterLater` hours for another reason.
 */
export function mayShowLaterTodayButton({ reader, now, manners = DEFAULT_MANNERS }: QuietPeriodInputs): boolean {
  const closed = { way: "later", at: now } as const;
  return findQuietPeriod({ reader: { ...reader, closed }, now, manners })?.reason === "later";
}

export function isQuietPeriodOver(moment: QuietPeriodInputs): boolean {
  return findQuietPeriod(moment) === null;
}

function listRests({ closed, gift, views, quietUntil }: ReaderMemory, manners: Manners): QuietPeriod[] {
  const latestFirst = [...views].sort((a, b) => b - a);
  const [latest] = latestFirst;
  // After "later today", the banner is allowed to ask again before the usual days between two views are over.
  const isAskedBack = closed?.way === "later" && closed.at >= (latest ?? 0);
  const restAfter = (reason: QuietPeriodReason, at: number | undefined, count: number): QuietPeriod[] =>
    at === undefined ? [] : [{ reason, until: at + daysInMs(count) }];
  return [
    { reason: "not-now", until: quietUntil },
    ...(closed ? [{ reason: closed.way, until: quietEndAfterClosingMs(closed, manners) }] : []),
    ...(gift
      ? [{ reason: gift.regular ? "regular-gift" : "gift", until: quietEndAfterGiftMs(gift, manners) } as const]
      : []),
    ...restAfter("seen-often", latestFirst[manners.mostViews - 1], DEFAULT_MANNERS.viewsCountedForDays),
    ...restAfter("seen-lately", isAskedBack ? undefined : latest, manners.daysBetweenViews),
  ];
}

export function quietEndAfterClosingMs({ way, at }: { way: WayToCloseBanner; at: number }, manners: Manners): number {
  if (way === "later") return at + hoursInMs(manners.quietHoursAfterLater);
  return answeredUntil({ at, count: manners.quietDaysAfter[way] }, manners);
}

/**
 * Returns the time until which the banner stays hidden after the reader closed it or gave. `at`: the time of the
 * closing or the gift. `count`: the minimum number of days. If the appeal had started by `at`, the banner stays hidden
 * at least until the appeal ends.
 */
function answeredUntil({ at, count }: { at: number; count: number }, manners: Manners): number {
  const { appealStartsAt, appealEndsAt } = manners;
  return Math.max(at + daysInMs(count), at >= appealStartsAt ? appealEndsAt : 0);
}

export function quietEndAfterGiftMs(gift: ReaderMemory["gift"], manners: Manners): number {
  if (!gift) return 0;
  const afterGift = answeredUntil({ at: gift.at, count: manners.quietDaysAfter.gift }, manners);
  if (!gift.regular) return afterGift;
  return Math.max(afterGift, gift.lastVisitAt + daysInMs(DEFAULT_MANNERS.quietDaysAfterVisitOfRegularSupporter));
}

export function isInQuietPeriodAfterGift({ reader, now, manners = DEFAULT_MANNERS }: QuietPeriodInputs): boolean {
  return now < quietEndAfterGiftMs(reader.gift, manners);
}
