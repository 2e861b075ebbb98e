// Appends entries, which never change, and updates the totals in the same transaction.
import type { Payment } from "../../generated/sqlite/client";
import type { LedgerContext } from "./context";
import type { BalanceTransactionReported, EntryKind } from "./fact";
import {
  addBalanceEntry,
  addLedgerEntryIfNew,
  addToTotals,
  listBalanceEntriesOf,
  listEntriesOf,
} from "./store/entries";
import { changesToTotalsBetween, changesToTotalsByEntry } from "./totals";
import { mayAddToTotalsWithoutOtherBalanceRows } from "./totals-change";

export type NewLedgerEntry = { key: string; kind: EntryKind; amountMinor: bigint; occurredAt: Date };

/** Appends an entry and adds it to the totals. Returns false if the ledger already has the entry. */
export async function appendEntry(context: LedgerContext, payment: Payment, entry: NewLedgerEntry): Promise<boolean> {
  const { tx, now, timeZone } = context;
  const { key, kind, amountMinor, occurredAt } = entry;
  const { id: paymentId, currency } = payment;
  const row = { key, kind, paymentId, amountMinor, currency, occurredAt, recordedAt: now };
  if (!(await addLedgerEntryIfNew(tx, row))) return false;
  await addToTotals(tx, changesToTotalsByEntry(payment, row, timeZone));
  return true;
}

/**
 * Appends a balance entry and adds it to the totals. Returns false if the ledger already has that balance transaction.
 */
export async function appendBalanceEntry(
  { tx, now, timeZone }: LedgerContext,
  payment: Payment,
  moved: BalanceTransactionReported,
): Promise<boolean> {
  const { balanceTransactionId: id, entryKind: kind, sourceId, settled, movedAt: occurredAt } = moved;
  const row = {
    id,
    kind,
    paymentId: payment.id,
    sourceId,
    currency: settled.currency,
    amountMinor: BigInt(settled.amountMinor),
    feeMinor: BigInt(settled.feeMinor),
    netMinor: BigInt(settled.netMinor),
    occurredAt,
    recordedAt: now,
  };
  if (!(await addBalanceEntry(tx, row))) return false;
  if (mayAddToTotalsWithoutOtherBalanceRows(payment, row)) {
    await addToTotals(tx, changesToTotalsBetween(null, { payment, rows: [row] }, timeZone));
    return true;
  }
  const rows = await listBalanceEntriesOf(tx, payment.id);
  const others = rows.filter((each) => each.id !== id);
  await addToTotals(tx, changesToTotalsBetween({ payment, rows: others }, { payment, rows }, timeZone));
  return true;
}

/** Adds a new payment to the totals if it is pending. A payment that has succeeded is added by appendEntry(). */
export async function addNewPendingPaymentToTotals({ tx, timeZone }: LedgerContext, payment: Payment): Promise<void> {
  await addToTotals(tx, changesToTotalsBetween(null, { payment, rows: [] }, timeZone));
}

/**
 * Corrects the totals if a payment has changed in a column of COUNTED. For example, its `chargeId` can become known
 * after its balance transactions were added to the totals.
 */
export async function updateTotalsForChangedPayment(
  { tx, timeZone }: LedgerContext,
  { before, payment }: { before: Payment; payment: Payment },
): Promise<void> {
  if (COUNTED.every((column) => isSame(before[column], payment[column]))) return;
  const rows = await listBalanceEntriesOf(tx, payment.id);
  const entries = CROSSED.every((column) => before[column] === payment[column])
    ? []
    : await listEntriesOf(tx, payment.id);
  await addToTotals(
    tx,
    changesToTotalsBetween({ payment: before, rows, entries }, { payment, rows, entries }, timeZone),
  );
}

/**
 * The columns by which the totals group a payment's entries, and which can change after the payment has entries. The amount, currency and frequency can change only while it has no entries.
 */
const CROSSED = ["supporterKind", "placement"] as const;
/**
 * The columns of a payment that can change later, and on which the totals depend. They decide which totals include the
 * payment, and with which amount.
 */
const COUNTED = ["status", "chargeId", "paidAt", "amountMinor", "currency", "frequency", ...CROSSED] as const;

function isSame(a: unknown, b: unknown): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
}
