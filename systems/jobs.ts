// What happens after the answer: mail leaves the outbox, Stripe is asked what it kept, recurring gifts are looked at again, the books
// are checked, old rows are forgotten. Everything here is safe to repeat; what fails is tried again later and stops nothing else.

import { setTimeout as delay } from "node:timers/promises";
import { listDueDeadLetters } from "../domain/ledger/dead-letters";
import { postponeFetch } from "../domain/ledger/recurring-gifts";
import { listFollowUps, postponeFollowUp } from "../domain/ledger/store/follow-ups";
import { listRecurringGiftsToFetch } from "../domain/ledger/store/recurring-gifts";
import { checkBooksDaily } from "./books-daily";
import { currentTime } from "./clock";
import { type Db, database } from "./database";
import { replayEvents } from "./dead-letters";
import { continueErasures } from "./erasure";
import { answerFollowUp } from "./follow-ups";
import { forgetByAge, leftTraces } from "./forget";
import { ownIdentity } from "./identity";
import { inTurns } from "./in-turns";
import { type Lease, newLease } from "./lease";
import { describe, log } from "./log";
import { sendDueMail } from "./mail/send-due";
import { mailTransport } from "./mail/transport";
import { onPoke, pokeJobs } from "./poke";
import { takeFromStripe } from "./recurring-gifts";
import { askAgainAt, retryAt } from "./retry-at";

const EVERY_MS = 5_000;
const BATCH = 40;
/** Few, so that a sign-in link that comes in the middle of many thanks is among the next. */
const MAILS = 5;
/** What has begun is waited for this long at the end: less than what is left of the lease, so that nobody else begins it. */
const LAST_ROUNDS_MS = 10_000;

/** One round of what is due; answers whether there may be more. */
type Job = (db: Db, now: Date) => Promise<boolean>;
type Runner = { running: boolean; again: boolean; work?: Promise<void> };

const JOBS: Record<string, Job> = {
  mail: sendMail,
  follow: followUps,
  look: lookAtRecurringGifts,
  replay: replayDeadLetters,
  erase: continueErasures,
  books: checkBooksDaily,
  forget: forgetByAge,
};

const shared = globalThis as typeof globalThis & {
  appealJobs?: Record<string, Runner>;
  appealJobsLease?: Lease;
  appealJobsEnded?: boolean;
};

/** Starts the clock; called once when the server starts. */
export function startJobs(): void {
  onPoke(workOff);
  setInterval(pokeJobs, EVERY_MS).unref();
  pokeJobs();
}

function workOff(): void {
  for (const name of Object.keys(JOBS)) begin(name);
}

/** All jobs have one runner among the instances. One that leaves in order says so; what it was at is found by the next. */
function lease(): Lease {
  shared.appealJobsLease ??= newLease("jobs");
  return shared.appealJobsLease;
}

/** Begins nothing more. A mail that has been accepted is marked before another instance may look at it. */
export async function endJobs(): Promise<void> {
  shared.appealJobsEnded = true;
  lease().end();
  const rounds = Object.values(shared.appealJobs ?? {}).map(({ work }) => work);
  await Promise.race([Promise.all(rounds), delay(LAST_ROUNDS_MS, undefined, { ref: false })]);
  await lease().giveBack(await database());
}

/** One run of a job at a time in this process; a poke during a run asks for another one after it. */
function begin(name: string): void {
  const runner = runnerOf(name);
  if (runner.running) runner.again = true;
  else runner.work = run(name, runner);
}

async function run(name: string, runner: Runner): Promise<void> {
  runner.running = true;
  try {
    do {
      runner.again = false;
      while (await round(name));
    } while (runner.again);
  } catch (error) {
    log.error({ job: name, error: describe(error) }, "a job failed and will run again");
  } finally {
    runner.running = false;
  }
}

async function round(name: string): Promise<boolean> {
  const [db, now] = [await database(), currentTime()];
  return (await lease().isHeld(db, now)) && ((await JOBS[name]?.(db, now)) ?? false);
}

function runnerOf(name: string): Runner {
  shared.appealJobs ??= {};
  const runner = shared.appealJobs[name] ?? { running: false, again: false };
  shared.appealJobs[name] = runner;
  return runner;
}

async function sendMail(db: Db, now: Date): Promise<boolean> {
  const identity = ownIdentity();
  const goesOn = () => !shared.appealJobsEnded;
  const sent = await sendDueMail(db, { now, transport: mailTransport(), identity, limit: MAILS, goesOn });
  if (sent > 0) leftTraces();
  return sent === MAILS;
}

async function followUps(db: Db, now: Date): Promise<boolean> {
  const due = await listFollowUps(db, { now, most: BATCH });
  await inTurns(due, async ({ key, after, attempts }) => {
    const until = askAgainAt(key, { now, attempts });
    try {
      await answerFollowUp(db, { key, after, until });
    } catch (error) {
      log.warn({ about: key, error: describe(error) }, "Stripe could not be asked");
      await postponeFollowUp(db, { key, after, until });
    }
  });
  return due.length === BATCH;
}

async function replayDeadLetters(db: Db, now: Date): Promise<boolean> {
  const due = await listDueDeadLetters(db, { now, most: BATCH });
  await replayEvents(db, due);
  return due.length === BATCH;
}

async function lookAtRecurringGifts(db: Db, now: Date): Promise<boolean> {
  const due = await listRecurringGiftsToFetch(db, { now, most: BATCH });
  await inTurns(due, async ({ id, subscriptionId, changesSeen, fetchAttempts }) => {
    try {
      await takeFromStripe(db, { id, subscriptionId, seen: changesSeen });
    } catch (error) {
      log.warn({ recurringGift: id, error: describe(error) }, "Stripe could not be asked");
      await postponeFetch(db, { id, seen: changesSeen, until: retryAt(now, fetchAttempts) });
    }
  });
  return due.length === BATCH;
}
