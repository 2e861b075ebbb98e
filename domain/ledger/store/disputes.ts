import type { Dispute } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { addRow, findRow, listRows, updateChangedColumns } from "./statements";

export function findDispute(tx: Tx, id: string): Promise<Dispute | null> {
  return findRow(tx, "Dispute", { id });
}

/** Lists disputes of this payment intent that are not linked to a payment yet. */
export function listUnlinkedDisputes(tx: Tx, paymentIntentId: string): Promise<Dispute[]> {
  return listRows(tx, "Dispute", { paymentIntentId, paymentId: null });
}

export function addDispute(tx: Tx, dispute: Dispute): Promise<Dispute> {
  return addRow(tx, "Dispute", dispute);
}

export function changeDispute(tx: Tx, before: Dispute, to: Partial<Dispute>): Promise<Dispute> {
  return updateChangedColumns(tx, "Dispute", { before, to });
}
