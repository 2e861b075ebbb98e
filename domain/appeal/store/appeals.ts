import type { Appeal, AppealDraft, AppealVersion, Prisma } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";

/** The id of the only row in the table AppealChange. */
const CHANGE = "appeals";

export type AppealRow = Appeal;

export async function insertAppeal(tx: Tx, appeal: Appeal, version: AppealVersion): Promise<void> {
  await tx.appeal.create({ data: appeal });
  await tx.appealVersion.create({ data: version });
}

export function countAppeals(db: Db | Tx): Promise<number> {
  return db.appeal.count();
}

export function findAppealRow(db: Db | Tx, id: string): Promise<Appeal | null> {
  return db.appeal.findUnique({ where: { id } });
}

export function listAppealRows(db: Db): Promise<Appeal[]> {
  return db.appeal.findMany({ orderBy: [{ createdAt: "desc" }, { id: "asc" }] });
}

/**
 * Lists appeals that are live or scheduled. Also lists those that have ended at their planned time, until the audit log
 * says so.
 */
export function listPublishedUnendedAppealRows(db: Db | Tx): Promise<Appeal[]> {
  const where = { published: { not: null }, endedAt: null, notedState: { not: "ended" } };
  return db.appeal.findMany({ where, orderBy: { id: "asc" } });
}

/**
 * Changes the appeal's row. Changes nothing and returns false if its state, times, newest or published version, or lock
 * holder has changed since `before`.
 */
export async function updateAppealIfUnchanged(
  tx: Tx,
  before: Appeal,
  change: Prisma.AppealUpdateManyMutationInput,
): Promise<boolean> {
  const { id, latest, published, startsAt, endsAt, endedAt, notedState, lockedBy } = before;
  const where = { id, latest, published, startsAt, endsAt, endedAt, notedState, lockedBy };
  return (await tx.appeal.updateMany({ where, data: change })).count === 1;
}

export async function insertAppealVersion(tx: Tx, version: AppealVersion): Promise<void> {
  await tx.appealVersion.create({ data: version });
}

export function findVersionRow(db: Db | Tx, key: { appealId: string; number: number }): Promise<AppealVersion | null> {
  return db.appealVersion.findUnique({ where: { appealId_number: key } });
}

export type AppealVersionWithoutContent = Omit<AppealVersion, "content">;

export function listAppealVersionsLeavingOutContent(
  db: Db,
  { appealId, limit }: { appealId: string; limit: number },
): Promise<AppealVersionWithoutContent[]> {
  return db.appealVersion.findMany({
    where: { appealId },
    omit: { content: true },
    orderBy: { number: "desc" },
    take: limit,
  });
}

export async function upsertAppealDraft(tx: Tx, draft: AppealDraft): Promise<void> {
  const { appealId, part, by } = draft;
  await tx.appealDraft.upsert({ where: { appealId_part_by: { appealId, part, by } }, create: draft, update: draft });
}

export function listUnsavedPartRows(db: Db | Tx, key: { appealId: string; by: string }): Promise<AppealDraft[]> {
  return db.appealDraft.findMany({ where: key, orderBy: { part: "asc" } });
}

export async function deleteUnsavedAppealPartRow(
  tx: Tx,
  key: { appealId: string; part: string; by: string },
): Promise<void> {
  await tx.appealDraft.deleteMany({ where: key });
}

/**
 * Increases the number by which every server notices that the content for readers can have changed. Call it in the
 * transaction that changes the content.
 */
export async function incrementAppealChangeNumber(tx: Tx): Promise<void> {
  const number = { increment: 1 };
  await tx.appealChange.upsert({ where: { id: CHANGE }, create: { id: CHANGE, number: 1 }, update: { number } });
}

/**
 * Returns how often incrementAppealChangeNumber() has been called. If this number has changed, the content for readers
 * can have changed.
 */
export async function getAppealChangeNumber(db: Db): Promise<number> {
  return (await db.appealChange.findUnique({ where: { id: CHANGE } }))?.number ?? 0;
}

export async function sumKeptOfAllPaymentsByCurrency(
  db: Db,
  { currency, from, until }: { currency: string | undefined; from: string; until: string },
): Promise<{ currency: string; keptMinor: bigint }[]> {
  const rows = await db.total.groupBy({
    by: ["currency"],
    where: { period: "day", by: "frequency", currency, start: { gte: from, lte: until } },
    _sum: { grossMinor: true, refundedMinor: true, disputedMinor: true },
  });
  return rows.map(({ currency, _sum: sums }) => ({
    currency,
    keptMinor: (sums.grossMinor ?? 0n) - (sums.refundedMinor ?? 0n) - (sums.disputedMinor ?? 0n),
  }));
}
