import { dayOn } from "../calendar";

export const DAYS_OF_MONTH = Array.from({ length: 31 }, (_, index) => index + 1);

const HOUR_MS = 3_600_000;

/**
 * Returns when Stripe charges for a period. Before that, Stripe keeps the invoice as a draft for about an hour
 * (docs.stripe.com/billing/invoices/subscription).
 */
export function chargeTimeFor(periodStart: Date): Date {
  return new Date(periodStart.getTime() + HOUR_MS);
}

/**
 * The longest trial that Stripe accepts (stripe-ruby issue 804). To move a payment to a later day, the site gives the
 * subscription a trial until that day.
 */
const MAX_TRIAL_MS = 730 * 24 * HOUR_MS;

export function latestPossibleChargeDate(now: Date): Date {
  return new Date(now.getTime() + MAX_TRIAL_MS);
}

export function firstTimeWhenMoveToDayIsAllowed(day: Date): Date {
  return new Date(day.getTime() - MAX_TRIAL_MS);
}

export function parseDayOfMonth(text: string): number | null {
  const day = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return day >= 1 && day <= 31 ? day : null;
}

export function dayOfMonthOn(at: Date, timeZone: string): number {
  return Number(dayOn(at, timeZone).slice(-2));
}

/**
 * Returns the first noon (UTC) at or after `from` on day `day` of a month, or on the last day of a shorter month.
 * Stripe charges an hour later, and both times must be on that day in `timeZone`. If noon does not fulfil this, returns
 * the nearest hour that does.
 */
export function nextDayOfMonth({ from, day, timeZone }: { from: Date; day: number; timeZone: string }): Date {
  const [year = 0, month = 0] = dayOn(from, timeZone).split("-").map(Number);
  const days = [0, 1].map((later) => {
    const last = new Date(Date.UTC(year, month + later, 0)).getUTCDate();
    return noonOf({ year, month: month - 1 + later, day: Math.min(day, last) }, timeZone);
  });
  return days.find((each) => each >= from) ?? (days[1] as Date);
}

function noonOf({ year, month, day }: { year: number; month: number; day: number }, timeZone: string): Date {
  const inUtc = Date.UTC(year, month, day);
  const wanted = new Date(inUtc).toISOString().slice(0, 10);
  // The hours in UTC to try: midday first, then those nearest to midday.
  const hours = [12, 11, 13, 10, 14, 9, 15, 8, 16, 7, 17, 6, 18, 5, 19, 4, 20, 3, 21, 2, 22];
  const hour = hours.find((each) => {
    const at = new Date(inUtc + each * HOUR_MS);
    // Stripe charges an hour after this time (see chargeTimeFor). Both times must be on the wanted day.
    return dayOn(at, timeZone) === wanted && dayOn(new Date(at.getTime() + HOUR_MS), timeZone) === wanted;
  });
  return new Date(inUtc + (hour ?? 12) * HOUR_MS);
}
