// Everything that waits for a person: events that could not be recorded, mail that cannot be sent, disputes, bursts of gifts, and
// books that differ from Stripe's. Ids and kinds only.
import type { Db } from "../database";
import { countDeadLetters, type DeadLetter, listDeadLetters } from "../ledger/dead-letters";
import { listAlerts } from "./alerts";
import { type Books, findBooks, isBooksQuiet } from "./books";
import { listOpenDisputes, type OpenDispute } from "./disputes";
import { listOpenMailStops, type OpenMailStop } from "./mail-stops";
import { loadPart, type OnFailure, type Part } from "./part";
import type { StaffRequest } from "./people/requests";
import { selectWaitingRequests } from "./people/store/requests";
import { countStuckMails, type RateLimitAlert } from "./store";

export type Attention = {
  deadLetters: Part<DeadLetters>;
  /** Mails that were tried several times and not sent. */
  stuckMails: Part<number>;
  /** Addresses whose holder said that mail to it is wrong. */
  mailStops: Part<OpenMailStop[]>;
  disputes: Part<OpenDispute[]>;
  /** Refunds that a second colleague must confirm. */
  refunds: Part<StaffRequest[]>;
  /** Bursts of gifts that were slowed down in the past day. */
  bursts: Part<RateLimitAlert[]>;
  books: Part<Books>;
};

/** `count`: all dead letters. `shown`: the oldest of them. */
export type DeadLetters = { shown: DeadLetter[]; count: number };

const MOST_EVENTS = 10;
const TRIES = 3;

export async function findAttention(
  db: Db,
  { now, onFailure }: { now: Date; onFailure: OnFailure },
): Promise<Attention> {
  const [deadLetters, stuckMails, mailStops, disputes, refunds, bursts, books] = await Promise.all([
    loadPart("dead-letters", { load: () => findDeadLetters(db), onFailure }),
    loadPart("stuck-mails", { load: () => countStuckMails(db, TRIES), onFailure }),
    loadPart("mail-stops", { load: () => listOpenMailStops(db), onFailure }),
    loadPart("disputes", { load: () => listOpenDisputes(db), onFailure }),
    loadPart("refunds", { load: () => selectWaitingRequests(db, now), onFailure }),
    loadPart("bursts", { load: () => listAlerts(db, now), onFailure }),
    loadPart("books", { load: () => findBooks(db, now), onFailure }),
  ]);
  return { deadLetters, stuckMails, mailStops, disputes, refunds, bursts, books };
}

/** The number of things that wait for a person. A part that could not be read counts as one: somebody must look. */
export function countWaiting({
  deadLetters,
  stuckMails,
  mailStops,
  disputes,
  refunds,
  bursts,
  books,
}: Attention): number {
  return (
    countIn(deadLetters, ({ count }) => count) +
    countIn(stuckMails, (count) => count) +
    countIn(mailStops, ({ length }) => length) +
    countIn(disputes, ({ length }) => length) +
    countIn(refunds, ({ length }) => length) +
    countIn(bursts, ({ length }) => length) +
    countIn(books, (value) => (isBooksQuiet(value) ? 0 : 1))
  );
}

function countIn<Value>(part: Part<Value>, count: (value: Value) => number): number {
  return part.kind === "here" ? count(part.value) : 1;
}

async function findDeadLetters(db: Db): Promise<DeadLetters> {
  const shown = await listDeadLetters(db, { most: MOST_EVENTS });
  return { shown, count: shown.length < MOST_EVENTS ? shown.length : await countDeadLetters(db) };
}
