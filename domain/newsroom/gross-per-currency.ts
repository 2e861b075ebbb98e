// Adds up rows of the totals that differ only in a part which a page does not ask for.
import { type Money, moneyOf } from "../money";
import type { ValueRow } from "./store";

export function grossPerCurrency(rows: readonly ValueRow[]): { payments: number; gross: Money[] } {
  const sums = new Map<string, bigint>();
  for (const { currency, grossMinor } of rows) sums.set(currency, (sums.get(currency) ?? 0n) + grossMinor);
  return {
    payments: rows.reduce((total, { payments }) => total + payments, 0),
    gross: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => moneyOf(minor, currency)),
  };
}
