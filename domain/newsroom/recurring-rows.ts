import type { Db } from "../database";
import { billingIntervalOf, frequencyOf, type OnceOrRecurringFrequency } from "../giving/frequency";
import { type Money, moneyOf } from "../money";
import { SUPPORTER_LAPSED_AFTER_DAYS } from "./at-risk";
import { ENDED_GIFTS_PERIOD_DAYS, type EndReason, endReasonOf } from "./endings";
import { selectEndedGifts, selectGiftsWithExpiringCard, selectSupportersLastPaidBefore } from "./store";

export const RECURRING_LIST_NAMES = ["ended", "card-ending", "lapsed"] as const;
export type RecurringListName = (typeof RECURRING_LIST_NAMES)[number];

/**
 * `endsAt`: when the gift ended, or when its card expires. `reason`: why it ended; null for a gift whose card expires.
 */
export type GiftEndedOrWithExpiringCard = {
  id: string;
  endsAt: Date;
  money: Money;
  frequency: OnceOrRecurringFrequency;
  reason: EndReason | null;
};
export type LapsedSupporter = { id: string; lastPaidAt: Date };
export type RecurringListContent = {
  gifts: GiftEndedOrWithExpiringCard[];
  supporters: LapsedSupporter[];
  /**
   * In the list `ended`: the number of days that the list covers. In the list `lapsed`: after how many days without a
   * payment a supporter counts as lapsed. The list `card-ending` does not use it.
   */
  days: number;
  isCut: boolean;
};

export const MAX_RECURRING_LIST_ROWS = 200;
const DAY_MS = 24 * 60 * 60 * 1000;

export async function getRecurringListContent(
  db: Db,
  { list, now }: { list: RecurringListName; now: Date },
): Promise<RecurringListContent> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const limit = MAX_RECURRING_LIST_ROWS + 1;
  if (list === "lapsed") {
    const supporters = await selectSupportersLastPaidBefore(db, {
      before: daysAgo(SUPPORTER_LAPSED_AFTER_DAYS),
      limit,
    });
    return { ...cut(supporters, "supporters"), days: SUPPORTER_LAPSED_AFTER_DAYS };
  }
  const rows =
    list === "ended"
      ? await selectEndedGifts(db, { from: daysAgo(ENDED_GIFTS_PERIOD_DAYS), limit })
      : await selectGiftsWithExpiringCard(db, { limit });
  const gifts = rows.map(({ id, endsAt, amountMinor, currency, frequency, reason }) => ({
    ...{ id, endsAt, money: moneyOf(amountMinor, currency), frequency: frequencyOf(billingIntervalOf(frequency)) },
    reason: list === "ended" ? endReasonOf(reason) : null,
  }));
  return { ...cut(gifts, "gifts"), days: ENDED_GIFTS_PERIOD_DAYS };
}

function cut<Name extends "gifts" | "supporters">(
  rows: RecurringListContent[Name],
  name: Name,
): Omit<RecurringListContent, "days"> {
  return {
    gifts: [],
    supporters: [],
    [name]: rows.slice(0, MAX_RECURRING_LIST_ROWS),
    isCut: rows.length > MAX_RECURRING_LIST_ROWS,
  };
}
