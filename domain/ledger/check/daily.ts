// Whether the books are to be compared today: once each day of the newsroom, from four in the morning, when few give.

import { dayOn } from "../../calendar";
import type { Db } from "../../database";

const FROM_MS = 4 * 60 * 60 * 1000;

/** Also true where one was begun and has not ended: it goes on. */
export async function isDailyCheckDue(db: Db, { now, timeZone }: { now: Date; timeZone: string }): Promise<boolean> {
  const last = await db.booksCheck.findFirst({ where: { mode: "check" }, orderBy: { startedAt: "desc" } });
  if (!last || last.finishedAt === null) return true;
  const day = (at: Date) => dayOn(new Date(at.getTime() - FROM_MS), timeZone);
  return day(last.startedAt) !== day(now);
}
