// Every statement about colleagues and the log of acts.
import type { Act, Staff } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";

export function findColleagueByHash(db: Db | Tx, emailHash: string): Promise<Staff | null> {
  return db.staff.findUnique({ where: { emailHash } });
}

/** Keeps the first row when two requests add the same address at once. */
export async function insertColleague(db: Db, colleague: Staff): Promise<void> {
  await db.staff.upsert({ where: { emailHash: colleague.emailHash }, create: colleague, update: {} });
}

/** Those who are in or invited first, then those who were removed; each in the order in which they came. */
export function selectColleagues(db: Db | Tx): Promise<Staff[]> {
  return db.staff.findMany({ orderBy: [{ since: "asc" }, { id: "asc" }] });
}

export function findLastAct(tx: Db | Tx): Promise<Act | null> {
  return tx.act.findFirst({ orderBy: { number: "desc" } });
}

export async function insertAct(tx: Tx, act: Act): Promise<void> {
  await tx.act.create({ data: act });
}

/** Oldest first, after the act `after`. */
export function selectActs(db: Db | Tx, { after, most }: { after: number; most: number }): Promise<Act[]> {
  return db.act.findMany({ where: { number: { gt: after } }, orderBy: { number: "asc" }, take: most });
}
