// Pausing a supporter's own recurring gift. A gift that is charged every month or more often leaves whole payments out. Left out, a yearly
// payment would be gone for a year, so the next payment of a rarer gift is put off by the months of the pause.
import { chargeAt, latestMove } from "../giving/charge-day";
import { monthsAfter, periodEndFrom, rhythmOf } from "../giving/frequency";
import { isBeingCharged, mayMove, type OwnRecurringGift } from "./own-recurring-gifts";

const DAY_MS = 86_400_000;
export const PAUSE_MONTHS = { least: 1, most: 12 } as const;

/** An overdue gift can be paused, too, but its payment cannot be put off. */
export function mayPause(gift: OwnRecurringGift): boolean {
  if (isPutOff(gift)) return mayMove(gift);
  return gift.paidUntil !== null && isBeingCharged(gift.standing);
}

/** True for a gift that is charged less often than every month. */
export function isPutOff({ frequency }: OwnRecurringGift): boolean {
  const { interval, count } = rhythmOf(frequency);
  return interval === "year" || (interval === "month" && count > 1);
}

/** The months that this gift may be paused for now. */
export function listPauseMonths(gift: OwnRecurringGift, now: Date): number[] {
  const months = Array.from({ length: PAUSE_MONTHS.most }, (_, index) => index + PAUSE_MONTHS.least);
  const latest = chargeAt(latestMove(now));
  return isPutOff(gift) ? months.filter((count) => pausePlan(gift, count).nextPaymentAt <= latest) : months;
}

/**
 * When a pause of so many months ends: a day before the payment that is charged again, so that this payment falls clearly outside it.
 * `end`: of the current period · `anchor`: its day of the month is kept.
 */
export function pauseEnd({ end, anchor, months }: Period & { months: number }): Date {
  return new Date(putOffTo({ end, anchor, months }).getTime() - DAY_MS);
}

/** The end of the period after a payment was put off. */
export function putOffTo({ end, anchor, months }: Period & { months: number }): Date {
  return monthsAfter(end, months, anchor.getUTCDate());
}

type Period = { end: Date; anchor: Date };

/** The day a pause ends and the day of the payment after it, as they are promised before the press. The gift must allow a pause. */
export function pausePlan(gift: OwnRecurringGift, months: number): { until: Date; nextPaymentAt: Date } {
  if (!gift.paidUntil) throw new Error(`the period of recurring gift ${gift.id} is not known`);
  const period = { end: gift.paidUntil, anchor: gift.anchor };
  const until = pauseEnd({ ...period, months });
  if (isPutOff(gift)) return { until, nextPaymentAt: chargeAt(putOffTo({ ...period, months })) };
  const next = periodEndFrom({ ...period, rhythm: rhythmOf(gift.frequency), from: until });
  return { until, nextPaymentAt: chargeAt(next) };
}

/** Null for a text that is not one of the lengths of a pause. */
export function parsePauseMonths(text: string): number | null {
  const months = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return months >= PAUSE_MONTHS.least && months <= PAUSE_MONTHS.most ? months : null;
}

/** True if the pause may be ended early. */
export function mayResume({ standing }: OwnRecurringGift): boolean {
  return standing === "paused";
}
