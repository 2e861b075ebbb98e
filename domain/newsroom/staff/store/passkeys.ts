import type { Passkey } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

export function listPasskeys(db: Db | Tx, staffId: string): Promise<Passkey[]> {
  return db.passkey.findMany({ where: { staffId }, orderBy: [{ addedAt: "asc" }, { id: "asc" }] });
}

export function findPasskey(db: Db | Tx, id: string): Promise<Passkey | null> {
  return db.passkey.findUnique({ where: { id } });
}

export async function insertPasskey(tx: Tx, passkey: Passkey): Promise<void> {
  await tx.passkey.create({ data: passkey });
}

/**
 * Stores the signature counter of a passkey. Returns false if the passkey was removed, or the counter did not increase,
 * which suggests a copy. A passkey without a counter always sends 0, which is accepted.
 */
export async function advancePasskeyCounter(
  tx: Tx,
  { id, staffId, counter, now }: { id: string; staffId: string; counter: number; now: Date },
): Promise<boolean> {
  const grew = counter === 0 ? { counter: 0 } : { counter: { lt: counter } };
  const { count } = await tx.passkey.updateMany({ where: { id, staffId, ...grew }, data: { counter, usedAt: now } });
  return count === 1;
}

/** Deletes a passkey. Returns false if the colleague has no such passkey. */
export async function deletePasskey(tx: Tx, { id, staffId }: { id: string; staffId: string }): Promise<boolean> {
  return (await tx.passkey.deleteMany({ where: { id, staffId } })).count === 1;
}
