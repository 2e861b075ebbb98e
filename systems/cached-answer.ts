// Caches answers from the ledger, so that requests at the same time share one query.

import { currentTime } from "./clock";
import { type Db, database } from "./database";
import type { LedgerQueryCache } from "./runtime";

type Question<Answer> = { forMs: number; ask: (db: Db, now: Date) => Promise<Answer> };

/**
 * Returns the cached answer if it is less than `forMs` old; otherwise calls `ask`. Throws if the ledger is unavailable.
 * A failed query is removed from the cache, unless a newer query has replaced it.
 */
export async function getCachedLedgerQueryResult<Answer>(
  cache: LedgerQueryCache<Answer>,
  { forMs, ask }: Question<Answer>,
): Promise<Answer> {
  const db = await database();
  const now = currentTime();
  const { latest } = cache;
  // Uses the absolute value, because the age of an answer is negative if the clock was set back.
  if (latest?.db === db && Math.abs(now.getTime() - latest.atMs) < forMs) return latest.answer;
  const query = { db, atMs: now.getTime(), answer: ask(db, now) };
  cache.latest = query;
  query.answer.catch(() => {
    if (cache.latest === query) cache.latest = undefined;
  });
  return query.answer;
}
