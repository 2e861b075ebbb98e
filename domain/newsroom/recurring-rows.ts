// Lists the gifts and supporters that the Recurring page counts: ids, amounts and days, but no names.
import type { Db } from "../database";
import { frequencyOf, type PaymentFrequency, rhythmOf } from "../giving/frequency";
import { type Money, moneyOf } from "../money";
import { LAPSED_AFTER_DAYS } from "./at-risk";
import { ENDINGS_DAYS, type EndReason, endReasonOf } from "./endings";
import { selectCardEnding, selectEnded, selectLapsed } from "./store";

export const ROW_LISTS = ["ended", "card-ending", "lapsed"] as const;
export type RowList = (typeof ROW_LISTS)[number];

/** `at`: the time at which the gift ended or its card expires. */
export type GiftRow = { id: string; at: Date; money: Money; frequency: PaymentFrequency; reason: EndReason | null };
export type SupporterRow = { id: string; at: Date };
export type ListedRows = {
  gifts: GiftRow[];
  supporters: SupporterRow[];
  /** The number of days that the list covers. In the list of lapsed supporters: the number of days without a payment. */
  days: number;
  isCut: boolean;
};

export const MAX_ROWS = 200;
const DAY_MS = 24 * 60 * 60 * 1000;

export async function listRows(db: Db, { list, now }: { list: RowList; now: Date }): Promise<ListedRows> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const most = MAX_ROWS + 1;
  if (list === "lapsed") {
    const supporters = await selectLapsed(db, { until: daysAgo(LAPSED_AFTER_DAYS), most });
    return { ...cut(supporters, "supporters"), days: LAPSED_AFTER_DAYS };
  }
  const rows =
    list === "ended"
      ? await selectEnded(db, { from: daysAgo(ENDINGS_DAYS), most })
      : await selectCardEnding(db, { most });
  const gifts = rows.map(({ id, at, amountMinor, currency, frequency, reason }) => ({
    ...{ id, at, money: moneyOf(amountMinor, currency), frequency: frequencyOf(rhythmOf(frequency)) },
    reason: list === "ended" ? endReasonOf(reason) : null,
  }));
  return { ...cut(gifts, "gifts"), days: ENDINGS_DAYS };
}

function cut<Name extends "gifts" | "supporters">(rows: ListedRows[Name], name: Name): Omit<ListedRows, "days"> {
  return { gifts: [], supporters: [], [name]: rows.slice(0, MAX_ROWS), isCut: rows.length > MAX_ROWS };
}
