// Deletes rows that have reached their age (domain/ages.ts), in batches, and removes their traces from the database's files. A job
// of the instance that holds the lease. Safe to repeat.
import "server-only";
import { cutoffFor } from "../domain/ages";
import type { Db } from "./database";
import { log } from "./log";
import { runtime } from "./runtime";

/** Rows that one statement deletes. Few, so that nobody waits long for the ledger. */
const BATCH = 500;
const EVERY_MS = 10 * 60 * 1000;
/** Deleted values stay in the write-ahead log for at most this long, unless somebody is reading it. */
const TRACES_EVERY_MS = 60 * 1000;

/** Call it after deleting or emptying personal data, so that its traces in the database's files are cleared. */
export function noteTraces(): void {
  runtime.hasTraces = true;
}

/** Deletes old rows every ten minutes, and clears their traces in between. True if there is more to delete. */
export async function forgetByAge(db: Db, now: Date): Promise<boolean> {
  if (now.getTime() < (runtime.forgetAfterMs ?? 0)) {
    await clearTraces(db, now);
    return false;
  }
  const counts = await forgetOnce(db, now);
  const forgotten = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (forgotten > 0) {
    noteTraces();
    log.info(counts, "deleted rows that have reached their age");
  }
  const isMore = Object.values(counts).some((count) => count === BATCH);
  if (!isMore) {
    runtime.forgetAfterMs = now.getTime() + EVERY_MS;
    await clearTraces(db, now);
  }
  return isMore;
}

/** Deletes at most one batch of each kind. Returns the number of rows deleted. */
export async function forgetOnce(db: Db, now: Date): Promise<Record<string, number>> {
  const before = (age: Parameters<typeof cutoffFor>[0]) => cutoffFor(age, now);
  return {
    signInMails: await db.$executeRaw`DELETE FROM "OutboxMail" WHERE "id" IN (SELECT "id" FROM "OutboxMail"
      WHERE "sendAfter" IS NULL AND "kind" = 'sign-in' AND "queuedAt" <= ${before("signInMail")} LIMIT ${BATCH})`,
    mails: await db.$executeRaw`DELETE FROM "OutboxMail" WHERE "id" IN (SELECT "id" FROM "OutboxMail"
      WHERE "sendAfter" IS NULL AND "queuedAt" <= ${before("mail")} LIMIT ${BATCH})`,
    signInTokens:
      await db.$executeRaw`DELETE FROM "SignInToken" WHERE "tokenHash" IN (SELECT "tokenHash" FROM "SignInToken"
      WHERE "expiresAt" <= ${before("signInToken")} LIMIT ${BATCH})`,
    rateLimits: await db.$executeRaw`DELETE FROM "RateLimitCount" WHERE "key" IN (SELECT "key" FROM "RateLimitCount"
      WHERE "expiresAt" <= ${before("rateLimit")} LIMIT ${BATCH})`,
    unconfirmedReminders: await db.$executeRaw`DELETE FROM "Reminder" WHERE "id" IN (SELECT "id" FROM "Reminder"
      WHERE "confirmedAt" IS NULL AND "createdAt" <= ${before("unconfirmedReminder")} LIMIT ${BATCH})`,
    endedFreeSeats: await db.$executeRaw`DELETE FROM "FreeSeat" WHERE "emailHash" IN (SELECT "emailHash" FROM "FreeSeat"
      WHERE "until" <= ${before("endedFreeSeat")} LIMIT ${BATCH})`,
    giftsNeverPaid: await db.$executeRaw`DELETE FROM "Gift" WHERE "id" IN (SELECT "id" FROM "Gift"
      WHERE "expiresAt" <= ${before("giftNeverPaid")} AND "status" <> 'completed'
        AND NOT EXISTS (SELECT 1 FROM "Payment" WHERE "giftId" = "Gift"."id")
        AND NOT EXISTS (SELECT 1 FROM "RecurringGift" WHERE "giftId" = "Gift"."id") LIMIT ${BATCH})`,
    receivedEvents: await db.$executeRaw`DELETE FROM "ReceivedEvent" WHERE "id" IN (SELECT "id" FROM "ReceivedEvent"
      WHERE "outcome" IN ('recorded', 'repeated', 'irrelevant')
        AND "receivedAt" <= ${before("receivedEvent")} LIMIT ${BATCH})`,
    endedAddresses: await db.$executeRaw`DELETE FROM "SupporterAddress" WHERE "emailHash" IN (
      SELECT "emailHash" FROM "SupporterAddress" WHERE "until" <= ${before("endedAddress")} LIMIT ${BATCH})`,
    appealCounts: await db.$executeRaw`DELETE FROM "AppealCount"
      WHERE ("day", "article", "appeal", "variant", "placement", "event") IN (
        SELECT "day", "article", "appeal", "variant", "placement", "event" FROM "AppealCount"
        WHERE "day" < ${before("appealCount").toISOString().slice(0, 10)} LIMIT ${BATCH})`,
    erasedAddresses: await db.$executeRaw`DELETE FROM "ErasedAddress" WHERE "addressHash" IN (
      SELECT "addressHash" FROM "ErasedAddress" WHERE "erasedAt" <= ${before("erasedAddress")} LIMIT ${BATCH})`,
  };
}

async function clearTraces(db: Db, now: Date): Promise<void> {
  // There may be traces at the start, left by an earlier process.
  const { hasTraces = true, clearTracesAfterMs = 0 } = runtime;
  if (!hasTraces || now.getTime() < clearTracesAfterMs) return;
  runtime.clearTracesAfterMs = now.getTime() + TRACES_EVERY_MS;
  runtime.hasTraces = false;
  if (!(await db.$clearTraces())) noteTraces();
}
