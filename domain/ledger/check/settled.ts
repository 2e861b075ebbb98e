// Finds differences that have settled since they were found: something changed at Stripe just before the check read it, and the site has
// recorded the webhook only afterwards.
import type { BooksDifference } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { actualRows } from "./actual";
import { nameOf, type Place, type Row, SUPPORTER_COLUMN } from "./row";

/**
 * Returns the ids of the differences whose value in the ledger is now Stripe's, and of the missing rows that the ledger now contains: the
 * next check compares these. A difference of supporters stays, because it does not name them.
 */
export async function findSettled(tx: Tx, differences: readonly BooksDifference[]): Promise<number[]> {
  const looked = differences.map((difference) => ({ difference, ...placeOf(difference) }));
  const now = await actualRows(
    tx,
    looked.map(({ row }) => row),
  );
  return looked.flatMap(({ difference, row, column }) => {
    const columns = now.get(nameOf(row))?.columns;
    const isSettled =
      columns && (column === null || (column !== SUPPORTER_COLUMN && (columns[column] ?? null) === difference.theirs));
    return isSettled ? [difference.id] : [];
  });
}

/** `column`: null for a missing row. */
function placeOf({ object, place }: BooksDifference): { row: Row; column: string | null } {
  const [name = "", column = null] = place.split(".");
  return { row: { place: name as Place, key: object, columns: {} }, column };
}
