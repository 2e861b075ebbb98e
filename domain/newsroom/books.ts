// How the last comparison of the books with Stripe's ended.
import type { Db } from "../../systems/database";

export type BooksState = { checkedAt: Date; differences: number };

/** Null before the first has ended. A repair counts too: what it has mended is no difference any more. */
export async function findBooksState(db: Db): Promise<BooksState | null> {
  const [last] = await db.$queryRaw<{ startedAt: Date; differences: bigint }[]>`
    SELECT "startedAt",
      (SELECT COUNT(*) FROM "BooksDifference" WHERE "checkId" = "BooksCheck"."id" AND NOT "repaired") AS "differences"
    FROM "BooksCheck" WHERE "finishedAt" IS NOT NULL ORDER BY "startedAt" DESC LIMIT 1`;
  return last ? { checkedAt: last.startedAt, differences: Number(last.differences) } : null;
}
