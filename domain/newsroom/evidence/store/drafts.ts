import type { DisputeDraft } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

export type DraftRow = DisputeDraft;

export function findDraftRow(db: Db | Tx, key: { disputeId: string; by: string }): Promise<DraftRow | null> {
  return db.disputeDraft.findUnique({ where: { disputeId_by: key } });
}

export async function saveDraftRow(tx: Tx, row: DraftRow): Promise<void> {
  const { disputeId, by } = row;
  await tx.disputeDraft.upsert({ where: { disputeId_by: { disputeId, by } }, create: row, update: row });
}

export async function deleteDraftRow(tx: Tx, key: { disputeId: string; by: string }): Promise<void> {
  await tx.disputeDraft.deleteMany({ where: key });
}
