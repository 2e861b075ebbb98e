// How the last comparison of the books with Stripe's ended, and whether it is too long ago to rely on.
import type { Db } from "../database";
import { parseReason, type Reason } from "../ledger/unrecordable";

export type BooksState = {
  /** When it began: what it says is true of that moment. */
  checkedAt: Date;
  finishedAt: Date;
  differences: number;
  /** Of ours, what could not be read: the first of `count`. */
  unreadable: { shown: UnreadableObject[]; count: number };
};

export type UnreadableObject = { id: string; reason: Reason };

export type Books = {
  /** Null before the first has ended. A repair counts too: what it has mended is no difference any more. */
  last: BooksState | null;
  /** Since then one has stopped with an error, or none has ended for two days, though the site compares them daily. */
  isStale: boolean;
};

const MOST_OBJECTS = 10;
const LONG_AGO = new Date(0);
const STALE_AFTER_MS = 2 * 24 * 60 * 60 * 1000;

type LastRow = { id: string; startedAt: Date; finishedAt: Date; differences: bigint; unreadable: bigint };
type OpenRow = { startedAt: Date; stoppedAt: Date | null };

export async function findBooks(db: Db, now: Date): Promise<Books> {
  const [last] = await db.$queryRaw<LastRow[]>`
    SELECT "id", "startedAt", "finishedAt",
      (SELECT COUNT(*) FROM "BooksDifference"
        WHERE "checkId" = "BooksCheck"."id" AND NOT "repaired" AND "cause" <> 'unreadable') AS "differences",
      (SELECT COUNT(*) FROM "BooksDifference"
        WHERE "checkId" = "BooksCheck"."id" AND "cause" = 'unreadable') AS "unreadable"
    FROM "BooksCheck" WHERE "finishedAt" IS NOT NULL ORDER BY "startedAt" DESC LIMIT 1`;
  const open = await db.$queryRaw<OpenRow[]>`
    SELECT "startedAt", "stoppedAt" FROM "BooksCheck"
    WHERE "startedAt" >= ${last?.startedAt ?? LONG_AGO} AND "finishedAt" IS NULL`;
  return { last: last ? await stateOf(db, last) : null, isStale: isStale({ last, open, now }) };
}

async function stateOf(db: Db, { id, ...last }: LastRow): Promise<BooksState> {
  const count = Number(last.unreadable);
  const rows =
    count === 0
      ? []
      : await db.$queryRaw<{ object: string; theirs: string | null }[]>`
          SELECT "object", "theirs" FROM "BooksDifference" WHERE "checkId" = ${id} AND "cause" = 'unreadable'
          ORDER BY "id" LIMIT ${MOST_OBJECTS}`;
  const shown = rows.map(({ object, theirs }) => ({ id: object, reason: parseReason(theirs) }));
  const { startedAt, finishedAt } = last;
  return { checkedAt: startedAt, finishedAt, differences: Number(last.differences), unreadable: { shown, count } };
}

function isStale({ last, open, now }: { last: LastRow | undefined; open: OpenRow[]; now: Date }): boolean {
  const isLongAgo = (at: Date) => now.getTime() - at.getTime() > STALE_AFTER_MS;
  if (open.some(({ stoppedAt }) => stoppedAt !== null)) return true;
  return last ? isLongAgo(last.finishedAt) : open.some(({ startedAt }) => isLongAgo(startedAt));
}
