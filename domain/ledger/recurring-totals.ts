// Computes the totals of recurring gifts: the number of gifts, and the sum of their amounts. A gift's amount is the
// amount of one payment.
import type { RecurringGift, RecurringTotal } from "../../generated/sqlite/client";

export type RecurringTotalChange = RecurringTotal;

type Counted = Pick<
  RecurringGift,
  "currency" | "frequency" | "status" | "cancelAt" | "amountMinor" | "cardExpiresAt" | "chargesNextAt"
>;
export const RECURRING_TOTAL_SUMMED_COLUMNS = [
  "gifts",
  "ending",
  "amountMinor",
  "cardEnding",
  "cardEndingMinor",
] as const;

/** The statuses of gifts that are counted. Gifts that have not begun or have ended are not counted. */
export const RECURRING_STATUSES_IN_TOTALS = ["active", "past_due", "unpaid", "paused"];

/**
 * Returns the changes of the totals if a gift changes from `before` to `after`. Returns at most one change for each row
 * of the totals, and no change of zero. The rows are always in the same order, so that two transactions never deadlock.
 */
export function recurringTotalChanges(before: Counted | null, after: Counted): RecurringTotalChange[] {
  const changes = new Map<string, RecurringTotalChange>();
  for (const change of [...(before ? changesOf(before, -1) : []), ...changesOf(after, 1)]) {
    const name = recurringTotalKey(change);
    const earlier = changes.get(name);
    changes.set(name, earlier ? sumOf(earlier, change) : change);
  }
  return [...changes]
    .filter(([, change]) => RECURRING_TOTAL_SUMMED_COLUMNS.some((name) => Number(change[name]) !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change);
}

export function recurringTotalKey({ currency, frequency, status }: RecurringTotal): string {
  return [currency, frequency, status].join("|");
}

/**
 * Returns true for an active gift without a planned end, if the card can pay at most one more charge. That is so if the
 * next charge is on or after the card's last valid day. `cardExpiresAt`: the beginning of that day.
 */
function hasEndingCard({ status, cancelAt, cardExpiresAt, chargesNextAt }: Counted): boolean {
  return (
    status === "active" &&
    !cancelAt &&
    cardExpiresAt !== null &&
    chargesNextAt !== null &&
    cardExpiresAt <= chargesNextAt
  );
}

function changesOf(gift: Counted, sign: 1 | -1): RecurringTotalChange[] {
  const { currency, frequency, status } = gift;
  if (!RECURRING_STATUSES_IN_TOTALS.includes(status)) return [];
  const amountMinor = BigInt(sign) * gift.amountMinor;
  const cards = hasEndingCard(gift) ? { cardEnding: sign, cardEndingMinor: amountMinor } : NO_CARDS;
  return [{ currency, frequency, status, gifts: sign, ending: gift.cancelAt ? sign : 0, amountMinor, ...cards }];
}

const NO_CARDS = { cardEnding: 0, cardEndingMinor: 0n };

function sumOf(a: RecurringTotalChange, b: RecurringTotalChange): RecurringTotalChange {
  return {
    ...a,
    ...{ gifts: a.gifts + b.gifts, ending: a.ending + b.ending, amountMinor: a.amountMinor + b.amountMinor },
    ...{ cardEnding: a.cardEnding + b.cardEnding, cardEndingMinor: a.cardEndingMinor + b.cardEndingMinor },
  };
}
