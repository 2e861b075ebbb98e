// What stands still until a person looks: events that could not be recorded, mail that does not leave, gifts that a bank asks
// for, books that are not Stripe's. Ids and kinds only.
import type { Db } from "../../systems/database";
import { countDeadLetters, type DeadLetter, listDeadLetters } from "../ledger/dead-letters";
import { type BooksState, findBooksState } from "./books";
import { listOpenDisputes, type OpenDispute } from "./disputes";

export type Attention = {
  /** The oldest of `count`. */
  deadLetters: { shown: DeadLetter[]; count: number };
  /** Tried several times and not sent. */
  stuckMails: number;
  disputes: OpenDispute[];
  /** Null before the first check has ended. */
  books: BooksState | null;
};

const MOST_EVENTS = 10;
const TRIES = 3;

export async function findAttention(db: Db): Promise<Attention> {
  const [shown, count, disputes, books] = await Promise.all([
    listDeadLetters(db, { most: MOST_EVENTS }),
    countDeadLetters(db),
    listOpenDisputes(db),
    findBooksState(db),
  ]);
  const stuckMails = await db.outboxMail.count({
    where: { sentAt: null, sendAfter: { not: null }, attempts: { gte: TRIES } },
  });
  return { deadLetters: { shown, count }, stuckMails, disputes, books };
}
