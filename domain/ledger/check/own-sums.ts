import type { Db, Tx } from "../../database";
import { compareMovements, correctMovementSums, rederiveMovements } from "./movements";
import { compareRecurringTotals } from "./recurring-totals";
import { findSumRules, saveSumRules } from "./store/ledger-supporters";
import { compareSupporterPayments } from "./supporter-payments";
import { compareTotals, correctTotals } from "./totals";

/** The version of the rules. Increase it with every change of how sums are derived (totals.ts, counted-sums.ts, gift-history.ts …). */
export const SUM_RULES_VERSION = 2;

/** `tx`: a snapshot. The corrections are added to the sums, so what is recorded meanwhile is not lost. */
export async function compareOwnSums(tx: Tx, timeZone: string) {
  return { totals: await compareTotals(tx, timeZone), movements: await compareMovements(tx, timeZone) };
}

type OwnSums = Awaited<ReturnType<typeof compareOwnSums>>;

/** Call it only once for each comparison. */
export async function correctOwnSums(tx: Tx, { totals, movements }: OwnSums): Promise<void> {
  await correctTotals(tx, totals.corrections);
  await correctMovementSums(tx, movements);
}

/** Derives the sums again if the rules or the time zone changed. True if this process corrected them. */
export async function ensureSumsAreCurrent(db: Db, timeZone: string): Promise<boolean> {
  const isKept = async (at: Db | Tx) => {
    const stored = await findSumRules(at);
    return stored?.rules === SUM_RULES_VERSION && stored.timeZone === timeZone;
  };
  if (await isKept(db)) return false;
  await compareSupporterPayments(db, { repair: true });
  const found = await db.$snapshot((tx) => compareOwnSums(tx, timeZone));
  await rederiveMovements(db, found.movements, timeZone);
  return db.$transaction(async (tx) => {
    if (await isKept(tx)) return false;
    await correctOwnSums(tx, found);
    await compareRecurringTotals(tx, { repair: true });
    await saveSumRules(tx, { rules: SUM_RULES_VERSION, timeZone });
    return true;
  });
}
