// Exports of payments. The next batch is read only when the browser takes more, so a million rows need no more memory
// than a few batches.
import type { DayRange } from "../domain/newsroom/periods";
import "server-only";
import { dayOn } from "../domain/calendar";
import { ACCOUNTING_EXPORT_COLUMNS, listAccountingRows, timeRangeOf } from "../domain/newsroom/exports/payments";
import type { Db } from "./database";
import { streamTableAsCsv } from "./documents/csv";
import { log, redactError } from "./log";

/** The number of rows in a batch. It is small, so that other pages wait only briefly for the ledger. */
const BATCH = 2_000;

export async function* streamPaymentsCsv(
  db: Db,
  { range, timeZone }: { range: DayRange; timeZone: string },
): AsyncGenerator<Buffer> {
  const rows = { moments: timeRangeOf(range, timeZone), dayOf: dayFinder(timeZone), limit: BATCH };
  try {
    yield* streamTableAsCsv(ACCOUNTING_EXPORT_COLUMNS, listAccountingRows(db, rows));
  } catch (error) {
    log.error({ error: redactError(error) }, "an export failed before its end");
    throw error;
  }
}

/**
 * Returns a function that returns the calendar day of a time. The function first checks if the time is on the same day
 * as the previous one: rows come in order of time, so this is usually true.
 */
function dayFinder(timeZone: string): (at: Date) => string {
  let last = { day: "", from: Number.NaN, before: Number.NaN };
  return (at) => {
    const isSame = at.getTime() >= last.from && at.getTime() < last.before;
    if (!isSame) {
      const day = dayOn(at, timeZone);
      const bounds = timeRangeOf({ from: day, to: day }, timeZone);
      last = { day, from: bounds.from.getTime(), before: bounds.before.getTime() };
    }
    return last.day;
  };
}
