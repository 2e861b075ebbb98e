// Every difference between our books and Stripe's, found by the books check, by the second opinion, and in the list of events.
import { listDifferences } from "../../domain/ledger/check/store/progress";
import { checkBooks } from "../../systems/books-check";
import type { Db } from "../../systems/database";
import { type Account, accountOfBooks, differencesBetween } from "./oracle";
import { moreThanGiven } from "./oracle-sums";

/** Empty where the books are equal. Call it when all events have arrived and the jobs are done. */
export async function differencesIn(db: Db, theirs: Account): Promise<string[]> {
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  const found = await listDifferences(db, id);
  const failed = await db.receivedEvent.findMany({ where: { outcome: "failed" } });
  const forged = await db.receivedEvent.findMany({ where: { id: { startsWith: "evt_forged" } } });
  return [
    ...found.map(
      ({ object, place, cause, ours, theirs }) => `${object} ${place} ${cause}: ${ours} here, ${theirs} there`,
    ),
    ...differencesBetween(theirs, await accountOfBooks(db)),
    ...(await moreThanGiven(db)),
    ...failed.map(({ type, error }) => `a ${type} could not be recorded: ${error}`),
    ...forged.map(({ id: event }) => `${event} was recorded although it is forged`),
  ];
}
