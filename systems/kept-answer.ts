// Keeps an answer of the ledger for a while, so that requests which come at once share one reading.
import { currentTime } from "./clock";
import { type Db, database } from "./database";

type Reading<Answer> = { db: Db; atMs: number; answer: Promise<Answer> };

/** Lives in `runtime`, so that both copies of our modules share it. */
export type KeptAnswer<Answer> = { latest?: Reading<Answer> };

type Question<Answer> = { forMs: number; ask: (db: Db, now: Date) => Promise<Answer> };

/** Throws if the ledger is away. A reading that fails is not kept, and does not remove a later one. */
export async function keptAnswerOf<Answer>(
  kept: KeptAnswer<Answer>,
  { forMs, ask }: Question<Answer>,
): Promise<Answer> {
  const db = await database();
  const now = currentTime();
  const { latest } = kept;
  // The clock may also be set back.
  if (latest?.db === db && Math.abs(now.getTime() - latest.atMs) < forMs) return latest.answer;
  const reading = { db, atMs: now.getTime(), answer: ask(db, now) };
  kept.latest = reading;
  reading.answer.catch(() => {
    if (kept.latest === reading) kept.latest = undefined;
  });
  return reading.answer;
}
