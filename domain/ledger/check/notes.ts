// What a check writes down: how far it has come, which rows it has met, where the books differ. A page is noted by one process
// only, also where two go on with one check: the other then finds the check where that one has brought it.
import type { BooksCheck } from "../../../generated/sqlite/client";
import { agedAt } from "../../ages";
import type { Db, Tx } from "../../database";
import { forRows, UNLESS_THERE } from "../many-rows";
import type { Difference } from "./row";

/** Rows of one statement: SQLite takes 32,766 values. */
const MOST = 1_000;

export type Noted = Difference & { repaired: boolean };

export function listDifferences(db: Db, checkId: string) {
  return db.booksDifference.findMany({ where: { checkId }, orderBy: { id: "asc" } });
}

type Step = {
  seen: Iterable<string>;
  differences: Noted[];
  next: { phase: string; cursor: string | null };
  objects: number;
};

/** What one page showed. Answers the check as it is then. */
export function notePage(db: Db, check: BooksCheck, { seen, differences, next, objects }: Step): Promise<BooksCheck> {
  const { id, phase, cursor } = check;
  return db.$transaction(async (tx) => {
    const taken = await tx.booksCheck.updateMany({
      where: { id, phase, cursor, finishedAt: null },
      data: { ...next, compared: { increment: objects }, stoppedAt: null },
    });
    if (taken.count === 1) {
      await noteSeen(tx, { checkId: id, keys: seen });
      await noteDifferences(tx, { checkId: id, differences });
    }
    return tx.booksCheck.findUniqueOrThrow({ where: { id } });
  });
}

/** It could not go on; whoever runs it next goes on where it is. */
export async function noteStop(db: Db, { id }: BooksCheck, now: Date): Promise<void> {
  await db.booksCheck.updateMany({ where: { id, finishedAt: null }, data: { stoppedAt: now } });
}

/** Of the other checks that have mended the books, the one that ended last. */
export async function findLastRepair(tx: Tx, { id }: BooksCheck): Promise<string | null> {
  const where = { id: { not: id }, mode: "repair", finishedAt: { not: null } };
  return (await tx.booksCheck.findFirst({ where, orderBy: { finishedAt: "desc" }, select: { id: true } }))?.id ?? null;
}

type End = { conclude: (tx: Tx) => Promise<Noted[]>; now: Date };

/**
 * The end, with the last differences: what `conclude` answers, and does in the same transaction, once for a check whoever goes on
 * with it. Checks of long ago are forgotten with what they found.
 */
export function noteEnd(db: Db, check: BooksCheck, { conclude, now }: End): Promise<BooksCheck> {
  const { id } = check;
  return db.$transaction(async (tx) => {
    const where = { id, finishedAt: null };
    const taken = await tx.booksCheck.updateMany({ where, data: { finishedAt: now, stoppedAt: null } });
    if (taken.count === 1) {
      await noteDifferences(tx, { checkId: id, differences: await conclude(tx) });
      await tx.booksSeen.deleteMany({ where: { checkId: id } });
      await forgetOlder(tx, { than: agedAt("booksCheck", now), but: id });
    }
    return tx.booksCheck.findUniqueOrThrow({ where: { id } });
  });
}

async function forgetOlder(tx: Tx, { than, but }: { than: Date; but: string }): Promise<void> {
  const old = await tx.booksCheck.findMany({
    where: { startedAt: { lt: than }, id: { not: but } },
    select: { id: true },
  });
  if (old.length === 0) return;
  const ids = old.map(({ id }) => id);
  await tx.booksDifference.deleteMany({ where: { checkId: { in: ids } } });
  await tx.booksSeen.deleteMany({ where: { checkId: { in: ids } } });
  await tx.booksCheck.deleteMany({ where: { id: { in: ids } } });
}

async function noteDifferences(
  tx: Tx,
  { checkId, differences }: { checkId: string; differences: Noted[] },
): Promise<void> {
  // Twice in one statement would be an error.
  const once = [...new Map(differences.map((each) => [`${each.object} ${each.place}`, each])).values()];
  const rows = once.map(({ object, place, cause, ours, theirs, repaired }) => [
    ...[checkId, object, place, cause, ours, theirs, repaired],
  ]);
  for (let from = 0; from < rows.length; from += MOST)
    await tx.$executeRaw(...forRows(INSERT_DIFFERENCES, rows.slice(from, from + MOST), UNLESS_NOTED));
}

const INSERT_DIFFERENCES = `INSERT INTO "BooksDifference"
  ("checkId", "object", "place", "cause", "ours", "theirs", "repaired") VALUES`;
/** Of two tellings the last knows whether it is mended. */
const UNLESS_NOTED = `ON CONFLICT ("checkId", "object", "place") DO UPDATE SET "repaired" = excluded."repaired"`;

async function noteSeen(tx: Tx, { checkId, keys }: { checkId: string; keys: Iterable<string> }): Promise<void> {
  const rows = [...keys].map((key) => [checkId, key]);
  for (let from = 0; from < rows.length; from += MOST)
    await tx.$executeRaw(...forRows(INSERT_SEEN, rows.slice(from, from + MOST), UNLESS_THERE));
}

const INSERT_SEEN = 'INSERT INTO "BooksSeen" ("checkId", "key") VALUES';
