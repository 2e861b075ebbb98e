// Statements on refunds, disputes and payouts.
import type { Dispute, Payout, Refund } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { addRow, changeRow, findRow, listRows } from "./statements";

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

/** Refunds that arrived before their payment. */
export function listPendingRefunds(tx: Tx, paymentIntentId: string): Promise<Refund[]> {
  return listRows(tx, "Refund", { paymentIntentId, paymentId: null });
}

export function addRefund(tx: Tx, refund: Refund): Promise<Refund> {
  return addRow(tx, "Refund", refund);
}

export function changeRefund(tx: Tx, before: Refund, to: Partial<Refund>): Promise<Refund> {
  return changeRow(tx, "Refund", { before, to });
}

export async function deleteRefund(tx: Tx, id: string): Promise<void> {
  await tx.refund.delete({ where: { id } });
}

export function findDispute(tx: Tx, id: string): Promise<Dispute | null> {
  return findRow(tx, "Dispute", { id });
}

/** Disputes that arrived before their payment. */
export function listPendingDisputes(tx: Tx, paymentIntentId: string): Promise<Dispute[]> {
  return listRows(tx, "Dispute", { paymentIntentId, paymentId: null });
}

export function addDispute(tx: Tx, dispute: Dispute): Promise<Dispute> {
  return addRow(tx, "Dispute", dispute);
}

export function changeDispute(tx: Tx, before: Dispute, to: Partial<Dispute>): Promise<Dispute> {
  return changeRow(tx, "Dispute", { before, to });
}

export function findPayout(tx: Tx, id: string): Promise<Payout | null> {
  return findRow(tx, "Payout", { id });
}

export function addPayout(tx: Tx, payout: Payout): Promise<Payout> {
  return addRow(tx, "Payout", payout);
}

export function changePayout(tx: Tx, before: Payout, to: Partial<Payout>): Promise<Payout> {
  return changeRow(tx, "Payout", { before, to });
}
