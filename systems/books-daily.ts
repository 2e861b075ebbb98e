// The daily check of the books, as a job of the one instance that has the lease. It mends nothing: its result is on the
// newsroom's page, and repairing is a person's decision.
import { isDailyCheckDue } from "../domain/ledger/check/daily";
import { publication } from "../publication";
import { checkBooks } from "./books-check";
import type { Db } from "./database";
import { log, redactError } from "./log";
import { runtime } from "./runtime";

/** After a start: what came in while the site was down has arrived by then, and a restart that fails asks Stripe nothing. */
const AFTER_START_MS = 10 * 60 * 1000;
const AFTER_FAILURE_MS = 15 * 60 * 1000;

/** Never more to do after it. Where Stripe cannot be reached it goes on a quarter of an hour later, where it was. */
export async function checkBooksDaily(db: Db, now: Date): Promise<boolean> {
  runtime.booksCheckAfterMs ??= now.getTime() + AFTER_START_MS;
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
    log.warn({ error: redactError(error) }, "the books could not be compared with Stripe's");
  }
  return false;
}
