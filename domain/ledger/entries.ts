// The books: entries that are written once, and the sums of them. These are the only two functions that write either, so that
// the sums are never anything but what the entries add up to.
import type { Payment } from "../../generated/sqlite/client";
import type { BalanceMoved, EntryKind } from "./fact";
import type { Recording } from "./recording";
import { addToTotals } from "./totals";

export type NewEntry = { key: string; kind: EntryKind; amountMinor: bigint; occurredAt: Date };

/** Appends what a payment did, in the currency given. False where that entry is in the books already. */
export async function appendEntry(recording: Recording, payment: Payment, entry: NewEntry): Promise<boolean> {
  const { tx, now } = recording;
  const { key, kind, amountMinor, occurredAt } = entry;
  if (await tx.entry.findUnique({ where: { key }, select: { key: true } })) return false;
  const { id: paymentId, currency } = payment;
  await tx.entry.create({ data: { key, kind, paymentId, amountMinor, currency, occurredAt, recordedAt: now } });
  await addToTotals(recording, payment, { occurredAt, settledCurrency: "", sums: entrySums(kind, amountMinor) });
  return true;
}

/** Appends what it did to the balance at Stripe. False where that balance transaction is in the books already. */
export async function appendBalanceEntry(
  recording: Recording,
  payment: Payment,
  moved: BalanceMoved,
): Promise<boolean> {
  const { tx, now } = recording;
  const { balanceTransactionId: id, of: kind, sourceId, settled, movedAt: occurredAt } = moved;
  if (await tx.balanceEntry.findUnique({ where: { id }, select: { id: true } })) return false;
  const sums = {
    amountMinor: BigInt(settled.amountMinor),
    feeMinor: BigInt(settled.feeMinor),
    netMinor: BigInt(settled.netMinor),
  };
  const { currency: settledCurrency } = settled;
  const row = {
    id,
    kind,
    paymentId: payment.id,
    sourceId,
    currency: settledCurrency,
    ...sums,
    occurredAt,
    recordedAt: now,
  };
  await tx.balanceEntry.create({ data: row });
  await addToTotals(recording, payment, {
    occurredAt: countedAt(payment, row),
    settledCurrency,
    sums: balanceSums(payment, row),
  });
  return true;
}

/** What Stripe kept of a payment counts on the payment's own day, so that gross, fee and net of a day are of the same gifts. */
export function countedAt(payment: Pick<Payment, "paidAt">, row: { kind: string; occurredAt: Date }): Date {
  return row.kind === "payment" ? payment.paidAt : row.occurredAt;
}

/** The sums that an entry adds to: also the rule by which they are derived again. */
export function entrySums(kind: string, amountMinor: bigint) {
  switch (kind) {
    case "payment":
      return { payments: 1, grossMinor: amountMinor };
    case "refund":
      return { refunds: 1, refundedMinor: -amountMinor };
    case "refund-returned":
      return { refunds: -1, refundedMinor: -amountMinor };
    case "dispute":
      return { disputes: 1, disputedMinor: -amountMinor };
    case "dispute-returned":
      return { disputes: -1, disputedMinor: -amountMinor };
    default:
      throw new Error(`no entry is of kind ${kind}`);
  }
}

export function balanceSums(
  payment: Pick<Payment, "amountMinor">,
  row: { kind: string; feeMinor: bigint; netMinor: bigint },
) {
  const { feeMinor, netMinor } = row;
  const settled = row.kind === "payment" ? { settledPayments: 1, settledMinor: payment.amountMinor } : {};
  return { feeMinor, netMinor, ...settled };
}
