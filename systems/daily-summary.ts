import "server-only";
import { queueDailySummary } from "../domain/newsroom/summary";
import { publication } from "../publication";
import { listRootAddresses } from "./auth/staff";
import type { Db } from "./database";
import { logPageSectionFailure } from "./failed-page-section";
import { runtime } from "./runtime";
import { runBackgroundJobsSoon } from "./wake-jobs";

const CHECK_EVERY_MS = 60_000;

/** Queues the daily summary for staff if it is due. Checks this at most once a minute. */
export async function queueDailySummaryIfDue(db: Db, now: Date): Promise<boolean> {
  if (now.getTime() < (runtime.summaryAfterMs ?? 0)) return false;
  runtime.summaryAfterMs = now.getTime() + CHECK_EVERY_MS;
  const queued = await queueDailySummary(db, {
    now,
    publication,
    roots: listRootAddresses(),
    onFailure: logPageSectionFailure,
  });
  if (queued > 0) runBackgroundJobsSoon();
  return false;
}
