import type { Refund } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { addRow, findRow, listRows, updateChangedColumns } from "./statements";

export function findRefund(tx: Tx, id: string): Promise<Refund | null> {
  return findRow(tx, "Refund", { id });
}

export async function findRefundStatus(db: Db, id: string): Promise<string | null> {
  const refund = await db.refund.findUnique({ where: { id }, select: { status: true } });
  return refund?.status ?? null;
}

export function listRefundsOf(tx: Tx, paymentId: string): Promise<Refund[]> {
  return listRows(tx, "Refund", { paymentId });
}

/** Lists refunds of this payment intent that are not linked to a payment yet. */
export function listUnlinkedRefunds(tx: Tx, paymentIntentId: string): Promise<Refund[]> {
  return listRows(tx, "Refund", { paymentIntentId, paymentId: null });
}

export function addRefund(tx: Tx, refund: Refund): Promise<Refund> {
  return addRow(tx, "Refund", refund);
}

export function changeRefund(tx: Tx, before: Refund, to: Partial<Refund>): Promise<Refund> {
  return updateChangedColumns(tx, "Refund", { before, to });
}

export async function deleteRefund(tx: Tx, id: string): Promise<void> {
  await tx.refund.delete({ where: { id } });
}
