import type { Db, Tx } from "../../database";
import {
  compareMovementsWithGiftHistory,
  correctRecurringMovementTotals,
  rederiveRecurringMovements,
} from "./movements";
import { compareRecurringTotals } from "./recurring-totals";
import { findDerivationVersionOfTotals, saveDerivationVersionOfTotals } from "./store/ledger-supporters";
import { compareSupporterKindAndLastPaid } from "./supporter-payments";
import { addCorrectionsToTotals, compareTotalsWithLedgerRows } from "./totals";

/**
 * The version of the rules by which sums are derived, for example in totals.ts, totals-change.ts and gift-history.ts.
 * Increase it with every change of these rules, so that every ledger derives its sums again.
 */
export const TOTALS_DERIVATION_VERSION = 2;

/**
 * Compares the ledger's sums with the rows from which they are derived. `tx`: a snapshot. The result contains
 * corrections that must be added to the sums. If the sums were overwritten instead, entries that are recorded after the
 * snapshot would be lost.
 */
export async function compareTotalsWithRows(tx: Tx, timeZone: string) {
  return {
    totals: await compareTotalsWithLedgerRows(tx, timeZone),
    movements: await compareMovementsWithGiftHistory(tx, timeZone),
  };
}

type OwnSums = Awaited<ReturnType<typeof compareTotalsWithRows>>;

/**
 * Adds the corrections that a comparison has found to the ledger's sums. Call it only once for each comparison: a
 * second call would add the corrections again.
 */
export async function addCorrectionsToTotalsAndMovements(tx: Tx, { totals, movements }: OwnSums): Promise<void> {
  await addCorrectionsToTotals(tx, totals.corrections);
  await correctRecurringMovementTotals(tx, movements);
}

/**
 * Derives the ledger's sums again if they were derived with another TOTALS_DERIVATION_VERSION or time zone, or have
 * never been derived. Returns false if this was not necessary, or if another process did it first.
 */
export async function rederiveTotalsIfRulesOrTimeZoneChanged(db: Db, timeZone: string): Promise<boolean> {
  const isKept = async (at: Db | Tx) => {
    const stored = await findDerivationVersionOfTotals(at);
    return stored?.rules === TOTALS_DERIVATION_VERSION && stored.timeZone === timeZone;
  };
  if (await isKept(db)) return false;
  await compareSupporterKindAndLastPaid(db, { repair: true });
  const found = await db.$snapshot((tx) => compareTotalsWithRows(tx, timeZone));
  await rederiveRecurringMovements(db, found.movements, timeZone);
  return db.$transaction(async (tx) => {
    if (await isKept(tx)) return false;
    await addCorrectionsToTotalsAndMovements(tx, found);
    await compareRecurringTotals(tx, { repair: true });
    await saveDerivationVersionOfTotals(tx, { rules: TOTALS_DERIVATION_VERSION, timeZone });
    return true;
  });
}
