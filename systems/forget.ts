// Deletes what has reached its age (domain/ages.ts), a few rows at a time, and takes what was deleted out of the file. A job of the one
// instance that has the lease; everything here is safe to repeat.
import { agedAt } from "../domain/ages";
import type { Db } from "./database";
import { log } from "./log";

/** Rows of one statement: nobody waits long for the ledger meanwhile. */
const BATCH = 500;
const EVERY_MS = 10 * 60 * 1000;
/** What has been emptied stays in the write-ahead log no longer than this, where nobody is reading it. */
const TRACES_EVERY_MS = 60 * 1000;

const shared = globalThis as typeof globalThis & {
  appealForgetAfter?: number;
  appealTracesAfter?: number;
  appealHasTraces?: boolean;
};

/** Something of a person has been deleted or emptied: its traces are to be cleared. */
export function leftTraces(): void {
  shared.appealHasTraces = true;
}

/** Every ten minutes; answers whether there is more to forget. */
export async function forgetByAge(db: Db, now: Date): Promise<boolean> {
  if (now.getTime() < (shared.appealForgetAfter ?? 0)) {
    await clearTraces(db, now);
    return false;
  }
  const counts = await forgetOnce(db, now);
  const forgotten = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (forgotten > 0) {
    leftTraces();
    log.info(counts, "forgot what has reached its age");
  }
  const isMore = Object.values(counts).some((count) => count === BATCH);
  if (!isMore) {
    shared.appealForgetAfter = now.getTime() + EVERY_MS;
    await clearTraces(db, now);
  }
  return isMore;
}

/** How many rows of each went: at most a batch. */
export async function forgetOnce(db: Db, now: Date): Promise<Record<string, number>> {
  const before = (age: Parameters<typeof agedAt>[0]) => agedAt(age, now);
  return {
    signInMails: await db.$executeRaw`DELETE FROM "OutboxMail" WHERE "id" IN (SELECT "id" FROM "OutboxMail"
      WHERE "sendAfter" IS NULL AND "kind" = 'sign-in' AND "queuedAt" <= ${before("signInMail")} LIMIT ${BATCH})`,
    mails: await db.$executeRaw`DELETE FROM "OutboxMail" WHERE "id" IN (SELECT "id" FROM "OutboxMail"
      WHERE "sendAfter" IS NULL AND "queuedAt" <= ${before("mail")} LIMIT ${BATCH})`,
    signInTokens:
      await db.$executeRaw`DELETE FROM "SignInToken" WHERE "tokenHash" IN (SELECT "tokenHash" FROM "SignInToken"
      WHERE "expiresAt" <= ${before("signInToken")} LIMIT ${BATCH})`,
    rateLimits: await db.$executeRaw`DELETE FROM "DoorCount" WHERE "key" IN (SELECT "key" FROM "DoorCount"
      WHERE "expiresAt" <= ${before("rateLimit")} LIMIT ${BATCH})`,
    giftsNeverPaid: await db.$executeRaw`DELETE FROM "Gift" WHERE "id" IN (SELECT "id" FROM "Gift"
      WHERE "expiresAt" <= ${before("giftNeverPaid")} AND "status" <> 'completed'
        AND NOT EXISTS (SELECT 1 FROM "Payment" WHERE "giftId" = "Gift"."id")
        AND NOT EXISTS (SELECT 1 FROM "RecurringGift" WHERE "giftId" = "Gift"."id") LIMIT ${BATCH})`,
    receivedEvents: await db.$executeRaw`DELETE FROM "ReceivedEvent" WHERE "id" IN (SELECT "id" FROM "ReceivedEvent"
      WHERE "outcome" IN ('recorded', 'repeated', 'irrelevant')
        AND "receivedAt" <= ${before("receivedEvent")} LIMIT ${BATCH})`,
    endedAddresses: await db.$executeRaw`DELETE FROM "SupporterAddress" WHERE "emailHash" IN (
      SELECT "emailHash" FROM "SupporterAddress" WHERE "until" <= ${before("endedAddress")} LIMIT ${BATCH})`,
    erasedAddresses: await db.$executeRaw`DELETE FROM "ErasedAddress" WHERE "addressHash" IN (
      SELECT "addressHash" FROM "ErasedAddress" WHERE "erasedAt" <= ${before("erasedAddress")} LIMIT ${BATCH})`,
  };
}

async function clearTraces(db: Db, now: Date): Promise<void> {
  // At the start: a process that ended may have left some.
  const { appealHasTraces: has = true, appealTracesAfter: after = 0 } = shared;
  if (!has || now.getTime() < after) return;
  shared.appealTracesAfter = now.getTime() + TRACES_EVERY_MS;
  shared.appealHasTraces = false;
  if (!(await db.$clearTraces())) leftTraces();
}
