// Calculates sums of movements by kind, per day and per month in the newsroom's time zone. For each cohort (the gifts
// that began in one month, without those of returning supporters), also calculates sums per month.
import type { MovementTotal } from "../../generated/sqlite/client";
import { dayOn } from "../calendar";
import type { RecurringMovementKind, RecurringMovementWithKind } from "./movement-steps";

/** The numbers that are added to one row of the movement totals. `gifts` and `yearMinor` can be negative. */
export type RecurringMovementTotalChange = MovementTotal;
type Counted = Pick<RecurringMovementWithKind, "subscriptionId" | "kind" | "movedAt" | "currency" | "yearMinor">;

/**
 * The number that each kind of movement adds to a cohort's count of gifts that are not lost. A pause changes
 * nothing, because a paused gift is not lost.
 */
const KEPT_GIFTS: Partial<Record<RecurringMovementKind, number>> = { new: 1, lost: -1, recovered: 1 };

/**
 * Returns at most one change for each row of the movement totals, and no change of zero. The order is always the same,
 * so that two transactions never deadlock.
 */
export function recurringMovementTotalChanges(
  before: readonly Counted[],
  after: readonly Counted[],
  timeZone: string,
): RecurringMovementTotalChange[] {
  const changes = new Map<string, RecurringMovementTotalChange>();
  for (const change of [...rowsOf(before, -1, timeZone), ...rowsOf(after, 1, timeZone)])
    addRecurringMovementTotal(changes, change);
  return [...changes]
    .filter(([, { gifts, yearMinor }]) => gifts !== 0 || yearMinor !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change);
}

export function recurringMovementTotalKey({ period, by, start, value, currency }: MovementTotal): string {
  return [period, by, start, value, currency].join("|");
}

export function addRecurringMovementTotal(totals: Map<string, MovementTotal>, row: MovementTotal): void {
  const name = recurringMovementTotalKey(row);
  const sum = totals.get(name);
  totals.set(
    name,
    sum ? { ...sum, gifts: sum.gifts + row.gifts, yearMinor: sum.yearMinor + row.yearMinor } : { ...row },
  );
}

function rowsOf(movements: readonly Counted[], sign: 1 | -1, timeZone: string): RecurringMovementTotalChange[] {
  const [first] = movements;
  // A returning supporter's gift does not belong to a cohort.
  const cohort = first?.kind === "new" ? dayOn(first.movedAt, timeZone).slice(0, 7) : null;
  return movements.flatMap(({ kind, movedAt, currency, yearMinor }) => {
    const day = dayOn(movedAt, timeZone);
    const month = day.slice(0, 7);
    const byKind = { by: "kind", value: kind, currency, gifts: sign, yearMinor: BigInt(sign) * yearMinor };
    const ofCohort = { ...byKind, by: "cohort", value: cohort ?? "", gifts: sign * (KEPT_GIFTS[kind] ?? 0) };
    return [
      { period: "day", start: day, ...byKind },
      { period: "month", start: month, ...byKind },
      ...(cohort ? [{ period: "month", start: month, ...ofCohort }] : []),
    ];
  });
}
