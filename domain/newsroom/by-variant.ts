// The money that each wording of the appeal brought. Views are not counted, so the totals alone do not say which wording is better.
import type { Db } from "../database";
import { type Money, moneyOf } from "../money";
import { selectVariantTotals } from "./store";

/** `appeal` and `variant`: null for a gift without an appeal. */
export type VariantTotals = { appeal: string | null; variant: string | null; payments: number; gross: Money[] };

/** The variant with the most payments first. Every payment of a recurring gift counts for the wording that it began with. */
export async function listByVariant(db: Db): Promise<VariantTotals[]> {
  const rows = await selectVariantTotals(db);
  const values = [...new Set(rows.map(({ value }) => value))];
  return values
    .map((value) => {
      const own = rows.filter((row) => row.value === value);
      const [appeal = "", variant = ""] = value.split("/");
      return {
        appeal: appeal || null,
        variant: variant || null,
        payments: own.reduce((total, { payments }) => total + payments, 0),
        gross: own.map(({ grossMinor, currency }) => moneyOf(grossMinor, currency)),
      };
    })
    .sort((a, b) => b.payments - a.payments);
}
