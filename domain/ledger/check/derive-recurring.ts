// What recurring gifts are worth must be what the gifts themselves say. Both are read in one transaction: they change while the site runs.
import type { RecurringTotal } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { COUNTED_STATUSES } from "../recurring-rows";
import type { Difference } from "./row";

const COLUMNS = ["gifts", "ending", "amountMinor"] as const;

/** Where the kept sums are not the gifts' own; with `mend`, these are kept in their place. */
export async function compareRecurringTotals(tx: Tx, { mend }: { mend: boolean }): Promise<Difference[]> {
  const derived = await deriveRecurringTotals(tx);
  const found = differencesBetween(await tx.recurringTotal.findMany(), derived);
  if (mend && found.length > 0) {
    await tx.recurringTotal.deleteMany({});
    await tx.recurringTotal.createMany({ data: derived });
  }
  return found;
}

async function deriveRecurringTotals(tx: Tx): Promise<RecurringTotal[]> {
  const groups = await tx.recurringGift.groupBy({
    by: ["currency", "frequency", "status"],
    where: { status: { in: COUNTED_STATUSES } },
    _count: { _all: true, cancelAt: true },
    _sum: { amountMinor: true },
  });
  return groups.map(({ _count, _sum, ...key }) => ({
    ...key,
    gifts: _count._all,
    ending: _count.cancelAt,
    amountMinor: _sum.amountMinor ?? 0n,
  }));
}

/** A row of zeros is none. */
function differencesBetween(kept: RecurringTotal[], derived: RecurringTotal[]): Difference[] {
  const [ours, theirs] = [byName(kept), byName(derived)];
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return names.flatMap((object) =>
    COLUMNS.map((column) => ({
      object,
      place: `recurring-total.${column}`,
      cause: "sum-differs" as const,
      ours: String(ours.get(object)?.[column] ?? 0),
      theirs: String(theirs.get(object)?.[column] ?? 0),
    })).filter((told) => told.ours !== told.theirs),
  );
}

function byName(rows: RecurringTotal[]): Map<string, RecurringTotal> {
  return new Map(rows.map((row) => [`${row.currency}|${row.frequency}|${row.status}`, row]));
}
