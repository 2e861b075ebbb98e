// The cross sums of the totals: which parts the `value` of each has, how it is written, and how it is read.
import type { Payment } from "../../generated/sqlite/client";

/** The columns of a payment that decide which rows of the totals it counts in. */
export type Counted = Pick<
  Payment,
  "currency" | "amountMinor" | "frequency" | "article" | "appeal" | "variant" | "placement" | "supporterKind"
>;

/**
 * Each cross sum, with the parts of its value. No part but the first contains a slash, so a page can add up rows over the parts that it
 * does not ask for. `amount` has no rows for `ever`, and counts payments as they were made: it gives the median.
 */
export const CROSS_SUMS = {
  article: ({ article, frequency }: Counted) => [article ?? "", frequency],
  frequency: ({ frequency, supporterKind }: Counted) => [frequency, supporterKind ?? "new"],
  variant: ({ appeal, variant, placement }: Counted) => [appeal ?? "", variant ?? "", placement ?? ""],
  amount: ({ frequency, amountMinor }: Counted) => [frequency, String(amountMinor)],
};
export type CrossSum = keyof typeof CROSS_SUMS;

export function crossValue(by: CrossSum, payment: Counted): string {
  return CROSS_SUMS[by](payment).join("/");
}

/** The parts of a value, from the right: the first part may contain slashes. */
export function partsOf(value: string, count: 2): [string, string];
export function partsOf(value: string, count: 3): [string, string, string];
export function partsOf(value: string, count: number): string[] {
  const pieces = value.split("/");
  const first = pieces.slice(0, pieces.length - count + 1).join("/");
  return [first, ...pieces.slice(pieces.length - count + 1)];
}
