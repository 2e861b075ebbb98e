import type { Payout, PayoutEntry } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { addRow, findRow, insertRows, updateChangedColumns } from "./statements";

export function findPayout(tx: Tx, id: string): Promise<Payout | null> {
  return findRow(tx, "Payout", { id });
}

export function addPayout(tx: Tx, payout: Payout): Promise<Payout> {
  return addRow(tx, "Payout", payout);
}

export function changePayout(tx: Tx, before: Payout, to: Partial<Payout>): Promise<Payout> {
  return updateChangedColumns(tx, "Payout", { before, to });
}

/** Links balance transactions to their payout. An existing link is replaced, because Stripe's list is authoritative. */
export async function putPayoutEntries(tx: Tx, rows: PayoutEntry[]): Promise<void> {
  if (rows.length === 0) return;
  const onConflict = 'ON CONFLICT ("id") DO UPDATE SET "payoutId" = excluded."payoutId"';
  await insertRows(tx, { into: "PayoutEntry", rows, onConflict });
}
