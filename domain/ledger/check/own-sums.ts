import type { Db, Tx } from "../../database";
import { compareMovements, correctMovementSums, rederiveMovements } from "./movements";
import { compareRecurringTotals } from "./recurring-totals";
import { findVersionOfStoredSums, saveVersionOfStoredSums } from "./store/ledger-supporters";
import { compareSupporterKindAndLastPaid } from "./supporter-payments";
import { addCorrectionsToTotals, compareTotals } from "./totals";

/**
 * The version of the rules by which sums are derived, for example in totals.ts, counted-sums.ts and gift-history.ts.
 * Increase it with every change of these rules, so that every ledger derives its sums again.
 */
export const SUM_DERIVATION_VERSION = 2;

/**
 * Compares the ledger's sums with the rows from which they are derived. `tx`: a snapshot. The result contains
 * corrections that must be added to the sums. If the sums were overwritten instead, entries that are recorded after the
 * snapshot would be lost.
 */
export async function compareLedgerSumsWithRows(tx: Tx, timeZone: string) {
  return { totals: await compareTotals(tx, timeZone), movements: await compareMovements(tx, timeZone) };
}

type OwnSums = Awaited<ReturnType<typeof compareLedgerSumsWithRows>>;

/**
 * Adds the corrections that a comparison has found to the ledger's sums. Call it only once for each comparison: a
 * second call would add the corrections again.
 */
export async function applyCorrectionsToLedgerSums(tx: Tx, { totals, movements }: OwnSums): Promise<void> {
  await addCorrectionsToTotals(tx, totals.corrections);
  await correctMovementSums(tx, movements);
}

/**
 * Derives the ledger's sums again if they were derived with another SUM_DERIVATION_VERSION or time zone, or have never
 * been derived. Returns false if this was not necessary, or if another process did it first.
 */
export async function rederiveOutdatedSums(db: Db, timeZone: string): Promise<boolean> {
  const isKept = async (at: Db | Tx) => {
    const stored = await findVersionOfStoredSums(at);
    return stored?.rules === SUM_DERIVATION_VERSION && stored.timeZone === timeZone;
  };
  if (await isKept(db)) return false;
  await compareSupporterKindAndLastPaid(db, { repair: true });
  const found = await db.$snapshot((tx) => compareLedgerSumsWithRows(tx, timeZone));
  await rederiveMovements(db, found.movements, timeZone);
  return db.$transaction(async (tx) => {
    if (await isKept(tx)) return false;
    await applyCorrectionsToLedgerSums(tx, found);
    await compareRecurringTotals(tx, { repair: true });
    await saveVersionOfStoredSums(tx, { rules: SUM_DERIVATION_VERSION, timeZone });
    return true;
  });
}
