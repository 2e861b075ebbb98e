// Decides when the daily comparison of the ledger with Stripe is due. A day begins here at about 04:00 in the
// newsroom's time zone, when few readers give.

import { dayOn } from "../../calendar";
import type { Db } from "../../database";
import { findLatestBooksCheck } from "./store/progress";

const FROM_MS = 4 * 60 * 60 * 1000;

/** Returns true if no comparison has started today, or if the latest one has not finished. */
export async function isDailyCheckDue(db: Db, { now, timeZone }: { now: Date; timeZone: string }): Promise<boolean> {
  const last = await findLatestBooksCheck(db, "check");
  if (!last || last.finishedAt === null) return true;
  const day = (at: Date) => dayOn(new Date(at.getTime() - FROM_MS), timeZone);
  return day(last.startedAt) !== day(now);
}
