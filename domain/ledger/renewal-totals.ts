// Totals of the expected charges, by the day on which Stripe will charge.
import type { RecurringGift, RenewalTotal } from "../../generated/sqlite/client";
import { dayOn } from "../calendar";

export type UpcomingRenewalTotalChange = RenewalTotal;

type Counted = Pick<RecurringGift, "currency" | "frequency" | "chargesNextAt" | "amountMinor">;

/** Returns the changes of the totals, always in the same order, so that two transactions never deadlock. */
export function renewalTotalChanges(
  before: Counted | null,
  after: Counted,
  timeZone: string,
): UpcomingRenewalTotalChange[] {
  const [removed, added] = [
    before && renewalTotalRowForNextCharge(before, timeZone),
    renewalTotalRowForNextCharge(after, timeZone),
  ];
  if (removed && added && expectedRenewalTotalKey(removed) === expectedRenewalTotalKey(added)) {
    const amountMinor = added.amountMinor - removed.amountMinor;
    return amountMinor === 0n ? [] : [{ ...added, gifts: 0, amountMinor }];
  }
  const minus = removed && { ...removed, gifts: -1, amountMinor: -removed.amountMinor };
  return [minus, added]
    .filter((row) => row !== null)
    .sort((a, b) => (expectedRenewalTotalKey(a) < expectedRenewalTotalKey(b) ? -1 : 1));
}

export function expectedRenewalTotalKey({ day, currency, frequency }: RenewalTotal): string {
  return [day, currency, frequency].join("|");
}

/**
 * Returns the day, currency, frequency and amount of the gift's next charge, as a row of the totals. Returns null if
 * Stripe will not charge the gift.
 */
export function renewalTotalRowForNextCharge(gift: Counted, timeZone: string): RenewalTotal | null {
  const { chargesNextAt, currency, frequency, amountMinor } = gift;
  return chargesNextAt && { day: dayOn(chargesNextAt, timeZone), currency, frequency, gifts: 1, amountMinor };
}
