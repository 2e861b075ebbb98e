// The export for accounting: one row for each balance transaction of a payment, refund or dispute at Stripe. The names
// and order of the columns must not change (docs/exports.md). No row contains personal data.
import { nextDay, startOfDay } from "../../calendar";
import type { Db } from "../../database";
import { shownReceiptNumber } from "../../ledger/receipt-number";
import { toDecimal } from "../../money";
import type { DayRange } from "../periods";
import {
  type AccountingExportCursor,
  type AccountingRow,
  countAccountingExportRows,
  selectAccountingRows,
} from "../store/exports";

export const ACCOUNTING_EXPORT_COLUMNS = [
  "day",
  "time_utc",
  "type",
  "receipt",
  "article",
  "given",
  "given_currency",
  "gross",
  "fee",
  "net",
  "returned",
  "settled_currency",
  "stripe_balance_transaction",
  "stripe_object",
  "covered_fee",
  "payout",
  "payout_day",
] as const;

/**
 * A cell of an export. `decimal`: a number, which is written unchanged, so that a spreadsheet reads `-10.00` as a
 * number. A text that looks like a formula gets an apostrophe.
 */
export type ExportCell = string | { decimal: string };

type Moments = { from: Date; before: Date };

export type DayRangeRefusal = "no-day" | "to-before-from" | "too-long";

const DAY = /^20\d\d-\d\d-\d\d$/;
const MAX_YEARS = 11;

export function parseDayRange(
  typed: DayRange,
): { kind: "range"; range: DayRange } | { kind: "refused"; reason: DayRangeRefusal } {
  const { from, to } = typed;
  if (!isDay(from) || !isDay(to)) return { kind: "refused", reason: "no-day" };
  if (to < from) return { kind: "refused", reason: "to-before-from" };
  if (Number(to.slice(0, 4)) - Number(from.slice(0, 4)) >= MAX_YEARS) return { kind: "refused", reason: "too-long" };
  return { kind: "range", range: { from, to } };
}

/** Returns true for an existing day of the years 2000 to 2099. `Date` would turn `2026-02-30` into 2 March. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T12:00:00Z`);
  return DAY.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export function timeRangeOf({ from, to }: DayRange, timeZone: string): Moments {
  return { from: startOfDay(from, timeZone), before: startOfDay(nextDay(to), timeZone) };
}

export { countAccountingExportRows };

/**
 * Yields the rows in batches of `limit`. Only one batch at a time is in memory, and no transaction stays open during a
 * slow download.
 */
export async function* listAccountingRows(
  db: Db,
  { moments, dayOf, limit }: { moments: Moments; dayOf: (at: Date) => string; limit: number },
): AsyncGenerator<ExportCell[][]> {
  let after: AccountingExportCursor = { occurredAt: moments.from, id: "" };
  for (;;) {
    const rows = await selectAccountingRows(db, { after, before: moments.before, limit });
    const last = rows.at(-1);
    if (last) yield rows.map((row) => cellsOf(row, dayOf(row.occurredAt)));
    if (!last || rows.length < limit) return;
    after = last;
  }
}

function cellsOf(row: AccountingRow, day: string): ExportCell[] {
  const { kind, currency, amountMinor, feeMinor, netMinor } = row;
  const settled = (minor: number) => ({ decimal: toDecimal({ amountMinor: minor, currency }) });
  const isGift = kind === "payment";
  const grossMinor = givenMinor(row);
  return [
    day,
    row.occurredAt.toISOString(),
    kind,
    shownReceiptNumber(row.paymentId),
    row.article,
    grossMinor === null ? "" : { decimal: toDecimal({ amountMinor: grossMinor, currency: row.givenCurrency }) },
    row.givenCurrency,
    settled(isGift ? amountMinor : 0),
    settled(feeMinor),
    settled(netMinor),
    settled(isGift ? 0 : -amountMinor),
    currency,
    row.id,
    row.sourceId,
    isGift ? { decimal: toDecimal({ amountMinor: row.coveredFeeMinor, currency: row.givenCurrency }) } : "",
    row.payoutId,
    row.payoutDay,
  ];
}

/**
 * Returns the row's amount in the gift's currency. It is negative if the row is money that went back to the supporter.
 * Returns null for a refund or dispute without an entry in the ledger.
 */
function givenMinor({ kind, paymentMinor, entryMinor }: AccountingRow): number | null {
  if (kind === "payment") return paymentMinor;
  return kind === "payment-returned" ? -paymentMinor : entryMinor;
}
