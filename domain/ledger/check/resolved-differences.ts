// Finds differences of a books check that have disappeared since. For example, an object changed at Stripe just before
// the check read it, and its webhook was recorded later.
import type { BooksDifference } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { readLedgerCounterpartRows } from "./actual";
import { type ComparableRow, type ComparedRowKind, rowName, SUPPORTER_COLUMN_OF_COMPARABLE_ROWS } from "./row";

/**
 * Returns the ids of the differences that no longer exist: the ledger now has the missing row, or the column now has
 * Stripe's value. Leaves out differences in the supporter column, because they are stored without identifying the
 * supporter.
 */
export async function listResolvedDifferenceIds(tx: Tx, differences: readonly BooksDifference[]): Promise<number[]> {
  const looked = differences.map((difference) => ({ difference, ...placeOf(difference) }));
  const now = await readLedgerCounterpartRows(
    tx,
    looked.map(({ row }) => row),
  );
  return looked.flatMap(({ difference, row, column }) => {
    const columns = now.get(rowName(row))?.columns;
    const isSettled =
      columns &&
      (column === null ||
        (column !== SUPPORTER_COLUMN_OF_COMPARABLE_ROWS && (columns[column] ?? null) === difference.theirs));
    return isSettled ? [difference.id] : [];
  });
}

/**
 * Splits the `place` of a difference, such as `payment.amountMinor`, into the kind of row and the column. `column`:
 * null if the whole row is missing.
 */
function placeOf({ object, place }: BooksDifference): { row: ComparableRow; column: string | null } {
  const [name = "", column = null] = place.split(".");
  return { row: { place: name as ComparedRowKind, key: object, columns: {} }, column };
}
