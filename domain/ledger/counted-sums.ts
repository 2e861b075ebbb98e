// How much each row of the ledger adds to the columns of the totals. The recording of payments and the books check both use these
// rules.
import type { BalanceEntry, Entry, Payment } from "../../generated/sqlite/client";
import type { Sums } from "./totals";

export type BalanceRow = Pick<
  BalanceEntry,
  "id" | "kind" | "sourceId" | "currency" | "amountMinor" | "feeMinor" | "netMinor" | "occurredAt"
>;

type Covered = Pick<Payment, "coveredFeeMinor">;

const SUMS_OF: Record<string, (amountMinor: bigint, payment: Covered) => Sums> = {
  payment: (amountMinor, { coveredFeeMinor }) => ({ payments: 1, grossMinor: amountMinor, coveredFeeMinor }),
  refund: (amountMinor) => ({ refunds: 1, refundedMinor: -amountMinor }),
  "refund-returned": (amountMinor) => ({ refunds: -1, refundedMinor: -amountMinor }),
  dispute: (amountMinor) => ({ disputes: 1, disputedMinor: -amountMinor }),
  "dispute-returned": (amountMinor) => ({ disputes: -1, disputedMinor: -amountMinor }),
};

/**
 * The sums of an entry of this payment, from its kind and its signed amount. Empty for an unknown kind: the site never writes one, and the books
 * check reports it.
 */
export function entrySums({ kind, amountMinor }: Pick<Entry, "kind" | "amountMinor">, payment: Covered): Sums {
  return SUMS_OF[kind]?.(amountMinor, payment) ?? {};
}

/** A pending payment counts in the pending columns, in the currency of the gift. */
export function pendingSums({ status, amountMinor }: Pick<Payment, "status" | "amountMinor">): Sums {
  return status === "pending" ? { pendingPayments: 1, pendingMinor: amountMinor } : {};
}

/** Returns the ids of the charges that bounced: Stripe has taken their money back. */
export function returnedCharges(rows: readonly { kind: string; sourceId: string }[]): Set<string> {
  return new Set(rows.filter(({ kind }) => kind === "payment-returned").map(({ sourceId }) => sourceId));
}

/**
 * The sums of one balance transaction. Stripe books a bank debit when it begins. Until its charge has succeeded or bounced, the
 * money is no income: it counts as pending while the payment is pending, and otherwise nowhere. So net never exceeds gross. A
 * bounced charge counts with both of its balance transactions, so that only the fees remain.
 */
export function balanceSums(
  payment: Pick<Payment, "amountMinor" | "status" | "chargeId">,
  row: Pick<BalanceRow, "kind" | "sourceId" | "amountMinor" | "feeMinor" | "netMinor">,
  returned: ReadonlySet<string>,
): Sums {
  const { feeMinor, netMinor } = row;
  if (row.kind !== "payment") return { feeMinor, netMinor };
  if (hasSucceeded(payment, row)) {
    const settled = { settledPayments: 1, settledMinor: payment.amountMinor, settledGrossMinor: row.amountMinor };
    return { feeMinor, netMinor, ...settled };
  }
  if (returned.has(row.sourceId)) return { feeMinor, netMinor };
  return payment.status === "pending" ? { pendingFeeMinor: feeMinor, pendingNetMinor: netMinor } : {};
}

/** True if the sums of this balance transaction do not depend on the payment's other ones. The common case is a card that paid. */
export function hasIndependentSums(payment: Payment, row: { kind: string; sourceId: string }): boolean {
  return payment.status !== "pending" && (!row.kind.startsWith("payment") || hasSucceeded(payment, row));
}

/**
 * The time at which a balance transaction counts. Those of a charge count at the payment's own time, so that gross, fee and net of
 * a day belong to the same gifts.
 */
export function countedAt(payment: Pick<Payment, "paidAt">, row: { kind: string; occurredAt: Date }): Date {
  return row.kind.startsWith("payment") ? payment.paidAt : row.occurredAt;
}

/** True for the balance transaction of the charge that paid; false for every other attempt. */
function hasSucceeded(
  { status, chargeId }: Pick<Payment, "status" | "chargeId">,
  { kind, sourceId }: { kind: string; sourceId: string },
): boolean {
  return status === "succeeded" && kind === "payment" && sourceId === chargeId;
}
