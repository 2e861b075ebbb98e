import type { DisputeDraft } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

export type EvidenceDraftRow = DisputeDraft;

export function findEvidenceDraftRow(
  db: Db | Tx,
  key: { disputeId: string; by: string },
): Promise<EvidenceDraftRow | null> {
  return db.disputeDraft.findUnique({ where: { disputeId_by: key } });
}

export async function saveEvidenceDraftRow(tx: Tx, row: EvidenceDraftRow): Promise<void> {
  const { disputeId, by } = row;
  await tx.disputeDraft.upsert({ where: { disputeId_by: { disputeId, by } }, create: row, update: row });
}

export async function deleteEvidenceDraftRow(tx: Tx, key: { disputeId: string; by: string }): Promise<void> {
  await tx.disputeDraft.deleteMany({ where: key });
}
