import type { Act, Staff } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";

export function findStaffRowByEmailHash(db: Db | Tx, emailHash: string): Promise<Staff | null> {
  return db.staff.findUnique({ where: { emailHash } });
}

export function findColleagueById(db: Db | Tx, id: string): Promise<Staff | null> {
  return db.staff.findUnique({ where: { id } });
}

/** Adds a colleague. Changes nothing if there is already one with this e-mail address. */
export async function insertColleague(db: Db | Tx, colleague: Staff): Promise<void> {
  await db.staff.upsert({ where: { emailHash: colleague.emailHash }, create: colleague, update: {} });
}

export async function updateColleague(tx: Tx, id: string, change: Partial<Omit<Staff, "id">>): Promise<void> {
  await tx.staff.update({ where: { id }, data: change });
}

export function selectColleagues(db: Db | Tx): Promise<Staff[]> {
  return db.staff.findMany({ orderBy: [{ since: "asc" }, { id: "asc" }] });
}

export async function removeStaffExcept(
  db: Db,
  { role, exceptEmailHashes, now }: { role: string; exceptEmailHashes: string[]; now: Date },
): Promise<void> {
  await db.staff.updateMany({
    where: { role, until: null, emailHash: { notIn: exceptEmailHashes } },
    data: { until: now },
  });
}

export async function reinstateRemovedColleagues(
  db: Db,
  { role, emailHashes }: { role: string; emailHashes: string[] },
): Promise<void> {
  await db.staff.updateMany({
    where: { role, until: { not: null }, emailHash: { in: emailHashes } },
    data: { until: null },
  });
}

/** Marks the invitation as accepted if it is not. A colleague accepts it by setting up their first second factor. */
export async function acceptInvitation(tx: Tx, { id, now }: { id: string; now: Date }): Promise<void> {
  await tx.staff.updateMany({ where: { id, acceptedAt: null }, data: { acceptedAt: now } });
}

export async function storeSealedRecoveryCodes(tx: Db | Tx, { id, sealed }: { id: string; sealed: string | null }) {
  await tx.staff.updateMany({ where: { id }, data: { recoverySealed: sealed } });
}

export async function setWantsSummary(db: Db | Tx, { id, wanted }: { id: string; wanted: boolean }): Promise<void> {
  await db.staff.updateMany({ where: { id }, data: { wantsSummary: wanted } });
}

export async function setColleagueLanguage(
  db: Db | Tx,
  { emailHash, language }: { emailHash: string; language: string },
): Promise<void> {
  await db.staff.updateMany({ where: { emailHash }, data: { language } });
}

export function findLatestStaffAct(tx: Db | Tx): Promise<Act | null> {
  return tx.act.findFirst({ orderBy: { number: "desc" } });
}

export function findStaffAct(db: Db, number: number): Promise<Act | null> {
  return db.act.findUnique({ where: { number } });
}

export async function insertStaffAct(tx: Tx, act: Act): Promise<void> {
  await tx.act.create({ data: act });
}

export function selectActs(db: Db | Tx, { after, limit }: { after: number; limit: number }): Promise<Act[]> {
  return db.act.findMany({ where: { number: { gt: after } }, orderBy: { number: "asc" }, take: limit });
}
