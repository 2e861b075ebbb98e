// Pauses of recurring gifts. A monthly gift skips the payments during its pause. A gift that is charged less often is
// different: a pause of three months only postpones its next payment by three months. Otherwise a yearly gift could
// lose a whole year's payment.
import { chargeTimeFor, latestPossibleChargeDate } from "../giving/charge-day";
import { billingIntervalOf, dateAfterMonths, firstPeriodEndFrom } from "../giving/frequency";
import { isRunningOrLate, mayMovePayment, type OwnRecurringGift } from "./own-recurring-gifts";

const DAY_MS = 86_400_000;
export const PAUSE_MONTHS_LIMITS = { least: 1, most: 12 } as const;

/**
 * Returns true if the gift can be paused. If a payment is overdue, the gift can be paused only if its period is at most
 * a month. A gift that Stripe has stopped charging cannot be paused.
 */
export function mayPause(gift: OwnRecurringGift): boolean {
  if (hasPeriodOverOneMonth(gift)) return mayMovePayment(gift);
  return gift.periodEndsAt !== null && isRunningOrLate(gift.standing);
}

/**
 * Returns true if the period is longer than a month. Periods that are counted in weeks or days do not count as longer.
 */
export function hasPeriodOverOneMonth({ frequency }: OwnRecurringGift): boolean {
  const { interval, count } = billingIntervalOf(frequency);
  return interval === "year" || (interval === "month" && count > 1);
}

export function listPauseLengthsInMonths(gift: OwnRecurringGift, now: Date): number[] {
  const months = Array.from({ length: PAUSE_MONTHS_LIMITS.most }, (_, index) => index + PAUSE_MONTHS_LIMITS.least);
  const latest = chargeTimeFor(latestPossibleChargeDate(now));
  return hasPeriodOverOneMonth(gift)
    ? months.filter((count) => pauseEndAndNextCharge(gift, count).chargesNextAt <= latest)
    : months;
}

/**
 * Returns the day on which a pause of `months` months ends. It is the day before the postponed payment, so that this
 * payment is clearly after the pause.
 */
export function lastDayOfPause({ end, dayOfMonth, months }: Period & { months: number }): Date {
  return new Date(postponedPeriodEnd({ end, dayOfMonth, months }).getTime() - DAY_MS);
}

export function postponedPeriodEnd({ end, dayOfMonth, months }: Period & { months: number }): Date {
  return dateAfterMonths(end, months, dayOfMonth);
}

/** `dayOfMonth`: the day of the month on which the gift is charged, in UTC. */
type Period = { end: Date; dayOfMonth: number };

/**
 * Returns the end of a pause of this many months, and the time of the charge after it. Throws an error if the current
 * period is unknown.
 */
export function pauseEndAndNextCharge(gift: OwnRecurringGift, months: number): { until: Date; chargesNextAt: Date } {
  if (!gift.periodEndsAt) throw new Error(`the current period of recurring gift ${gift.id} is unknown`);
  const period = { end: gift.periodEndsAt, dayOfMonth: gift.chargeDay };
  const until = lastDayOfPause({ ...period, months });
  if (hasPeriodOverOneMonth(gift))
    return { until, chargesNextAt: chargeTimeFor(postponedPeriodEnd({ ...period, months })) };
  const next = firstPeriodEndFrom({ ...period, billingInterval: billingIntervalOf(gift.frequency), from: until });
  return { until, chargesNextAt: chargeTimeFor(next) };
}

export function parsePauseMonths(text: string): number | null {
  const months = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return months >= PAUSE_MONTHS_LIMITS.least && months <= PAUSE_MONTHS_LIMITS.most ? months : null;
}

export function mayResume({ standing }: OwnRecurringGift): boolean {
  return standing === "paused";
}
