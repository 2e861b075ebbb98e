// Entries are only added: a database trigger rejects any change.

import type { BalanceEntry, Entry } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { TOTAL_KEY_COLUMNS, type TotalsIncrement } from "../totals";
import { TOTAL_AMOUNT_COLUMNS, TOTAL_COUNT_COLUMNS } from "../totals-change";
import { IGNORE_CONFLICT, insertRows, listRows } from "./statements";

/** Adds an entry. Returns false if the ledger already has it. */
export async function addLedgerEntryIfNew(tx: Tx, entry: Entry): Promise<boolean> {
  return (await insertRows(tx, { into: "Entry", rows: [entry], onConflict: IGNORE_CONFLICT })) > 0;
}

/** Adds a balance entry. Returns false if the ledger already has this balance transaction. */
export async function addBalanceEntry(tx: Tx, entry: BalanceEntry): Promise<boolean> {
  return (await insertRows(tx, { into: "BalanceEntry", rows: [entry], onConflict: IGNORE_CONFLICT })) > 0;
}

export function listEntriesOf(tx: Tx, paymentId: string): Promise<Entry[]> {
  return listRows(tx, "Entry", { paymentId });
}

export function listBalanceEntriesOf(tx: Tx, paymentId: string): Promise<BalanceEntry[]> {
  return listRows(tx, "BalanceEntry", { paymentId });
}

/**
 * Adds the changes to the totals in one statement. `changes` must not contain a key twice, because PostgreSQL rejects a
 * statement that updates the same row twice. To save time, the statement has only the changed columns.
 */
export async function addToTotals(tx: Tx, changes: readonly TotalsIncrement[]): Promise<void> {
  if (changes.length === 0) return;
  const counts = TOTAL_COUNT_COLUMNS.filter((name) => changes.some(({ sums }) => sums[name]));
  const sums = TOTAL_AMOUNT_COLUMNS.filter((name) => changes.some((change) => change.sums[name]));
  const rows = changes.map((change) => ({
    ...change.key,
    ...Object.fromEntries(counts.map((name) => [name, change.sums[name] ?? 0])),
    ...Object.fromEntries(sums.map((name) => [name, change.sums[name] ?? 0n])),
  }));
  await insertRows(tx, { into: "Total", rows, onConflict: adding([...counts, ...sums]) });
}

const ON_CONFLICT = `ON CONFLICT (${TOTAL_KEY_COLUMNS.map((name) => `"${name}"`).join(", ")}) DO UPDATE SET `;

function adding(columns: readonly string[]): string {
  return ON_CONFLICT + columns.map((name) => `"${name}" = "Total"."${name}" + excluded."${name}"`).join(", ");
}
