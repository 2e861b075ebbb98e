// The money that each wording of the appeal brought. Views are not counted, so the totals alone do not say which wording is better.
import type { Db } from "../database";
import { partsOf } from "../ledger/total-values";
import type { Money } from "../money";
import { grossPerCurrency } from "./gross-per-currency";
import { groupBy } from "./group-by";
import { selectVariantTotals } from "./store";

/** `appeal` and `variant`: null for a gift without an appeal. */
export type VariantTotals = { appeal: string | null; variant: string | null; payments: number; gross: Money[] };

/** The variant with the most payments first. Every payment of a recurring gift counts for the wording that it began with. */
export async function listByVariant(db: Db): Promise<VariantTotals[]> {
  const rows = await selectVariantTotals(db);
  // Without the placement, which the page does not tell apart.
  const byVariant = groupBy(rows, ({ value }) => partsOf(value, 3).slice(0, 2).join("/"));
  return [...byVariant]
    .map(([value, own]) => {
      const [appeal, variant] = partsOf(value, 2);
      return { appeal: appeal || null, variant: variant || null, ...grossPerCurrency(own) };
    })
    .sort((a, b) => b.payments - a.payments);
}
