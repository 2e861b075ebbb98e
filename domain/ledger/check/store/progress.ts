// Stores the progress and the differences of a books check. A check compares Stripe's objects page by page. If two
// processes compare the same page, only the first process records the result, and the other process goes on to the next
// page.
import type { BooksCheck, BooksDifference } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";
import { IGNORE_CONFLICT, insertRows } from "../../store/statements";
import type { LedgerDifference } from "../row";

/** The maximum number of rows in one statement: SQLite accepts at most 32,766 values. */
const MAX_ROWS = 1_000;

export type FoundDifference = LedgerDifference & { repaired: boolean };
/**
 * The result of comparing one page of Stripe's objects with the ledger. `seen`: the keys to store in BooksSeen for the
 * Stripe objects on this page (rowName() and paymentIntentKeyInBooksCheck()). `next`: the position of the next page.
 */
export type StripePageComparison = {
  seen: Iterable<string>;
  differences: FoundDifference[];
  next: { phase: string; cursor: string | null };
  objectCount: number;
};

export function listBooksDifferences(db: Db, checkId: string) {
  return db.booksDifference.findMany({ where: { checkId }, orderBy: { id: "asc" } });
}

/** Lists at most MAX_ROWS unrepaired differences whose cause is `missing` or `differs`. */
export function listUnrepairedRowDifferences(tx: Tx, checkId: string): Promise<BooksDifference[]> {
  const where = { checkId, repaired: false, cause: { in: ["missing", "differs"] } };
  return tx.booksDifference.findMany({ where, take: MAX_ROWS });
}

export async function deleteDifferences(tx: Tx, ids: number[]): Promise<void> {
  await tx.booksDifference.deleteMany({ where: { id: { in: ids } } });
}

export function findLatestBooksCheck(db: Db, mode: string): Promise<BooksCheck | null> {
  return db.booksCheck.findFirst({ where: { mode }, orderBy: { startedAt: "desc" } });
}

export function findUnfinishedCheck(db: Db, mode: string): Promise<BooksCheck | null> {
  return db.booksCheck.findFirst({ where: { mode, finishedAt: null }, orderBy: { startedAt: "desc" } });
}

export function addBooksCheck(db: Db, check: { mode: string; startedAt: Date; phase: string }): Promise<BooksCheck> {
  return db.booksCheck.create({ data: { id: crypto.randomUUID(), ...check } });
}

/** Records the result of one page, unless another process has recorded it. Returns the updated check. */
export function recordBooksCheckPage(db: Db, check: BooksCheck, page: StripePageComparison): Promise<BooksCheck> {
  const { id, phase, cursor } = check;
  return db.$transaction(async (tx) => {
    const { count } = await tx.booksCheck.updateMany({
      where: { id, phase, cursor, finishedAt: null },
      data: { ...page.next, compared: { increment: page.objectCount }, stoppedAt: null },
    });
    if (count === 1) {
      await addSeen(tx, id, page.seen);
      await addDifferences(tx, id, page.differences);
    }
    return tx.booksCheck.findUniqueOrThrow({ where: { id } });
  });
}

/** Records that a check was interrupted. The next run continues from the check's position. */
export async function markBooksCheckInterrupted(db: Db, { id }: BooksCheck, now: Date): Promise<void> {
  await db.booksCheck.updateMany({ where: { id, finishedAt: null }, data: { stoppedAt: now } });
}

export async function findLastFinishedRepairIdExcept(tx: Tx, { id }: BooksCheck): Promise<string | null> {
  const where = { id: { not: id }, mode: "repair", finishedAt: { not: null } };
  return (await tx.booksCheck.findFirst({ where, orderBy: { finishedAt: "desc" }, select: { id: true } }))?.id ?? null;
}

/**
 * Finishes the check only once, even if several processes continue it. `conclude` returns the differences that the last
 * phase found. Also deletes other checks that began before `deleteBefore`.
 */
export async function finishBooksCheck(
  db: Db,
  check: BooksCheck,
  { conclude, now, deleteBefore }: { conclude: (tx: Tx) => Promise<FoundDifference[]>; now: Date; deleteBefore: Date },
): Promise<BooksCheck> {
  const { id } = check;
  const finished = await db.$transaction(async (tx) => {
    const where = { id, finishedAt: null };
    const { count } = await tx.booksCheck.updateMany({ where, data: { finishedAt: now, stoppedAt: null } });
    if (count === 1) await addDifferences(tx, id, await conclude(tx));
    return tx.booksCheck.findUniqueOrThrow({ where: { id } });
  });
  await deleteOlderChecks(db, { than: deleteBefore, but: id });
  await deleteSeenOfFinishedChecks(db);
  return finished;
}

export async function listKeysSeenByCheck(db: Db, checkId: string, keys: string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const seen = await db.booksSeen.findMany({ where: { checkId, key: { in: keys } }, select: { key: true } });
  return seen.map(({ key }) => key);
}

async function deleteOlderChecks(db: Db, { than, but }: { than: Date; but: string }): Promise<void> {
  const where = { startedAt: { lt: than }, id: { not: but } };
  const ids = (await db.booksCheck.findMany({ where, select: { id: true } })).map(({ id }) => id);
  for (const id of ids) await deleteSeen(db, id);
  if (ids.length === 0) return;
  await db.$transaction(async (tx) => {
    await tx.booksDifference.deleteMany({ where: { checkId: { in: ids } } });
    await tx.booksSeen.deleteMany({ where: { checkId: { in: ids } } });
    await tx.booksCheck.deleteMany({ where: { id: { in: ids } } });
  });
}

/**
 * Deletes the keys (BooksSeen) that finished checks have found at Stripe. This includes checks for which an earlier
 * deletion was interrupted.
 */
async function deleteSeenOfFinishedChecks(db: Db): Promise<void> {
  const checks = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "BooksCheck" WHERE "finishedAt" IS NOT NULL
      AND EXISTS (SELECT 1 FROM "BooksSeen" WHERE "checkId" = "BooksCheck"."id")`;
  for (const { id } of checks) await deleteSeen(db, id);
}

/**
 * Deletes a check's rows in BooksSeen, in small transactions. Deleting a million keys at once would keep all other
 * writers waiting.
 */
async function deleteSeen(db: Db, checkId: string): Promise<void> {
  let deleted = MAX_ROWS;
  while (deleted === MAX_ROWS)
    deleted = await db.$executeRaw`
      DELETE FROM "BooksSeen" WHERE "checkId" = ${checkId} AND "key" IN (
        SELECT "key" FROM "BooksSeen" WHERE "checkId" = ${checkId} ORDER BY "key" LIMIT ${MAX_ROWS})`;
}

/** Stores differences. If a difference was stored before, only its `repaired` column changes. */
async function addDifferences(tx: Tx, checkId: string, differences: FoundDifference[]): Promise<void> {
  const onConflict = `ON CONFLICT ("checkId", "object", "place") DO UPDATE SET "repaired" = excluded."repaired"`;
  // Removes duplicates, because PostgreSQL refuses to update a row twice in one statement.
  const unique = [...new Map(differences.map((each) => [`${each.object} ${each.place}`, each])).values()];
  const rows = unique.map(({ object, place, cause, ours, theirs, repaired }) => {
    return { checkId, object, place, cause, ours, theirs, repaired };
  });
  for (let from = 0; from < rows.length; from += MAX_ROWS)
    await insertRows(tx, { into: "BooksDifference", rows: rows.slice(from, from + MAX_ROWS), onConflict });
}

async function addSeen(tx: Tx, checkId: string, keys: Iterable<string>): Promise<void> {
  const rows = [...keys].map((key) => ({ checkId, key }));
  for (let from = 0; from < rows.length; from += MAX_ROWS)
    await insertRows(tx, { into: "BooksSeen", rows: rows.slice(from, from + MAX_ROWS), onConflict: IGNORE_CONFLICT });
}
