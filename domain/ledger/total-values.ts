// Combines some columns of a payment, such as article and frequency, into one text (`value`), and splits it again. The
// ledger keeps separate totals for each such text.
import type { Payment } from "../../generated/sqlite/client";

export type PaymentColumnsForTotals = Pick<
  Payment,
  "currency" | "amountMinor" | "frequency" | "article" | "appeal" | "variant" | "placement" | "supporterKind"
>;

/**
 * The columns that `Total.value` joins with slashes, for each way to group the totals (`Total.by`). Only the first
 * column can contain a slash, so a value can be split again. `amount` counts payments by their amount, for the median,
 * and ignores later refunds.
 */
export const TOTAL_GROUPINGS = {
  article: ({ article, frequency }: PaymentColumnsForTotals) => [article ?? "", frequency],
  frequency: ({ frequency, supporterKind }: PaymentColumnsForTotals) => [frequency, supporterKind ?? "new"],
  variant: ({ appeal, variant, placement }: PaymentColumnsForTotals) => [appeal ?? "", variant ?? "", placement ?? ""],
  amount: ({ frequency, amountMinor }: PaymentColumnsForTotals) => [frequency, String(amountMinor)],
};
export type TotalGrouping = keyof typeof TOTAL_GROUPINGS;

export function joinTotalGroupColumns(by: TotalGrouping, payment: PaymentColumnsForTotals): string {
  return TOTAL_GROUPINGS[by](payment).join("/");
}

/** Splits a `value` into its parts from the right, because the first part can contain slashes. */
export function splitTotalGroupValue(value: string, count: 2): [string, string];
export function splitTotalGroupValue(value: string, count: 3): [string, string, string];
export function splitTotalGroupValue(value: string, count: number): string[] {
  const pieces = value.split("/");
  const first = pieces.slice(0, pieces.length - count + 1).join("/");
  return [first, ...pieces.slice(pieces.length - count + 1)];
}
