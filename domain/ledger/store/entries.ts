// Statements on entries, balance entries and the totals of both. Entries are only ever added: a trigger refuses to change them.
import type { BalanceEntry, Entry } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { TOTAL_COUNTS, TOTAL_KEY, TOTAL_SUMS, type TotalChange } from "../totals";
import { IGNORE_CONFLICT, insertRows, listRows } from "./statements";

/** False where the ledger has this entry already. */
export async function addEntry(tx: Tx, entry: Entry): Promise<boolean> {
  return (await insertRows(tx, { into: "Entry", rows: [entry], onConflict: IGNORE_CONFLICT })) > 0;
}

/** False where the ledger has this balance transaction already. */
export async function addBalanceEntry(tx: Tx, entry: BalanceEntry): Promise<boolean> {
  return (await insertRows(tx, { into: "BalanceEntry", rows: [entry], onConflict: IGNORE_CONFLICT })) > 0;
}

export function listBalanceEntriesOf(tx: Tx, paymentId: string): Promise<BalanceEntry[]> {
  return listRows(tx, "BalanceEntry", { paymentId });
}

/** One statement for all rows; it adds to the rows that are there and makes the others. `changes` must have no key twice. */
export async function addToTotals(tx: Tx, changes: readonly TotalChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ key, sums }) => ({ ...key, ...ZEROS, ...sums }));
  await insertRows(tx, { into: "Total", rows, onConflict: ADD });
}

const ZEROS = Object.fromEntries([
  ...TOTAL_COUNTS.map((name) => [name, 0]),
  ...TOTAL_SUMS.map((name) => [name, 0n]),
]) as Record<(typeof TOTAL_COUNTS)[number], number> & Record<(typeof TOTAL_SUMS)[number], bigint>;

const ADD = `ON CONFLICT (${TOTAL_KEY.map((name) => `"${name}"`).join(", ")}) DO UPDATE SET
  ${[...TOTAL_COUNTS, ...TOTAL_SUMS].map((name) => `"${name}" = "Total"."${name}" + excluded."${name}"`).join(", ")}`;
