import type { BooksDifference, OutboxMail, WorkItem } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";

/** Selects all rows of the table WorkItem. They are few, because the site deletes old ones. */
export function selectTaskProgress(db: Db): Promise<WorkItem[]> {
  return db.$queryRaw<WorkItem[]>`SELECT * FROM "WorkItem"`;
}

export function findTaskProgress(tx: Tx, key: string): Promise<WorkItem | null> {
  return tx.workItem.findUnique({ where: { key } });
}

export async function saveTaskProgress(tx: Tx, { key, ...item }: WorkItem): Promise<void> {
  await tx.workItem.upsert({ where: { key }, create: { key, ...item }, update: item });
}

export async function deleteTaskProgress(tx: Tx, key: string): Promise<void> {
  await tx.workItem.deleteMany({ where: { key } });
}

/**
 * Which tasks to list. `with-work-item`: only tasks that a colleague has taken or marked as done, so that they have a
 * row in WorkItem.
 */
export type TaskScopeAndLimit = { scope: "all" | "with-work-item"; limit: number };

export type FailedMailRow = Pick<OutboxMail, "id" | "kind" | "attempts" | "queuedAt" | "sendAfter">;

/**
 * Selects unsent e-mails that failed at least `tries` times, oldest first. Leaves out e-mails that must not be sent any
 * more. COALESCE in ORDER BY stops SQLite from using an index on `queuedAt`, so that it uses the index on errors.
 */
export function selectFailedMails(db: Db, { tries, scope, limit }: TaskScopeAndLimit & { tries: number }) {
  return db.$queryRaw<FailedMailRow[]>`
    SELECT "id", "kind", "attempts", "queuedAt", "sendAfter" FROM "OutboxMail"
    WHERE "lastError" > '' AND "sentAt" IS NULL AND "attempts" >= ${tries}
      AND ("sendAfter" IS NOT NULL OR substr("lastError", 1, 1) = 'E' OR "lastError" IN ('cannot be rendered', 'no code'))
      AND (${scope} = 'all' OR EXISTS (SELECT 1 FROM "WorkItem" WHERE "key" = 'mail:' || "OutboxMail"."id"))
    ORDER BY COALESCE("queuedAt", "queuedAt"), "id" LIMIT ${limit}`;
}

export async function countFailedMails(db: Db, tries: number): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: bigint }]>`
    SELECT COUNT(*) AS "count" FROM "OutboxMail"
    WHERE "lastError" > '' AND "sentAt" IS NULL AND "attempts" >= ${tries}
      AND ("sendAfter" IS NOT NULL OR substr("lastError", 1, 1) = 'E' OR "lastError" IN ('cannot be rendered', 'no code'))`;
  return Number(row.count);
}

export type DifferenceRow = Pick<BooksDifference, "object" | "place" | "cause" | "ours" | "theirs">;

export function selectBooksDifferences(db: Db, { checkId, scope, limit }: TaskScopeAndLimit & { checkId: string }) {
  return db.$queryRaw<DifferenceRow[]>`
    SELECT "object", "place", "cause", "ours", "theirs" FROM "BooksDifference"
    WHERE "checkId" = ${checkId} AND NOT "repaired" AND "cause" <> 'unreadable'
      AND (${scope} = 'all' OR EXISTS (SELECT 1 FROM "WorkItem" WHERE "key" = 'drift:' || "place" || ':' || "object"))
    ORDER BY "id" LIMIT ${limit}`;
}

/** Selects the objects at Stripe that the books check could not read. */
export function selectObjectsUnreadableInCheck(
  db: Db,
  { checkId, scope, limit }: TaskScopeAndLimit & { checkId: string },
) {
  return db.$queryRaw<{ object: string; theirs: string | null }[]>`
    SELECT "object", "theirs" FROM "BooksDifference" WHERE "checkId" = ${checkId} AND "cause" = 'unreadable'
      AND (${scope} = 'all' OR EXISTS (SELECT 1 FROM "WorkItem" WHERE "key" = 'unread:' || "object"))
    ORDER BY "id" LIMIT ${limit}`;
}
