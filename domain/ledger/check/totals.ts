import type { Tx } from "../../database";
import { addToTotals } from "../store/entries";
import { type TotalsIncrement, totalKeys, totalKeyToString } from "../totals";
import {
  bouncedChargeIds,
  TOTAL_AMOUNT_COLUMNS,
  TOTAL_COUNT_COLUMNS,
  type TotalsChange,
  totalsChangeOfBalanceEntry,
  totalsChangeOfEntry,
  totalsChangeOfPendingPayment,
  totalsTimeOfBalanceEntry,
} from "../totals-change";
import { compareTotal, type LedgerDifference } from "./row";
import {
  deleteTotals,
  iterateAllBalanceEntries,
  iterateAllTotals,
  listBouncedDebits,
  listEntriesWithPayments,
  listPendingPayments,
} from "./store/ledger-sums";

const PAGE = 1_000;

type FullSums = Record<(typeof TOTAL_COUNT_COLUMNS)[number], number> &
  Record<(typeof TOTAL_AMOUNT_COLUMNS)[number], bigint>;

const ZEROS = Object.fromEntries([
  ...TOTAL_COUNT_COLUMNS.map((name) => [name, 0]),
  ...TOTAL_AMOUNT_COLUMNS.map((name) => [name, 0n]),
]) as FullSums;

/**
 * Compares the stored totals with the rows from which they are derived. `tx`: a transaction on a snapshot, so that
 * totals and rows are read as of one moment.
 */
export async function compareTotalsWithLedgerRows(
  tx: Tx,
  timeZone: string,
): Promise<{ differences: LedgerDifference[]; corrections: TotalsIncrement[] }> {
  const derived = await deriveTotals(tx, timeZone);
  const differences: LedgerDifference[] = [];
  const corrections: TotalsIncrement[] = [];
  const compare = (
    name: string,
    key: TotalsIncrement["key"],
    { ours, theirs }: { ours: FullSums; theirs: FullSums },
  ) => {
    const found = [...TOTAL_COUNT_COLUMNS, ...TOTAL_AMOUNT_COLUMNS].flatMap((column) =>
      compareTotal(name, { place: `total.${column}`, stored: ours[column], derived: theirs[column] }),
    );
    if (found.length > 0) corrections.push({ key: keyOf(key), sums: correctionOf(ours, theirs) });
    differences.push(...found);
  };
  for await (const row of iterateAllTotals(tx)) {
    const name = totalKeyToString(row);
    compare(name, row, { ours: row, theirs: { ...ZEROS, ...derived.get(name)?.sums } });
    derived.delete(name);
  }
  for (const [name, { key, sums }] of derived) compare(name, key, { ours: ZEROS, theirs: { ...ZEROS, ...sums } });
  differences.sort((a, b) => (a.object < b.object ? -1 : a.object > b.object ? 1 : 0));
  return { differences, corrections };
}

/**
 * Adds the corrections to the totals. Does not overwrite the totals, because payments may have been recorded after the
 * comparison. A second call with the same corrections would add them again. Also deletes totals whose sums are all
 * zero.
 */
export async function addCorrectionsToTotals(tx: Tx, corrections: TotalsIncrement[]): Promise<void> {
  for (let from = 0; from < corrections.length; from += PAGE)
    await addToTotals(tx, corrections.slice(from, from + PAGE));
  await deleteTotals(tx, ZEROS);
}

/** Calculates all totals from payments, entries and balance entries. The map's keys come from totalKeyToString(). */
async function deriveTotals(tx: Tx, timeZone: string): Promise<Map<string, TotalsIncrement>> {
  const totals = new Map<string, TotalsIncrement>();
  const add = (
    payment: Parameters<typeof totalKeys>[0],
    when: { occurredAt: Date; settledCurrency: string },
    sums: TotalsChange,
  ) => {
    for (const key of totalKeys(payment, { ...when, sums, timeZone })) {
      const name = totalKeyToString(key);
      const total = totals.get(name);
      if (total) addInPlace(total.sums, sums);
      else totals.set(name, { key, sums: { ...sums } });
    }
  };
  for await (const { payment, ...entry } of listEntriesWithPayments(tx))
    add(payment, { occurredAt: entry.occurredAt, settledCurrency: "" }, totalsChangeOfEntry(entry, payment));
  const returned = bouncedChargeIds(await listBouncedDebits(tx));
  for await (const { payment, ...row } of iterateAllBalanceEntries(tx)) {
    const when = { occurredAt: totalsTimeOfBalanceEntry(payment, row), settledCurrency: row.currency };
    add(payment, when, totalsChangeOfBalanceEntry(payment, row, returned));
  }
  for (const payment of await listPendingPayments(tx))
    add(payment, { occurredAt: payment.paidAt, settledCurrency: "" }, totalsChangeOfPendingPayment(payment));
  return totals;
}

/**
 * Mutates `total` instead of creating new objects, to save time: a million payments need about ten million additions.
 */
function addInPlace(total: Record<string, number | bigint>, sums: TotalsChange): void {
  for (const [name, sum] of Object.entries(sums)) {
    const before = total[name];
    if (before === undefined) total[name] = sum;
    else total[name] = typeof sum === "bigint" ? (before as bigint) + sum : (before as number) + sum;
  }
}

function keyOf({
  period,
  by,
  start,
  value,
  currency,
  settledCurrency,
}: TotalsIncrement["key"]): TotalsIncrement["key"] {
  return { period, by, start, value, currency, settledCurrency };
}

function correctionOf(ours: FullSums, theirs: FullSums): TotalsChange {
  return Object.fromEntries([
    ...TOTAL_COUNT_COLUMNS.map((column) => [column, theirs[column] - ours[column]]),
    ...TOTAL_AMOUNT_COLUMNS.map((column) => [column, theirs[column] - ours[column]]),
  ]);
}
