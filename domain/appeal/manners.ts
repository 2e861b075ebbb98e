// Decides when the banner may ask. It uses only data that is stored on the reader's own device and never leaves it. The site prints
// these numbers at /banner-manners, so the promise there always matches the rule here.

import { parseTrial, type TrialMemory } from "./trial-memory";

export const MANNERS = {
  quietDaysAfter: { "not-now": 30, "already-gave": 90, gift: 90 },
  /** A reader who gives regularly is not asked while they come back within this many days. */
  quietDaysAfterVisitOfRegularGiver: 30,
  mostViews: 4,
  viewsCountedForDays: 30,
  daysBetweenViews: 1,
  secondsBeforeAsking: 8,
  /** Share of the text that must have been scrolled past, 0 to 1. */
  shareReadBeforeAsking: 0.2,
  smallestWindowPx: 480,
  /** How many days the device remembers which gift forms were sent from it. */
  daysOfMark: 1,
  /** Largest share of the window, 0 to 1, that the banner may cover. With large text on a small phone it is not shown. */
  largestShareOfWindow: 0.4,
} as const;

/** The numbers in force: those of MANNERS, or more reserved ones that the newsroom chose (manner-choices.ts). */
export type Manners = Record<Exclude<keyof typeof MANNERS, "quietDaysAfter">, number> & {
  quietDaysAfter: Record<WayToClose | "gift", number>;
};

export type WayToClose = "not-now" | "already-gave";

/** The memory of one device. Times are milliseconds since 1970. */
export type ReaderMemory = {
  views: number[];
  closed: { way: WayToClose; at: number } | null;
  gift: { regular: boolean; at: number; lastVisitAt: number } | null;
  /** when each gift form was sent from this device, by the form's one-time number. It shows which thank-you pages are this device's own. */
  sentForms: Record<string, number>;
  trial: TrialMemory;
};

export type PageState = {
  windowHeightPx: number;
  secondsOnPage: number;
  shareRead: number;
  isTyping: boolean;
  /** True while the appeal at the end of the article is visible: asking twice at once is rude. */
  isAskedAlready: boolean;
};

type Asking = { reader: ReaderMemory; now: number; page: PageState; manners?: Manners };

export const EMPTY_READER_MEMORY: ReaderMemory = { views: [], closed: null, gift: null, sentForms: {}, trial: null };

export function mayAsk({ reader, now, page, manners = MANNERS }: Asking): boolean {
  return isReaderWilling({ reader, now, manners }) && isPageFit(page, manners);
}

/** True if the reader's memory allows the banner. If it does not, the page does not start its clock. */
export function isReaderWilling(asking: Omit<Asking, "page">): boolean {
  return findRest(asking) === null;
}

/** Why the banner rests on a device, and the first moment at which it may ask again. */
export type Rest = { reason: RestReason; until: number };
export type RestReason = WayToClose | "gift" | "regular-gift" | "seen-often" | "seen-lately";

/** Returns the rest that ends last, or null if the banner does not rest. */
export function findRest({ reader, now, manners = MANNERS }: Omit<Asking, "page">): Rest | null {
  const rests = listRests(reader, manners).filter(({ until }) => now < until);
  return rests.sort((a, b) => b.until - a.until)[0] ?? null;
}

function listRests({ closed, gift, views }: ReaderMemory, manners: Manners): Rest[] {
  const latestFirst = [...views].sort((a, b) => b - a);
  const restAfter = (reason: RestReason, at: number | undefined, count: number): Rest[] =>
    at === undefined ? [] : [{ reason, until: at + days(count) }];
  return [
    ...(closed ? [{ reason: closed.way, until: closedUntil(closed, manners) }] : []),
    ...(gift ? [{ reason: gift.regular ? "regular-gift" : "gift", until: thankedUntil(gift, manners) } as const] : []),
    ...restAfter("seen-often", latestFirst[manners.mostViews - 1], MANNERS.viewsCountedForDays),
    ...restAfter("seen-lately", latestFirst[0], manners.daysBetweenViews),
  ];
}

function isPageFit(page: PageState, manners: Manners): boolean {
  return (
    page.windowHeightPx >= MANNERS.smallestWindowPx &&
    page.secondsOnPage >= manners.secondsBeforeAsking &&
    page.shareRead >= manners.shareReadBeforeAsking &&
    !page.isTyping &&
    !page.isAskedAlready
  );
}

/** True if the banner leaves enough of the window free. Call it last: measuring a hidden banner costs a layout. */
export function isBannerFit({ bannerHeightPx, windowHeightPx }: { bannerHeightPx: number; windowHeightPx: number }) {
  return bannerHeightPx <= windowHeightPx * MANNERS.largestShareOfWindow;
}

function closedUntil({ way, at }: { way: WayToClose; at: number }, manners: Manners): number {
  return at + days(manners.quietDaysAfter[way]);
}

function thankedUntil(gift: ReaderMemory["gift"], manners: Manners): number {
  if (!gift) return 0;
  const afterGift = gift.at + days(manners.quietDaysAfter.gift);
  if (!gift.regular) return afterGift;
  return Math.max(afterGift, gift.lastVisitAt + days(MANNERS.quietDaysAfterVisitOfRegularGiver));
}

/** True for a reader who gave lately: they read thanks instead of the appeal. */
export function hasGivenLately({ reader, now, manners = MANNERS }: Omit<Asking, "page">): boolean {
  return now < thankedUntil(reader.gift, manners);
}

export function afterView(reader: ReaderMemory, now: number): ReaderMemory {
  const counted = reader.views.filter((at) => now - at < days(MANNERS.viewsCountedForDays));
  return { ...reader, views: [...counted, now] };
}

/** Keeps the answer that hides the banner longest: "not now" never shortens an earlier "I already gave". */
export function afterClosing(
  reader: ReaderMemory,
  { manners = MANNERS, ...closed }: { way: WayToClose; at: number; manners?: Manners },
): ReaderMemory {
  const isShorter = reader.closed !== null && closedUntil(closed, manners) < closedUntil(reader.closed, manners);
  return isShorter ? reader : { ...reader, closed };
}

export function afterGift(reader: ReaderMemory, { regular, at }: { regular: boolean; at: number }): ReaderMemory {
  // A single gift does not end the quiet time of a regular one.
  return { ...reader, gift: { regular: regular || reader.gift?.regular === true, at, lastVisitAt: at } };
}

/**
 * The memory of a device whose reader was forgotten: exactly that of a stranger who has just pressed "not now". A longer wait, or a field
 * of its own, would show that somebody who gave has left. What it remembers of an experiment stays, as it would on a stranger's.
 */
export function afterForgetting({ trial }: ReaderMemory, now: number): ReaderMemory {
  return afterClosing(afterView({ ...EMPTY_READER_MEMORY, trial }, now), { way: "not-now", at: now });
}

export function afterSendingForm(reader: ReaderMemory, { mark, at }: { mark: string; at: number }): ReaderMemory {
  return { ...reader, sentForms: { ...reader.sentForms, [mark]: at } };
}

/** Renews the quiet time of a reader who gives regularly and came back in time. After a longer absence the quiet time is over. */
export function afterVisit(reader: ReaderMemory, now: number, manners: Manners = MANNERS): ReaderMemory {
  const { gift } = reader;
  if (!gift?.regular || now >= thankedUntil(gift, manners)) return reader;
  return { ...reader, gift: { ...gift, lastVisitAt: now } };
}

/** Reads the stored memory. Unreadable or foreign values and times in the future count as absent. */
export function parseMemory(text: string | null, now: number): ReaderMemory {
  const memory = parseJson(text);
  const isPast = (at: unknown): at is number => typeof at === "number" && at <= now;
  const isMark = (each: [string, unknown]): each is [string, number] =>
    isPast(each[1]) && now - each[1] < days(MANNERS.daysOfMark);
  const { views, closed, gift, sentForms, trial } = memory;
  return {
    views: Array.isArray(views) ? views.filter(isPast) : [],
    closed: isRecord(closed) && isWay(closed.way) && isPast(closed.at) ? { way: closed.way, at: closed.at } : null,
    gift:
      isRecord(gift) && isPast(gift.at) && isPast(gift.lastVisitAt)
        ? { regular: gift.regular === true, at: gift.at, lastVisitAt: gift.lastVisitAt }
        : null,
    sentForms: Object.fromEntries(Object.entries(sentForms ?? {}).filter(isMark)),
    trial: parseTrial(trial, now),
  };
}

function parseJson(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isWay(value: unknown): value is WayToClose {
  return value === "not-now" || value === "already-gave";
}

function days(count: number): number {
  return count * 24 * 60 * 60 * 1000;
}
