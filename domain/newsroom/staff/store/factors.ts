import type { RecoveryCode, StaffFactor } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

export function findAuthenticatorApp(db: Db | Tx, staffId: string): Promise<StaffFactor | null> {
  return db.staffFactor.findUnique({ where: { staffId } });
}

export function countPasskeys(db: Db | Tx, staffId: string): Promise<number> {
  return db.passkey.count({ where: { staffId } });
}

export async function insertAuthenticatorApp(tx: Tx, factor: StaffFactor): Promise<void> {
  await tx.staffFactor.create({ data: factor });
}

export async function saveAuthenticatorApp(tx: Tx, factor: StaffFactor): Promise<void> {
  await tx.staffFactor.upsert({ where: { staffId: factor.staffId }, create: factor, update: factor });
}

/**
 * Stores the time step of a code from the authenticator app. Returns false if a code of this or a later step was
 * accepted before. If two requests use the same code at once, only one gets true.
 */
export async function advanceTotpStep(tx: Tx, { staffId, step }: { staffId: string; step: number }): Promise<boolean> {
  const { count } = await tx.staffFactor.updateMany({
    where: { staffId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

type Codes = { staffId: string; codeHashes: readonly string[]; madeAt: Date };

export async function replaceRecoveryCodes(tx: Tx, { staffId, codeHashes, madeAt }: Codes): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { staffId } });
  await tx.recoveryCode.createMany({ data: codeHashes.map((codeHash) => ({ codeHash, staffId, madeAt })) });
}

export async function consumeRecoveryCode(
  tx: Tx,
  { staffId, codeHash, now }: { staffId: string; codeHash: string; now: Date },
): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { staffId, codeHash, usedAt: null },
    data: { usedAt: now },
  });
  return count === 1;
}

export async function isUsedRecoveryCode(
  db: Db,
  { staffId, codeHash }: { staffId: string; codeHash: string },
): Promise<boolean> {
  return (await db.recoveryCode.count({ where: { staffId, codeHash, usedAt: { not: null } } })) > 0;
}

export function listRecoveryCodes(db: Db, staffId: string): Promise<RecoveryCode[]> {
  return db.recoveryCode.findMany({ where: { staffId } });
}

export function countUnusedRecoveryCodes(db: Db | Tx, staffId: string): Promise<number> {
  return db.recoveryCode.count({ where: { staffId, usedAt: null } });
}

export async function findUnconfirmedSealedRecoveryCodes(db: Db | Tx, staffId: string): Promise<string | null> {
  const row = await db.staff.findUnique({ where: { id: staffId }, select: { recoverySealed: true } });
  return row?.recoverySealed ?? null;
}

export async function deleteFactors(tx: Tx, staffId: string): Promise<void> {
  await tx.staffFactor.deleteMany({ where: { staffId } });
  await tx.recoveryCode.deleteMany({ where: { staffId } });
  await tx.passkey.deleteMany({ where: { staffId } });
}
