// Totals: sums of the ledger per day, per month and for all time. The functions here only calculate how totals change.
import type { Entry, Payment } from "../../generated/sqlite/client";
import { dayOn } from "../calendar";
import { joinTotalGroupColumns, type PaymentColumnsForTotals } from "./total-values";
import {
  type BalanceEntryInTotals,
  bouncedChargeIds,
  TOTAL_AMOUNT_COLUMNS,
  TOTAL_COUNT_COLUMNS,
  type TotalsChange,
  totalsChangeOfBalanceEntry,
  totalsChangeOfEntry,
  totalsChangeOfPendingPayment,
  totalsTimeOfBalanceEntry,
} from "./totals-change";

const BY_ALL = ["article", "frequency", "variant"] as const;
export const TOTAL_KEY_COLUMNS = ["period", "by", "start", "value", "currency", "settledCurrency"] as const;

export type TotalKey = Record<(typeof TOTAL_KEY_COLUMNS)[number], string>;
export type TotalsIncrement = { key: TotalKey; sums: TotalsChange };

/** `settledCurrency`: "" if the sums are in the gift's currency. */
type Addition = { payment: PaymentColumnsForTotals; occurredAt: Date; settledCurrency: string; sums: TotalsChange };
/**
 * `rows`: the payment's balance entries. `entries`: the entries of the payment, its refunds and its disputes. Set
 * `entries` only if a change of the payment, for example of `placement`, moves these entries to other totals.
 */
export type PaymentWithBalanceEntries = {
  payment: Payment;
  rows: readonly BalanceEntryInTotals[];
  entries?: readonly Entry[];
};

export function changesToTotalsByEntry(
  payment: Payment,
  entry: Pick<Entry, "kind" | "amountMinor" | "occurredAt">,
  timeZone: string,
): TotalsIncrement[] {
  return changesOf([additionOf(payment, entry)], timeZone);
}

export function changesToTotalsBetween(
  before: PaymentWithBalanceEntries | null,
  after: PaymentWithBalanceEntries,
  timeZone: string,
): TotalsIncrement[] {
  const removed = (before ? additionsOf(before) : []).map((each) => ({ ...each, sums: negative(each.sums) }));
  return changesOf([...removed, ...additionsOf(after)], timeZone);
}

type Occasion = { occurredAt: Date; settledCurrency: string; sums: TotalsChange };

/**
 * Returns the keys of the totals to which these sums are added. There is one key for each grouping (article, frequency,
 * variant) and each period (day, month, all time). If the sums include payments, also returns keys for the grouping by
 * amount, for the day and the month.
 */
export function totalKeys(
  payment: PaymentColumnsForTotals,
  { occurredAt, settledCurrency, sums, timeZone }: Occasion & { timeZone: string },
): TotalKey[] {
  const day = dayOn(occurredAt, timeZone);
  const periods = [
    { period: "day", start: day },
    { period: "ever", start: "" },
    { period: "month", start: day.slice(0, 7) },
  ];
  const values = BY_ALL.map((by) => ({ by: by as string, value: joinTotalGroupColumns(by, payment) }));
  // The totals grouped by amount include only payments. They do not include refunds, disputes, fees or pending
  // payments.
  const amounts = sums.payments ? [{ by: "amount", value: joinTotalGroupColumns("amount", payment) }] : [];
  const { currency } = payment;
  return periods.flatMap(({ period, start }) =>
    [...(period === "ever" ? [] : amounts), ...values].map(({ by, value }) => ({
      ...{ period, by, start, value, currency, settledCurrency },
    })),
  );
}

export function totalKeyToString({ period, start, by, value, currency, settledCurrency }: TotalKey): string {
  return [period, start, by, value, currency, settledCurrency].join("|");
}

/**
 * Returns what a payment adds to the totals: the amounts of its entries and balance transactions, and its own amount
 * while it is pending.
 */
function additionsOf({ payment, rows, entries = [] }: PaymentWithBalanceEntries): Addition[] {
  const returned = bouncedChargeIds(rows);
  return [
    ...entries.map((entry) => additionOf(payment, entry)),
    { payment, occurredAt: payment.paidAt, settledCurrency: "", sums: totalsChangeOfPendingPayment(payment) },
    ...rows.map((row) => ({
      payment,
      occurredAt: totalsTimeOfBalanceEntry(payment, row),
      settledCurrency: row.currency,
      sums: totalsChangeOfBalanceEntry(payment, row, returned),
    })),
  ];
}

function additionOf(payment: Payment, entry: Pick<Entry, "kind" | "amountMinor" | "occurredAt">): Addition {
  return { payment, occurredAt: entry.occurredAt, settledCurrency: "", sums: totalsChangeOfEntry(entry, payment) };
}

/**
 * Returns one change for each row of the totals, but none for a row whose sums stay the same. The order is always the
 * same, so that two transactions never deadlock.
 */
function changesOf(additions: Addition[], timeZone: string): TotalsIncrement[] {
  const changes = new Map<string, TotalsIncrement>();
  for (const { payment, occurredAt, settledCurrency, sums } of additions) {
    if (Object.keys(sums).length === 0) continue;
    for (const key of totalKeys(payment, { occurredAt, settledCurrency, sums, timeZone })) {
      const name = totalKeyToString(key);
      changes.set(name, { key, sums: addTotalsChanges(changes.get(name)?.sums ?? {}, sums) });
    }
  }
  return [...changes]
    .filter(([, { sums }]) => Object.values(sums).some((sum) => Number(sum) !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change);
}

export function addTotalsChanges(a: TotalsChange, b: TotalsChange): TotalsChange {
  return {
    ...a,
    ...Object.fromEntries(TOTAL_COUNT_COLUMNS.flatMap((name) => (b[name] ? [[name, (a[name] ?? 0) + b[name]]] : []))),
    ...Object.fromEntries(TOTAL_AMOUNT_COLUMNS.flatMap((name) => (b[name] ? [[name, (a[name] ?? 0n) + b[name]]] : []))),
  };
}

function negative(sums: TotalsChange): TotalsChange {
  return Object.fromEntries(Object.entries(sums).map(([column, sum]) => [column, -sum]));
}
