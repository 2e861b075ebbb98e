import { addDays } from "../calendar";
import type { Db } from "../database";
import type { RecurringMovementKind } from "../ledger/movement-steps";
import { type Currency, currencyFromStripe, type Money, moneyOf } from "../money";
import { groupBy } from "./group-by";
import { readRowsOfDayRanges, totalsRangeOf } from "./income";
import { type DayRange, isWholeMonths } from "./periods";
import {
  selectRecurringMovementTotals,
  selectRecurringValueAtEndOfDay,
  sumRecurringMovementsOfRange,
} from "./store/totals";

/**
 * The value of recurring gifts. `yearMinor`: the exact value per year, in minor units. `perMonth`: a twelfth of it,
 * rounded toward zero for display.
 */
export type RecurringGiftsValue = { yearMinor: bigint; perMonth: Money };
export type RecurringMovementKindTotal = RecurringGiftsValue & { movements: number };

/**
 * The value of recurring gifts at the start and end of a range, and the movements that changed it. `yearMinor` at the
 * start plus that of all movements equals `yearMinor` at the end. Defined in docs/figures.md: `monthly-value`,
 * `movements`, and the kinds of movement `new`, `returned-gift`, `grown`, `shrunk`, `paused-movement`, `resumed`,
 * `lost`, `recovered`, `caught-up`.
 */
export type RecurringValueOverRange = {
  currency: Currency;
  start: RecurringGiftsValue;
  byKind: Partial<Record<RecurringMovementKind, RecurringMovementKindTotal>>;
  end: RecurringGiftsValue;
};

/**
 * Returns the movements of recurring gifts in each range, per currency. The ledger stores the losses of overdue gifts
 * in advance, each with a day in the future. A range that ends today does not include these losses.
 */
export async function getRecurringMovementsPerRange(
  db: Db,
  ranges: readonly DayRange[],
): Promise<RecurringValueOverRange[][]> {
  const rows = await readMovements(db, ranges);
  const result: RecurringValueOverRange[][] = [];
  // Maps the last day of each range to the value at the end of that day. If the next range begins on the following day,
  // it starts with this value.
  const ends = new Map<string, readonly CurrencyValue[]>();
  for (const [n, { from, to }] of ranges.entries()) {
    const before = addDays(from, -1);
    const moved = movementsPerCurrency(
      ends.get(before) ?? (await selectRecurringValueAtEndOfDay(db, before)),
      rows[n] ?? [],
    );
    ends.set(
      to,
      moved.map(({ currency, end }) => ({ currency, yearMinor: end.yearMinor })),
    );
    result.push(moved);
  }
  return result;
}

/**
 * Reads the movements of each range by kind. If there is only one range, lets the database add up the rows of that
 * range. They can be many: an unfinished month has rows for each day.
 */
async function readMovements(db: Db, ranges: readonly DayRange[]): Promise<KindRow[][]> {
  const [only, ...more] = ranges;
  if (!only || more.length > 0)
    return readRowsOfDayRanges(ranges, (range) => selectRecurringMovementTotals(db, { by: "kind", ...range }));
  const rows = await sumRecurringMovementsOfRange(db, totalsRangeOf(only, isWholeMonths(only)));
  return [rows.map((row) => ({ ...row, gifts: Number(row.gifts) }))];
}

/**
 * Returns the value of recurring gifts at the end of a day, per currency. Defined in docs/figures.md: `monthly-value`.
 */
export async function getRecurringValueAtEndOfDay(db: Db, day: string): Promise<Map<Currency, RecurringGiftsValue>> {
  const rows = await selectRecurringValueAtEndOfDay(db, day);
  return new Map(
    rows.map(({ currency, yearMinor }) => [currencyFromStripe(currency), yearlyAndMonthlyValue(yearMinor, currency)]),
  );
}

export function yearlyAndMonthlyValue(yearMinor: bigint, currency: string): RecurringGiftsValue {
  return { yearMinor, perMonth: moneyOf(yearMinor / 12n, currency) };
}

type CurrencyValue = { currency: string; yearMinor: bigint };
type KindRow = { value: string; currency: string; gifts: number; yearMinor: bigint };

function movementsPerCurrency(starts: readonly CurrencyValue[], rows: readonly KindRow[]): RecurringValueOverRange[] {
  const byCurrency = groupBy(rows, ({ currency }) => currency);
  const currencies = [...new Set([...starts.map(({ currency }) => currency), ...byCurrency.keys()])].sort();
  return currencies.map((currency) => {
    const start = starts.find((row) => row.currency === currency)?.yearMinor ?? 0n;
    const own = byCurrency.get(currency) ?? [];
    const change = own.reduce((sum, { yearMinor }) => sum + yearMinor, 0n);
    const kinds = [...groupBy(own, ({ value }) => value)].map(([kind, group]) => [kind, movedOf(group, currency)]);
    return {
      currency: currencyFromStripe(currency),
      start: yearlyAndMonthlyValue(start, currency),
      byKind: Object.fromEntries(kinds),
      end: yearlyAndMonthlyValue(start + change, currency),
    };
  });
}

function movedOf(rows: readonly KindRow[], currency: string): RecurringMovementKindTotal {
  const yearMinor = rows.reduce((sum, row) => sum + row.yearMinor, 0n);
  return { movements: rows.reduce((sum, { gifts }) => sum + gifts, 0), ...yearlyAndMonthlyValue(yearMinor, currency) };
}
