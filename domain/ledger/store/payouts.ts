// Database statements for payouts.
import type { Payout } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { addRow, changeRow, findRow } from "./statements";

export function findPayout(tx: Tx, id: string): Promise<Payout | null> {
  return findRow(tx, "Payout", { id });
}

export function addPayout(tx: Tx, payout: Payout): Promise<Payout> {
  return addRow(tx, "Payout", payout);
}

export function changePayout(tx: Tx, before: Payout, to: Partial<Payout>): Promise<Payout> {
  return changeRow(tx, "Payout", { before, to });
}
