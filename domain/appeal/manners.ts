// The numbers by which the banner asks. The site prints them at /banner-manners, so the promise there always matches the rule here.

export const MANNERS = {
  quietDaysAfter: { "not-now": 30, reminder: 60, "already-gave": 90, gift: 90 },
  /** Hours for which the banner stays away after "later today". 0 if that answer is not offered. */
  quietHoursAfterLater: 6,
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
  /** How long after "continue to payment" the gift form may recall an unfinished gift. By then its Checkouts have closed. */
  hoursBeforeRecall: 4,
  /** How many days after that press the device keeps the unfinished gift. */
  daysOfRecall: 3,
  /** Largest share of the window, 0 to 1, that the banner may cover. With large text on a small phone it is not shown. */
  largestShareOfWindow: 0.4,
  /** When the appeal starts and ends, in milliseconds since 1970. The end is 0 for an appeal without one. */
  appealStartsAt: 0,
  appealEndsAt: 0,
} as const;

/** The numbers in force: those of MANNERS, more reserved ones that the newsroom chose (manner-choices.ts), and the appeal's own times. */
export type Manners = Record<Exclude<keyof typeof MANNERS, "quietDaysAfter">, number> & {
  quietDaysAfter: Record<keyof typeof MANNERS.quietDaysAfter, number>;
};

/** `not-now`: "not this time", or the Escape key. `reminder`: asked for a mail, or came from one. */
export const WAYS_TO_CLOSE = ["later", "not-now", "reminder", "already-gave"] as const;
export type WayToClose = (typeof WAYS_TO_CLOSE)[number];

/** The query parameter of a reminder mail's link. It tells the device that its reader has been asked by mail. */
export const FROM_REMINDER = "reminded";

/** Reasons why the banner does not show on a page now. `zoomed`: with two fingers; other zoom makes the window smaller. */
export const HINDRANCES = ["hidden", "typing", "reading-aloud", "zoomed", "printing", "asked-already"] as const;
export type Hindrance = (typeof HINDRANCES)[number];

export function days(count: number): number {
  return hours(24 * count);
}

export function hours(count: number): number {
  return count * 60 * 60 * 1000;
}
