// What stands still until a person looks: events that could not be recorded, mail that does not leave, gifts that a bank asks
// for, books that are not Stripe's. Ids and kinds only.
import type { Db } from "../database";
import { countDeadLetters, type DeadLetter, listDeadLetters } from "../ledger/dead-letters";
import { type DoorAlert, listAlerts } from "./alerts";
import { type Books, findBooks } from "./books";
import { listOpenDisputes, type OpenDispute } from "./disputes";
import { loadPart, type OnFailure, type Part } from "./part";

export type Attention = {
  deadLetters: Part<DeadLetters>;
  /** Tried several times and not sent. */
  stuckMails: Part<number>;
  disputes: Part<OpenDispute[]>;
  /** Gifts that were slowed down in the last day. */
  bursts: Part<DoorAlert[]>;
  books: Part<Books>;
};

/** The oldest of `count`. */
export type DeadLetters = { shown: DeadLetter[]; count: number };

const MOST_EVENTS = 10;
const TRIES = 3;
const LONG_AGO = new Date(0);

export async function findAttention(
  db: Db,
  { now, onFailure }: { now: Date; onFailure: OnFailure },
): Promise<Attention> {
  const [deadLetters, stuckMails, disputes, bursts, books] = await Promise.all([
    loadPart("dead-letters", { load: () => findDeadLetters(db), onFailure }),
    loadPart("stuck-mails", { load: () => countStuckMails(db), onFailure }),
    loadPart("disputes", { load: () => listOpenDisputes(db), onFailure }),
    loadPart("bursts", { load: () => listAlerts(db, now), onFailure }),
    loadPart("books", { load: () => findBooks(db, now), onFailure }),
  ]);
  return { deadLetters, stuckMails, disputes, bursts, books };
}

async function findDeadLetters(db: Db): Promise<DeadLetters> {
  const shown = await listDeadLetters(db, { most: MOST_EVENTS });
  return { shown, count: shown.length < MOST_EVENTS ? shown.length : await countDeadLetters(db) };
}

/** Mail that is to be sent has a time for it, and is found by that in an index: of what has been sent there may be millions. */
async function countStuckMails(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: bigint }]>`
    SELECT COUNT(*) AS "count" FROM "OutboxMail"
    WHERE "sendAfter" > ${LONG_AGO} AND "sentAt" IS NULL AND "attempts" >= ${TRIES}`;
  return Number(row.count);
}
