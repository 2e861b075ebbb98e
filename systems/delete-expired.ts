import "server-only";
import { forEachIsolated } from "../domain/for-each-isolated";
import { retentionCutoff } from "../domain/retention";
import type { Db } from "./database";
import { log, redactError } from "./log";
import { runtime } from "./runtime";

/**
 * The maximum number of rows that one statement deletes. It is small, so that other writes to the ledger do not wait
 * long.
 */
const BATCH = 500;
const EVERY_MS = 10 * 60 * 1000;
/**
 * How often the site removes deleted values from SQLite's write-ahead log. While another connection reads the log, the
 * values stay in it.
 */
const TRACES_EVERY_MS = 60 * 1000;

/** Call this after deleting or emptying personal data, so that the old values are removed from the database's files. */
export function requestPurgeOfDeletedValues(): void {
  runtime.hasTraces = true;
}

/**
 * Deletes at most one batch of each kind of data that has reached its retention age. Returns true if a batch was full;
 * the job then runs again at once. If no batch was full, calls in the next ten minutes delete nothing.
 */
export async function deleteExpiredData(db: Db, now: Date): Promise<boolean> {
  if (now.getTime() < (runtime.deleteExpiredAfterMs ?? 0)) {
    await clearTraces(db, now);
    return false;
  }
  const counts = await deleteExpiredBatchOfEachKind(db, now);
  const forgotten = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (forgotten > 0) {
    requestPurgeOfDeletedValues();
    log.info(counts, "deleted rows that have reached their age");
  }
  const isMore = Object.values(counts).some((count) => count === BATCH);
  if (!isMore) {
    runtime.deleteExpiredAfterMs = now.getTime() + EVERY_MS;
    await clearTraces(db, now);
  }
  return isMore;
}

type Kind = [age: Parameters<typeof retentionCutoff>[0], forget: (db: Db, before: Date) => Promise<number>];

const KINDS: Record<string, Kind> = {
  signInMails: [
    "signInMail",
    (db, before) => db.$executeRaw`DELETE FROM "OutboxMail" WHERE "id" IN (SELECT "id" FROM "OutboxMail"
      WHERE "sendAfter" IS NULL AND "kind" = 'sign-in' AND "queuedAt" <= ${before} LIMIT ${BATCH})`,
  ],
  mails: [
    "mail",
    (db, before) => db.$executeRaw`DELETE FROM "OutboxMail" WHERE "id" IN (SELECT "id" FROM "OutboxMail"
      WHERE "sendAfter" IS NULL AND "queuedAt" <= ${before} LIMIT ${BATCH})`,
  ],
  signInTokens: [
    "signInToken",
    (db, before) => db.$executeRaw`DELETE FROM "SignInToken" WHERE "tokenHash" IN (SELECT "tokenHash" FROM "SignInToken"
      WHERE "expiresAt" <= ${before} LIMIT ${BATCH})`,
  ],
  rateLimits: [
    "rateLimit",
    (db, before) => db.$executeRaw`DELETE FROM "RateLimitCount" WHERE "key" IN (SELECT "key" FROM "RateLimitCount"
      WHERE "expiresAt" <= ${before} LIMIT ${BATCH})`,
  ],
  unconfirmedReminders: [
    "unconfirmedReminder",
    (db, before) => db.$executeRaw`DELETE FROM "Reminder" WHERE "id" IN (SELECT "id" FROM "Reminder"
      WHERE "confirmedAt" IS NULL AND "createdAt" <= ${before} LIMIT ${BATCH})`,
  ],
  endedFreeSeats: [
    "endedFreeSeat",
    (db, before) => db.$executeRaw`DELETE FROM "FreeSeat" WHERE "emailHash" IN (SELECT "emailHash" FROM "FreeSeat"
      WHERE "until" <= ${before} LIMIT ${BATCH})`,
  ],
  giftsNeverPaid: [
    "giftNeverPaid",
    (db, before) => db.$executeRaw`DELETE FROM "Gift" WHERE "id" IN (SELECT "id" FROM "Gift"
      WHERE "expiresAt" <= ${before} AND "status" <> 'completed'
        AND NOT EXISTS (SELECT 1 FROM "Payment" WHERE "giftId" = "Gift"."id")
        AND NOT EXISTS (SELECT 1 FROM "RecurringGift" WHERE "giftId" = "Gift"."id") LIMIT ${BATCH})`,
  ],
  receivedEvents: [
    "receivedEvent",
    (db, before) => db.$executeRaw`DELETE FROM "ReceivedEvent" WHERE "id" IN (SELECT "id" FROM "ReceivedEvent"
      WHERE "outcome" IN ('recorded', 'repeated', 'irrelevant')
        AND "receivedAt" <= ${before} LIMIT ${BATCH})`,
  ],
  endedAddresses: [
    "endedAddress",
    (db, before) => db.$executeRaw`DELETE FROM "SupporterAddress" WHERE "emailHash" IN (
      SELECT "emailHash" FROM "SupporterAddress" WHERE "until" <= ${before} LIMIT ${BATCH})`,
  ],
  removedColleagues: [
    "removedColleague",
    (db, before) => db.$executeRaw`DELETE FROM "Staff" WHERE "id" IN (
      SELECT "id" FROM "Staff" WHERE "until" <= ${before} LIMIT ${BATCH})`,
  ],
  appealCounts: [
    "appealCount",
    (db, before) => db.$executeRaw`DELETE FROM "AppealCount"
      WHERE ("day", "article", "appeal", "variant", "placement", "event") IN (
        SELECT "day", "article", "appeal", "variant", "placement", "event" FROM "AppealCount"
        WHERE "day" < ${before.toISOString().slice(0, 10)} LIMIT ${BATCH})`,
  ],
  appealDrafts: [
    "appealDraft",
    (db, before) => db.$executeRaw`DELETE FROM "AppealDraft" WHERE ("appealId", "part", "by") IN (
      SELECT "appealId", "part", "by" FROM "AppealDraft" WHERE "at" <= ${before} LIMIT ${BATCH})`,
  ],
  chatNotes: [
    "chatNote",
    (db, before) => db.$executeRaw`DELETE FROM "ChatNote" WHERE "key" IN (SELECT "key" FROM "ChatNote"
      WHERE "queuedAt" <= ${before} LIMIT ${BATCH})`,
  ],
  disputeDrafts: [
    "disputeDraft",
    (db, before) => db.$executeRaw`DELETE FROM "DisputeDraft" WHERE ("disputeId", "by") IN (
      SELECT "disputeId", "by" FROM "DisputeDraft" WHERE "savedAt" <= ${before} LIMIT ${BATCH})`,
  ],
  giftMessages: [
    "giftMessage",
    (db, before) => db.$executeRaw`DELETE FROM "GiftMessage" WHERE "paymentId" IN (SELECT "paymentId" FROM "GiftMessage"
      WHERE "status" <> 'published' AND "writtenAt" <= ${before} LIMIT ${BATCH})`,
  ],
  taskProgress: [
    "workItem",
    (db, before) => db.$executeRaw`DELETE FROM "WorkItem" WHERE "key" IN (SELECT "key" FROM "WorkItem"
      WHERE COALESCE("doneAt", "takenAt") <= ${before} LIMIT ${BATCH})`,
  ],
  erasedAddresses: [
    "erasedAddress",
    (db, before) => db.$executeRaw`DELETE FROM "ErasedAddress" WHERE "addressHash" IN (
      SELECT "addressHash" FROM "ErasedAddress" WHERE "erasedAt" <= ${before} LIMIT ${BATCH})`,
  ],
};

/** Deletes at most one batch of each kind. A failure for one kind does not stop the others. */
export async function deleteExpiredBatchOfEachKind(db: Db, now: Date): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const forget = async ([name, [age, forgetKind]]: [string, Kind]) => {
    counts[name] = await forgetKind(db, retentionCutoff(age, now));
  };
  await forEachIsolated(Object.entries(KINDS), forget, {
    onFailure: ([name], error) => log.error({ kind: name, error: redactError(error) }, "old rows could not be deleted"),
  });
  return counts;
}

async function clearTraces(db: Db, now: Date): Promise<void> {
  // Also clears once after the process starts: the database's files can still contain values that an earlier process
  // deleted.
  const { hasTraces = true, clearTracesAfterMs = 0 } = runtime;
  if (!hasTraces || now.getTime() < clearTracesAfterMs) return;
  runtime.clearTracesAfterMs = now.getTime() + TRACES_EVERY_MS;
  runtime.hasTraces = false;
  if (!(await db.$purgeOldValues())) requestPurgeOfDeletedValues();
}
