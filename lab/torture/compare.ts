// Finds every difference between our ledger and Stripe's objects: by the books check, by the independent oracle (oracle.ts), and in the
// list of received events.
import { listDifferences } from "../../domain/ledger/check/store/progress";
import { checkBooks } from "../../systems/books-check";
import type { Db } from "../../systems/database";
import { type Account, booksFromLedger, differencesBetween } from "./oracle";
import { findTotalsAboveGifts } from "./oracle-sums";

/** Returns the differences; none if the books are equal. Call it when all events have arrived and the jobs are done. */
export async function differencesIn(db: Db, theirs: Account): Promise<string[]> {
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  const found = await listDifferences(db, id);
  const failed = await db.receivedEvent.findMany({ where: { outcome: "failed" } });
  const forged = await db.receivedEvent.findMany({ where: { id: { startsWith: "evt_forged" } } });
  return [
    ...found.map(
      ({ object, place, cause, ours, theirs }) => `${object} ${place} ${cause}: ${ours} here, ${theirs} there`,
    ),
    ...differencesBetween(theirs, await booksFromLedger(db)),
    ...(await findTotalsAboveGifts(db)),
    ...failed.map(({ type, error }) => `a ${type} could not be recorded: ${error}`),
    ...forged.map(({ id: event }) => `${event} was recorded although it is forged`),
  ];
}
