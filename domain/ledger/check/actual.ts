import type { Db, Tx } from "../../database";
import { type ComparableRow, rowName } from "./row";
import { type LedgerRowValues, readLedgerRows } from "./store/ledger-rows";

/**
 * Returns the ledger's rows that correspond to the rows in `wanted`. The keys of the map are the results of rowName().
 */
export async function readLedgerCounterpartRows(
  db: Db | Tx,
  wanted: readonly ComparableRow[],
): Promise<Map<string, ComparableRow>> {
  const found = new Map<string, ComparableRow>();
  for (const place of new Set(wanted.map((row) => row.place))) {
    const keys = [...new Set(wanted.filter((row) => row.place === place).map((row) => row.key))];
    for (const [key, values] of await readLedgerRows(db, place, keys)) {
      const row: ComparableRow = { place, key, columns: textsOf(values) };
      found.set(rowName(row), row);
    }
  }
  return found;
}

function textsOf(values: LedgerRowValues): ComparableRow["columns"] {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}
