import type Stripe from "stripe";
import { listBooksDifferences } from "../../domain/ledger/check/store/progress";
import { queueCardExpiryNotices } from "../../domain/ledger/renewal-mail";
import { rethrow } from "../../domain/testing/rethrow";
import { checkBooks } from "../../systems/books-check";
import type { Db } from "../../systems/database";
import { findLedgerLineDifferences, type LedgerAsTextLines, ledgerLinesFromDatabase } from "./oracle";
import { findMailsWithoutCause } from "./oracle-mails";
import { findTotalsWithMoreSettledThanGiven } from "./oracle-sums";

/**
 * Returns a line for each fault of the ledger, such as a difference from Stripe, an unrecorded event or a recorded
 * forgery. First queues the e-mails about expiring cards, as a background job of the site does each hour.
 */
export async function queueCardExpiryMailsAndCompareLedger(
  db: Db,
  { stripeBooks, stripe }: { stripeBooks: LedgerAsTextLines; stripe: Stripe },
): Promise<string[]> {
  await queueCardExpiryNotices(db, new Date(), rethrow);
  const { id } = await checkBooks(db, { mode: "check", graceMs: 0 });
  const found = await listBooksDifferences(db, id);
  const failed = await db.receivedEvent.findMany({ where: { outcome: "failed" } });
  const forged = await db.receivedEvent.findMany({ where: { id: { startsWith: "evt_forged" } } });
  return [
    ...found.map(
      ({ object, place, cause, ours, theirs }) => `${object} ${place} ${cause}: ${ours} here, ${theirs} there`,
    ),
    ...findLedgerLineDifferences(stripeBooks, await ledgerLinesFromDatabase(db)),
    ...(await findTotalsWithMoreSettledThanGiven(db)),
    ...(await findMailsWithoutCause(db, stripe)),
    ...failed.map(({ type, error }) => `a ${type} could not be recorded: ${error}`),
    ...forged.map(({ id: event }) => `${event} was recorded although it is forged`),
  ];
}
