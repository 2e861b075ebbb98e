// The background jobs. Every job is safe to repeat. A job that fails runs again later and does not stop the others.
import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { recordStartedAndEndedAppeals } from "../domain/appeal/scheduled-starts";
import { type FailureReporter, forEachIsolated } from "../domain/for-each-isolated";
import { listDueDeadLetters } from "../domain/ledger/dead-letters";
import { postponeGiftFetch } from "../domain/ledger/recurring-gifts";
import { queueCardExpiryNotices } from "../domain/ledger/renewal-mail";
import { queueMailsBeforeGiftsResume } from "../domain/ledger/resume-notices";
import { listDueFollowUps, postponeFollowUp } from "../domain/ledger/store/follow-ups";
import { listRecurringGiftsToFetch } from "../domain/ledger/store/recurring-gifts";
import { queueLetterBatch } from "../domain/supporters/letter-readers";
import { queueDueReminders } from "../domain/supporters/reminders";
import { publication } from "../publication";
import { continueAddressChanges } from "./address-change";
import { auditLogRecorderFor } from "./auth/staff";
import { backoffUntil, nextFollowUpAttemptAt } from "./backoff";
import { checkBooksIfDue } from "./books-daily";
import { queueAndSendStaffChatMessages } from "./chat";
import { currentTime } from "./clock";
import { queueDailySummaryIfDue } from "./daily-summary";
import { type Db, database } from "./database";
import { replayEvents } from "./dead-letters";
import { deleteExpiredData, requestPurgeOfDeletedValues } from "./delete-expired";
import { continueErasures } from "./erasure";
import { carryOutFollowUpAndRecordAnswer } from "./follow-ups";
import { identityCrypto } from "./identity";
import { judgeExperimentsIfDue } from "./judge-experiments";
import { type Lease, newLease } from "./lease";
import { isLetterAvailableInLanguage, listPublishedAndFutureLetters } from "./letters/published-letters";
import { log, redactError } from "./log";
import { checkAuditLogAndLogHashDaily } from "./log-anchor";
import { sendDueMail } from "./mail/send-due";
import { mailTransport } from "./mail/transport";
import { continueRefunds } from "./people/refunds";
import { syncRecurringGift } from "./recurring-gifts";
import { type JobRunState, runtime } from "./runtime";
import { runBackgroundJobsSoon, setJobRunner } from "./wake-jobs";

const NOTICES_EVERY_MS = 60 * 60 * 1000;
const EVERY_MS = 5_000;
const BATCH = 40;
const CALLS_AT_ONCE = 4;

/**
 * The most e-mails that one round sends. The number is small, because a new e-mail must wait until the current round
 * ends, even a sign-in link.
 */
const MAILS = 5;
/**
 * How long endJobs() waits for the running jobs. It must be shorter than the time until this instance's lease expires.
 * Otherwise another instance could start the same jobs meanwhile.
 */
const LAST_ROUNDS_MS = 10_000;

type LetterByMail = ReturnType<typeof listPublishedAndFutureLetters>[number];

/** One round of a job. Returns true if the next round must follow at once. */
type Job = (db: Db, now: Date) => Promise<boolean>;

const JOBS: Record<string, Job> = {
  mail: sendMail,
  follow: followUps,
  look: refreshRecurringGifts,
  replay: replayDeadLetters,
  erase: continueErasures,
  readdress: continueAddressChanges,
  books: checkBooksIfDue,
  summary: queueDailySummaryIfDue,
  chat: queueAndSendStaffChatMessages,
  remind: sendReminders,
  letters: mailLetters,
  forget: deleteExpiredData,
  notices: sendNotices,
  refunds: continueRefunds,
  appeals: recordAppealStartsAndEnds,
  verdicts: keepVerdicts,
  acts: checkAuditLogAndLogHashDaily,
};

/** Starts the background jobs. Call it once, when the server starts. */
export function startJobs(): void {
  setJobRunner(runJobs);
  setInterval(runBackgroundJobsSoon, EVERY_MS).unref();
  runBackgroundJobsSoon();
}

function runJobs(): void {
  for (const name of Object.keys(JOBS)) begin(name);
}

/** Returns the lease. The instance that holds it runs all jobs, and gives it back when it shuts down. */
function lease(): Lease {
  runtime.jobsLease ??= newLease("jobs");
  return runtime.jobsLease;
}

/** Waits up to LAST_ROUNDS_MS for the work in progress, and then gives the lease back. */
export async function endJobs(): Promise<void> {
  runtime.areJobsEnding = true;
  lease().stopHolding();
  const rounds = Object.values(runtime.jobRunners ?? {}).map(({ work }) => work);
  await Promise.race([Promise.all(rounds), delay(LAST_ROUNDS_MS, undefined, { ref: false })]);
  await lease().giveBack(await database());
}

/**
 * Starts a background job. If the job is already running in this process, it is repeated after the current run. If the current run throws, the job does not run again before the next call.
 */
function begin(name: string): void {
  const runner = runnerOf(name);
  if (runner.running) runner.again = true;
  else runner.work = run(name, runner);
}

async function run(name: string, runner: JobRunState): Promise<void> {
  runner.running = true;
  try {
    do {
      runner.again = false;
      while (await round(name));
    } while (runner.again);
  } catch (error) {
    log.error({ job: name, error: redactError(error) }, "a job failed and will run again");
  } finally {
    runner.running = false;
  }
}

async function round(name: string): Promise<boolean> {
  const [db, now] = [await database(), currentTime()];
  return (await lease().isHeld(db, now)) && ((await JOBS[name]?.(db, now)) ?? false);
}

function runnerOf(name: string): JobRunState {
  runtime.jobRunners ??= {};
  const runner = runtime.jobRunners[name] ?? { running: false, again: false };
  runtime.jobRunners[name] = runner;
  return runner;
}

async function sendMail(db: Db, now: Date): Promise<boolean> {
  const identity = identityCrypto();
  const shouldContinue = () => !runtime.areJobsEnding;
  const terms = { now, transport: mailTransport(), identity, limit: MAILS, shouldContinue };
  const { handled } = await sendDueMail(db, terms);
  if (handled > 0) requestPurgeOfDeletedValues();
  // Even if fewer than MAILS e-mails were handled, more can be due, because sendDueMail() also stops after a time
  // limit.
  return handled > 0;
}

async function sendReminders(db: Db, now: Date): Promise<boolean> {
  const { timeZone } = publication;
  const moved = await queueDueReminders(db, { now, timeZone, limit: BATCH, onFailure: logBadRow("remind") });
  if (moved > 0) {
    requestPurgeOfDeletedValues();
    begin("mail");
  }
  return moved === BATCH;
}

/**
 * Queues the e-mails of each letter for the next batch of its readers. Each call queues only one batch per letter, so
 * that other jobs can use the ledger between two calls.
 */
async function mailLetters(db: Db, now: Date): Promise<boolean> {
  let isMore = false;
  const onFailure = logBadRow("letters");
  const mailOne = async (letter: LetterByMail) => {
    const terms = {
      isWrittenIn: (locale: string) => isLetterAvailableInLanguage(letter, locale),
      now,
      limit: BATCH,
      onFailure,
    };
    if (await queueLetterBatch(db, { letter, ...terms })) isMore = true;
  };
  await forEachIsolated(listPublishedAndFutureLetters(), mailOne, {
    onFailure: ({ slug }, error) => onFailure(slug, error),
  });
  return isMore;
}

async function followUps(db: Db, now: Date): Promise<boolean> {
  const due = await listDueFollowUps(db, { now, limit: BATCH });
  const until = ({ key, attempts }: (typeof due)[number]) => nextFollowUpAttemptAt(key, { now, attempts });
  const answer = (row: (typeof due)[number]) =>
    carryOutFollowUpAndRecordAnswer(db, { key: row.key, after: row.after, askAgainAt: until(row) });
  await forEachIsolated(due, answer, {
    concurrency: CALLS_AT_ONCE,
    onFailure: async (row, error) => {
      const { key, after } = row;
      log.warn({ about: key, error: redactError(error) }, "a call to Stripe failed");
      await postponeFollowUp(db, { key, after, newAfter: until(row) });
    },
  });
  return due.length === BATCH;
}

async function sendNotices(db: Db, now: Date): Promise<boolean> {
  if (now.getTime() < (runtime.noticesAfterMs ?? 0)) return false;
  runtime.noticesAfterMs = now.getTime() + NOTICES_EVERY_MS;
  await queueCardExpiryNotices(db, now, logBadRow("notices"));
  await queueMailsBeforeGiftsResume(db, now, logBadRow("notices"));
  return false;
}

/**
 * Records when scheduled appeals began or ended. Reader pages do not wait for this: they compare the times with the
 * clock.
 */
async function recordAppealStartsAndEnds(db: Db, now: Date): Promise<boolean> {
  await recordStartedAndEndedAppeals(db, { now, recordAct: auditLogRecorderFor(null) });
  return false;
}

async function keepVerdicts(db: Db, now: Date): Promise<boolean> {
  await judgeExperimentsIfDue(db, { now, onFailure: logBadRow("verdicts") });
  return false;
}

async function replayDeadLetters(db: Db, now: Date): Promise<boolean> {
  const due = await listDueDeadLetters(db, { now, limit: BATCH });
  await replayEvents(db, due);
  return due.length === BATCH;
}

async function refreshRecurringGifts(db: Db, now: Date): Promise<boolean> {
  const due = await listRecurringGiftsToFetch(db, { now, limit: BATCH });
  await forEachIsolated(due, (gift) => syncRecurringGift(db, { ...gift, changeNumber: gift.changesSeen }), {
    concurrency: CALLS_AT_ONCE,
    onFailure: async ({ id, changesSeen: seen, fetchAttempts }, error) => {
      log.warn({ recurringGift: id, error: redactError(error) }, "a call to Stripe failed");
      await postponeGiftFetch(db, { id, changeNumber: seen, until: backoffUntil(now, fetchAttempts) });
    },
  });
  return due.length === BATCH;
}

function logBadRow(job: string): FailureReporter {
  return (row, error) => log.error({ job, row, error: redactError(error) }, "a row could not be processed");
}
