// How the last comparison of the books with Stripe's ended.
import type { Db } from "../../systems/database";

export type BooksState = { checkedAt: Date; differences: number };

/** Null before the first has ended. A repair counts too: what it has mended is no difference any more. */
export async function findBooksState(db: Db): Promise<BooksState | null> {
  const last = await db.booksCheck.findFirst({
    where: { finishedAt: { not: null } },
    orderBy: { startedAt: "desc" },
    select: { id: true, startedAt: true },
  });
  if (!last) return null;
  const differences = await db.booksDifference.count({ where: { checkId: last.id, repaired: false } });
  return { checkedAt: last.startedAt, differences };
}
