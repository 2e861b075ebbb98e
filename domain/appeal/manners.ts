// The page /banner-manners shows these numbers to readers.

export const MANNERS = {
  quietDaysAfter: { "not-now": 30, reminder: 60, "already-gave": 90, gift: 90 },
  /** The number of hours for which the banner stays hidden after "later today". 0 if the answer "later today" is not offered. */
  quietHoursAfterLater: 6,
  /** A reader who gives regularly is not asked as long as they come back within this many days. */
  quietDaysAfterVisitOfRegularGiver: 30,
  mostViews: 4,
  viewsCountedForDays: 30,
  daysBetweenViews: 1,
  secondsBeforeAsking: 8,
  /** The share of the text, from 0 to 1, that the reader must scroll past before the banner asks. */
  shareReadBeforeAsking: 0.2,
  smallestWindowPx: 480,
  /** The number of days for which the device remembers which gift forms were sent from it. */
  daysOfMark: 1,
  /** After this many hours the gift form may offer an unfinished gift again. */
  hoursBeforeRecall: 4,
  /** The number of days for which the device keeps a gift that was not paid. */
  daysOfRecall: 3,
  /** The largest share of the window, from 0 to 1, that the banner may cover. */
  largestShareOfWindow: 0.4,
  /** The appeal's start and end, in milliseconds since 1970. `appealEndsAt` is 0 for an appeal without an end. */
  appealStartsAt: 0,
  appealEndsAt: 0,
} as const;

export type Manners = Record<Exclude<keyof typeof MANNERS, "quietDaysAfter">, number> & {
  quietDaysAfter: Record<keyof typeof MANNERS.quietDaysAfter, number>;
};

/** `not-now`: the answer "not this time". `reminder`: the reader asked for a reminder e-mail, or came from one. */
export const WAYS_TO_CLOSE = ["later", "not-now", "reminder", "already-gave"] as const;
export type WayToClose = (typeof WAYS_TO_CLOSE)[number];

export const FROM_REMINDER_PARAM = "reminded";

/** The reasons why the banner may not show on a page now. `zoomed`: pinch zoom only; browser zoom makes the window smaller instead. */
export const HINDRANCES = ["hidden", "typing", "reading-aloud", "zoomed", "printing", "asked-already"] as const;
export type Hindrance = (typeof HINDRANCES)[number];

export function daysInMs(count: number): number {
  return hoursInMs(24 * count);
}

export function hoursInMs(count: number): number {
  return count * 60 * 60 * 1000;
}
