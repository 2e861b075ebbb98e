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
