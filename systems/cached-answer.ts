// Caches an answer of the ledger for a while, so that requests at the same time share one query.
import { currentTime } from "./clock";
import { type Db, database } from "./database";

type Query<Answer> = { db: Db; atMs: number; answer: Promise<Answer> };

/** It is part of `runtime`, so that both copies of our modules share it. */
export type CachedAnswer<Answer> = { latest?: Query<Answer> };

type Question<Answer> = { forMs: number; ask: (db: Db, now: Date) => Promise<Answer> };

/** Throws if the ledger is unavailable. A failed query is not cached, and does not remove a later answer. */
export async function getCachedAnswer<Answer>(
  cache: CachedAnswer<Answer>,
  { forMs, ask }: Question<Answer>,
): Promise<Answer> {
  const db = await database();
  const now = currentTime();
  const { latest } = cache;
  // Uses the absolute difference, because the clock may be set back.
  if (latest?.db === db && Math.abs(now.getTime() - latest.atMs) < forMs) return latest.answer;
  const query = { db, atMs: now.getTime(), answer: ask(db, now) };
  cache.latest = query;
  query.answer.catch(() => {
    if (cache.latest === query) cache.latest = undefined;
  });
  return query.answer;
}
