// What stands still until a person looks: events that could not be recorded, mail that does not leave, gifts that a bank asks
// for, books that are not Stripe's. Ids and kinds only.
import type { Db } from "../../systems/database";
import { countDeadLetters, type DeadLetter, listDeadLetters } from "../ledger/dead-letters";
import { type DoorAlert, listAlerts } from "./alerts";
import { type BooksState, findBooksState } from "./books";
import { listOpenDisputes, type OpenDispute } from "./disputes";

export type Attention = {
  /** The oldest of `count`. */
  deadLetters: { shown: DeadLetter[]; count: number };
  /** Tried several times and not sent. */
  stuckMails: number;
  disputes: OpenDispute[];
  /** Gifts that were slowed down in the last day. */
  bursts: DoorAlert[];
  /** Null before the first check has ended. */
  books: BooksState | null;
};

const MOST_EVENTS = 10;
const TRIES = 3;
const LONG_AGO = new Date(0);

export async function findAttention(db: Db, now: Date): Promise<Attention> {
  const [shown, stuckMails, disputes, bursts, books] = await Promise.all([
    listDeadLetters(db, { most: MOST_EVENTS }),
    countStuckMails(db),
    listOpenDisputes(db),
    listAlerts(db, now),
    findBooksState(db),
  ]);
  const count = shown.length < MOST_EVENTS ? shown.length : await countDeadLetters(db);
  return { deadLetters: { shown, count }, stuckMails, disputes, bursts, books };
}

/** Mail that is to be sent has a time for it, and is found by that in an index: of what has been sent there may be millions. */
async function countStuckMails(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: bigint }]>`
    SELECT COUNT(*) AS "count" FROM "OutboxMail"
    WHERE "sendAfter" > ${LONG_AGO} AND "sentAt" IS NULL AND "attempts" >= ${TRIES}`;
  return Number(row.count);
}
