// Compares the totals of recurring gifts with the gifts. Both must be read in one transaction, because they change
// while the site runs.
import type { RecurringTotal } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { RECURRING_STATUSES_IN_TOTALS, RECURRING_TOTAL_SUMMED_COLUMNS, recurringTotalKey } from "../recurring-totals";
import { compareTotal, type LedgerDifference } from "./row";
import { listRecurringTotals, replaceRecurringTotals, sumRecurringGifts } from "./store/ledger-sums";

/** Returns the wrong totals. With `repair`, replaces all totals if at least one is wrong. */
export async function compareRecurringTotals(tx: Tx, { repair }: { repair: boolean }): Promise<LedgerDifference[]> {
  const derived = await sumRecurringGifts(tx, RECURRING_STATUSES_IN_TOTALS);
  const differences = differencesBetween(await listRecurringTotals(tx), derived);
  if (repair && differences.length > 0) await replaceRecurringTotals(tx, derived);
  return differences;
}

/** Returns one difference for each wrong column. A missing row counts as a row of zeros. */
function differencesBetween(totals: RecurringTotal[], derived: RecurringTotal[]): LedgerDifference[] {
  const [ours, theirs] = [byName(totals), byName(derived)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return names.flatMap((name) =>
    RECURRING_TOTAL_SUMMED_COLUMNS.flatMap((column) => {
      const place = `recurring-total.${column}`;
      return compareTotal(name, {
        place,
        stored: ours.get(name)?.[column] ?? 0,
        derived: theirs.get(name)?.[column] ?? 0,
      });
    }),
  );
}

function byName(rows: RecurringTotal[]): Map<string, RecurringTotal> {
  return new Map(rows.map((row) => [recurringTotalKey(row), row]));
}
