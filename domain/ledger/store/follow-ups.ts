import type { FollowUp } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { insertRows } from "./statements";

/** Queues a follow-up. If it is already queued, it becomes due at `after` and its attempts are reset to zero. */
export async function upsertFollowUp(tx: Tx, { key, after }: { key: string; after: Date }): Promise<void> {
  const onConflict = 'ON CONFLICT ("key") DO UPDATE SET "after" = excluded."after", "attempts" = 0';
  await insertRows(tx, { into: "FollowUp", rows: [{ key, after }], onConflict });
}

export async function isFollowUpQueued(db: Db | Tx, key: string): Promise<boolean> {
  return (await db.followUp.count({ where: { key } })) > 0;
}

/**
 * Lists the follow-ups that are due. Bank debits come last, because many of them can belong to another product on the
 * same Stripe account. They must not delay our own follow-ups.
 */
export async function listDueFollowUps(db: Db, { now, limit }: { now: Date; limit: number }): Promise<FollowUp[]> {
  const isDebit = { key: { startsWith: "debit:" } };
  const due = { after: { lte: now } };
  const ours = await db.followUp.findMany({ where: { ...due, NOT: isDebit }, orderBy: { after: "asc" }, take: limit });
  if (ours.length === limit) return ours;
  const take = limit - ours.length;
  return [...ours, ...(await db.followUp.findMany({ where: { ...due, ...isDebit }, orderBy: { after: "asc" }, take }))];
}

/**
 * Deletes a follow-up that Stripe has answered. Does not delete it if it was queued again with another `after` since
 * the site read it.
 */
export async function endFollowUp(tx: Db | Tx, { key, after }: { key: string; after: Date }): Promise<void> {
  await tx.$executeRaw`DELETE FROM "FollowUp" WHERE "key" = ${key} AND "after" = ${after}`;
}

export async function postponeFollowUp(
  tx: Db | Tx,
  { key, after, newAfter }: { key: string; after: Date; newAfter: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "FollowUp" SET "after" = ${newAfter}, "attempts" = "attempts" + 1 WHERE "key" = ${key} AND "after" = ${after}`;
}

export function listErasureFollowUps(db: Db): Promise<FollowUp[]> {
  return db.followUp.findMany({ where: { key: { startsWith: "erase-" } }, orderBy: { after: "asc" } });
}
