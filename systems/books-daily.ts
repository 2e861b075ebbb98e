// Compares the ledger with Stripe each day. It repairs nothing, because a person decides about repairs.
import "server-only";
import { isDailyCheckDue } from "../domain/ledger/check/daily";
import { publication } from "../publication";
import { checkBooks } from "./books-check";
import type { Db } from "./database";
import { env } from "./env";
import { log, redactError } from "./log";
import { runtime } from "./runtime";

const AFTER_FAILURE_MS = 15 * 60 * 1000;

/**
 * Runs the daily comparison if it is due. After a failure, tries again 15 minutes later. Always returns false, which
 * means that the job does not need to run again at once.
 */
export async function checkBooksIfDue(db: Db, now: Date): Promise<boolean> {
  // The first check after a start waits. In this time, Stripe can resend the events that the site missed while it was
  // down.
  runtime.booksCheckAfterMs ??= now.getTime() + env().BOOKS_CHECK_WAIT_MINUTES * 60_000;
  if (now.getTime() < runtime.booksCheckAfterMs) return false;
  if (!(await isDailyCheckDue(db, { now, timeZone: publication.timeZone }))) return false;
  try {
    const { id, compared } = await checkBooks(db, { mode: "check", now });
    const where = { checkId: id };
    const unreadable = await db.booksDifference.count({ where: { ...where, cause: "unreadable" } });
    const differences = (await db.booksDifference.count({ where })) - unreadable;
    log.info({ check: id, compared, differences, unreadable }, "compared the books with Stripe's");
  } catch (error) {
    runtime.booksCheckAfterMs = now.getTime() + AFTER_FAILURE_MS;
    log.warn({ error: redactError(error) }, "the comparison of the books with Stripe's failed");
  }
  return false;
}
