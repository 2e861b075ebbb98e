// The default rules for the banner. mannersFromChoices() replaces some of them by the newsroom's choices. The page
// /banner-manners shows readers the rules that apply.

export const DEFAULT_MANNERS = {
  quietDaysAfter: { "not-now": 30, reminder: 60, "already-gave": 90, gift: 90 },
  /** The number of hours for which the banner stays hidden after "later today". 0 if this answer is not offered. */
  quietHoursAfterLater: 6,
  /**
   * After each visit of a reader with a recurring gift, the banner stays hidden for this number of days.
   */
  quietDaysAfterVisitOfRegularSupporter: 30,
  mostViews: 4,
  viewsCountedForDays: 30,
  daysBetweenViews: 1,
  secondsBeforeAsking: 8,
  /**
   * The share of the text below the first screen, from 0 to 1, that the reader must have scrolled past before the
   * banner asks.
   */
  shareReadBeforeAsking: 0.2,
  smallestWindowPx: 480,
  /** The number of days for which the device stores which gift forms it sent. */
  daysOfSentForms: 1,
  /** The site can offer an unfinished gift again only when this many hours have passed since its form was sent. */
  hoursBeforeRecall: 4,
  /** The number of days for which the site can offer an unfinished gift again. Then the device must forget it. */
  daysOfRecall: 3,
  /** The largest share of the window's height, from 0 to 1, that the banner can cover. */
  largestShareOfWindow: 0.4,
  /** When the appeal starts and ends, in milliseconds since 1970. Both are 0 for an appeal without an end. */
  appealStartsAt: 0,
  appealEndsAt: 0,
} as const;

export type Manners = Record<Exclude<keyof typeof DEFAULT_MANNERS, "quietDaysAfter">, number> & {
  quietDaysAfter: Record<keyof typeof DEFAULT_MANNERS.quietDaysAfter, number>;
};

/**
 * The ways in which a reader hides the banner. `later`: the answer "later today". `not-now`: "not this time".
 * `reminder`: the reader opened the page that offers a reminder e-mail, or came from such an e-mail.
 */
export const WAYS_TO_CLOSE_BANNER = ["later", "not-now", "reminder", "already-gave"] as const;
export type WayToCloseBanner = (typeof WAYS_TO_CLOSE_BANNER)[number];

export const FROM_REMINDER_QUERY_PARAM = "reminded";

/**
 * The reasons why the banner must not show on a page now. `zoomed`: the reader has zoomed in by a pinch. The browser's
 * zoom command does not count, because the page adapts to it as to a smaller window.
 */
export const BANNER_HIDDEN_REASONS = [
  "hidden",
  "typing",
  "reading-aloud",
  "zoomed",
  "printing",
  "asked-already",
] as const;
export type BannerHiddenReason = (typeof BANNER_HIDDEN_REASONS)[number];

export function daysInMs(count: number): number {
  return hoursInMs(24 * count);
}

export function hoursInMs(count: number): number {
  return count * 60 * 60 * 1000;
}
