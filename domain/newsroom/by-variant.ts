// What each wording of the appeal brought. Raw sums: how often each was shown is not counted, so they compare nothing by themselves.
import type { Db } from "../database";
import { type Money, moneyOf } from "../money";

/** `appeal` and `variant` null: given without one. */
export type VariantTotals = { appeal: string | null; variant: string | null; payments: number; gross: Money[] };

type Row = { value: string; currency: string; payments: number; grossMinor: bigint };

/** The most given-on first. A recurring gift's later payments count for the wording that it began with. */
export async function listByVariant(db: Db): Promise<VariantTotals[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT "value", "currency", "payments", "grossMinor" FROM "Total"
    WHERE "period" = 'ever' AND "by" = 'variant' AND "start" = '' AND "settledCurrency" = '' ORDER BY "currency"`;
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
