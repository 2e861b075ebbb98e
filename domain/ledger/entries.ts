// The books: entries that are written once, and the sums of them. These are the only two functions that write either, so that
// the sums are never anything but what the entries add up to.
import { isDeepStrictEqual } from "node:util";
import type { Payment } from "../../generated/sqlite/client";
import type { BalanceMoved, EntryKind } from "./fact";
import { forRow, UNLESS_THERE } from "./many-rows";
import type { Recording } from "./recording";
import { type Addition, addToTotals, type Sums, totalKeys } from "./totals";

export type NewEntry = { key: string; kind: EntryKind; amountMinor: bigint; occurredAt: Date };

/** Appends what a payment did, in the currency given. False where that entry is in the books already. */
export async function appendEntry(recording: Recording, payment: Payment, entry: NewEntry): Promise<boolean> {
  const { tx, now } = recording;
  const { key, kind, amountMinor, occurredAt } = entry;
  const { id: paymentId, currency } = payment;
  const row = { key, kind, paymentId, amountMinor, currency, occurredAt, recordedAt: now };
  const added = await tx.$executeRaw(...forRow({ table: "Entry", row, after: UNLESS_THERE }));
  if (added === 0) return false;
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
  const added = await tx.$executeRaw(...forRow({ table: "BalanceEntry", row, after: UNLESS_THERE }));
  if (added === 0) return false;
  await addToTotals(recording, payment, {
    occurredAt: countedAt(payment, row),
    settledCurrency,
    sums: balanceSums(payment, row),
  });
  return true;
}

/** What Stripe kept of a payment counts on the payment's own day, so that gross, fee and net of a day are of the same gifts. */
export function countedAt(payment: Pick<Payment, "paidAt">, row: { kind: string; occurredAt: Date }): Date {
  return row.kind.startsWith("payment") ? payment.paidAt : row.occurredAt;
}

/**
 * A payment's own day, that it came through, or by which charge, may be learnt after what Stripe kept of it: that then counts
 * as it would have.
 * The entries stay as they were written.
 */
export async function recount(
  recording: Recording,
  { before, payment }: { before: Payment; payment: Payment },
): Promise<void> {
  const isSame = before.status === payment.status && before.chargeId === payment.chargeId;
  if (isSame && before.paidAt.getTime() === payment.paidAt.getTime()) return;
  const { timeZone } = recording;
  const where = ({ sums, ...counted }: Addition) => [sums, totalKeys(payment, { ...counted, timeZone })];
  for (const row of await recording.tx.balanceEntry.findMany({ where: { paymentId: payment.id } })) {
    const { currency: settledCurrency } = row;
    const counted = { occurredAt: countedAt(before, row), settledCurrency, sums: balanceSums(before, row) };
    const counts = { occurredAt: countedAt(payment, row), settledCurrency, sums: balanceSums(payment, row) };
    if (isDeepStrictEqual(where(counted), where(counts))) continue;
    await addToTotals(recording, payment, { ...counted, sums: negative(counted.sums) });
    await addToTotals(recording, payment, counts);
  }
}

function negative({ feeMinor, netMinor, settledPayments = 0, settledMinor = 0n }: ReturnType<typeof balanceSums>) {
  return {
    feeMinor: -feeMinor,
    netMinor: -netMinor,
    settledPayments: -settledPayments,
    settledMinor: -settledMinor,
  };
}

/** What an entry of each kind adds to, by its signed sum: also the rule by which the sums are derived again. */
const SUMS_OF: Record<string, (amountMinor: bigint) => Sums> = {
  payment: (amountMinor) => ({ payments: 1, grossMinor: amountMinor }),
  refund: (amountMinor) => ({ refunds: 1, refundedMinor: -amountMinor }),
  "refund-returned": (amountMinor) => ({ refunds: -1, refundedMinor: -amountMinor }),
  dispute: (amountMinor) => ({ disputes: 1, disputedMinor: -amountMinor }),
  "dispute-returned": (amountMinor) => ({ disputes: -1, disputedMinor: -amountMinor }),
};

/** Nothing for a kind that no entry can have: such a row was not written by us, and the check names it. */
export function entrySums(kind: string, amountMinor: bigint): Sums {
  return SUMS_OF[kind]?.(amountMinor) ?? {};
}

export function balanceSums(
  payment: Pick<Payment, "amountMinor" | "status" | "chargeId">,
  row: { kind: string; sourceId: string; feeMinor: bigint; netMinor: bigint },
) {
  const { feeMinor, netMinor } = row;
  // Stripe moves a bank debit's money when it is begun. Where it bounces nothing is settled, and a card may pay in its place.
  const isPaid = payment.status === "succeeded" && row.kind === "payment" && row.sourceId === payment.chargeId;
  return { feeMinor, netMinor, ...(isPaid ? { settledPayments: 1, settledMinor: payment.amountMinor } : {}) };
}
