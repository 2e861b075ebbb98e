// The result of the last books check, and whether it is too old to rely on.
import type { Db } from "../database";
import { parseReason, type Reason } from "../ledger/unrecordable";
import { findLastCheck, type LastCheck, selectUnfinishedChecks, selectUnreadable, type UnfinishedCheck } from "./store";

export type BooksState = {
  /** When the check began. Its result describes that moment. */
  checkedAt: Date;
  finishedAt: Date;
  differences: number;
  /** Our own objects that could not be read. `count`: all of them. `shown`: the first of them. */
  unreadable: { shown: UnreadableObject[]; count: number };
};

export type UnreadableObject = { id: string; reason: Reason };

export type Books = {
  /** Null before the first check has finished. A repair counts too, and what it repaired is no longer a difference. */
  last: BooksState | null;
  /** A later check stopped with an error, or none has finished for two days although the site runs one daily. */
  isStale: boolean;
};

const MOST_OBJECTS = 10;
const LONG_AGO = new Date(0);
const STALE_AFTER_MS = 2 * 24 * 60 * 60 * 1000;

export async function findBooks(db: Db, now: Date): Promise<Books> {
  const last = await findLastCheck(db);
  const open = await selectUnfinishedChecks(db, last?.startedAt ?? LONG_AGO);
  return { last: last ? await stateOf(db, last) : null, isStale: isStale({ last, open, now }) };
}

/** True if nobody needs to look: the last check is recent and found the books equal. */
export function isBooksQuiet({ last, isStale }: Books): boolean {
  return !isStale && (last?.differences ?? 0) === 0 && (last?.unreadable.count ?? 0) === 0;
}

async function stateOf(db: Db, { id, ...last }: LastCheck): Promise<BooksState> {
  const count = Number(last.unreadable);
  const rows = count === 0 ? [] : await selectUnreadable(db, { checkId: id, most: MOST_OBJECTS });
  const shown = rows.map(({ object, theirs }) => ({ id: object, reason: parseReason(theirs) }));
  const { startedAt, finishedAt } = last;
  return { checkedAt: startedAt, finishedAt, differences: Number(last.differences), unreadable: { shown, count } };
}

function isStale({ last, open, now }: { last: LastCheck | undefined; open: UnfinishedCheck[]; now: Date }): boolean {
  const isLongAgo = (at: Date) => now.getTime() - at.getTime() > STALE_AFTER_MS;
  if (open.some(({ stoppedAt }) => stoppedAt !== null)) return true;
  return last ? isLongAgo(last.finishedAt) : open.some(({ startedAt }) => isLongAgo(startedAt));
}
