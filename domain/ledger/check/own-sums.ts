// Compares everything that the ledger derives from its own rows with those rows: totals, movements, charges to come, first payments.
// The books check does it at its end. The site does it at its start where the rules or the time zone have changed since.
import type { Db, Tx } from "../../database";
import { compareMovements, correctMovementSums, correctStories } from "./movements";
import { compareRecurringTotals } from "./recurring-totals";
import { findKeptSums, saveKeptSums } from "./store/ledger-supporters";
import { compareSupporterPayments } from "./supporter-payments";
import { compareTotals, correctTotals } from "./totals";

/** Raise it with every change of the rules by which sums are derived (totals.ts, counted-sums.ts, recurring-story.ts …). */
export const SUM_RULES = 2;

/** Totals and movements are read at one moment. The site continues recording meanwhile; the corrections are additions, so they stay right. */
export async function compareOwnSums(tx: Tx, timeZone: string) {
  return { totals: await compareTotals(tx, timeZone), movements: await compareMovements(tx, timeZone) };
}

type OwnSums = Awaited<ReturnType<typeof compareOwnSums>>;

/** Corrects the sums as they were compared. Not safe to repeat. */
export async function correctOwnSums(tx: Tx, { totals, movements }: OwnSums): Promise<void> {
  await correctTotals(tx, totals.corrections);
  await correctMovementSums(tx, movements);
}

/** Derives all sums again, unless they follow the present rules. True if it did. Several processes may start at once. */
export async function ensureKeptSums(db: Db, timeZone: string): Promise<boolean> {
  const isKept = async (at: Db | Tx) => {
    const kept = await findKeptSums(at);
    return kept?.rules === SUM_RULES && kept.timeZone === timeZone;
  };
  if (await isKept(db)) return false;
  await compareSupporterPayments(db, { repair: true });
  const found = await db.$snapshot((tx) => compareOwnSums(tx, timeZone));
  await correctStories(db, found.movements, timeZone);
  return db.$transaction(async (tx) => {
    if (await isKept(tx)) return false;
    await correctOwnSums(tx, found);
    await compareRecurringTotals(tx, { repair: true });
    await saveKeptSums(tx, { rules: SUM_RULES, timeZone });
    return true;
  });
}
