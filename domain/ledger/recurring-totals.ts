// Totals of the recurring gifts: how many there are, and the sum of one payment of each gift. These rules say which totals change
// when a gift changes; store/recurring-gifts.ts writes them.
import type { RecurringGift, RecurringTotal } from "../../generated/sqlite/client";

/** The amounts to add to one row of the totals; negative to subtract. */
export type RecurringTotalChange = RecurringTotal;

type Counted = Pick<RecurringGift, "currency" | "frequency" | "status" | "cancelAt" | "amountMinor">;

/** Gifts that have not begun or have ended are not counted. */
export const COUNTED_STATUSES = ["active", "past_due", "unpaid", "paused"];

/** One change per row, without those that come to zero; always in the same order, so that two transactions never wait for each other. */
export function recurringTotalChanges(before: Counted | null, after: Counted): RecurringTotalChange[] {
  const changes = new Map<string, RecurringTotalChange>();
  for (const change of [...(before ? changesOf(before, -1) : []), ...changesOf(after, 1)]) {
    const name = recurringTotalName(change);
    const earlier = changes.get(name);
    changes.set(name, earlier ? sumOf(earlier, change) : change);
  }
  return [...changes]
    .filter(([, { gifts, ending, amountMinor }]) => gifts !== 0 || ending !== 0 || amountMinor !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change);
}

export function recurringTotalName({ currency, frequency, status }: RecurringTotal): string {
  return [currency, frequency, status].join("|");
}

function changesOf({ currency, frequency, status, cancelAt, amountMinor }: Counted, sign: 1 | -1) {
  if (!COUNTED_STATUSES.includes(status)) return [];
  const ending = cancelAt ? sign : 0;
  return [{ currency, frequency, status, gifts: sign, ending, amountMinor: BigInt(sign) * amountMinor }];
}

function sumOf(a: RecurringTotalChange, b: RecurringTotalChange): RecurringTotalChange {
  return { ...a, gifts: a.gifts + b.gifts, ending: a.ending + b.ending, amountMinor: a.amountMinor + b.amountMinor };
}
