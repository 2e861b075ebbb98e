// What each row of the ledger counts for, in the columns of the totals. The recording of a payment and the books check both go by
// these rules.
import type { BalanceEntry, Payment } from "../../generated/sqlite/client";
import type { Sums } from "./totals";

export type BalanceRow = Pick<
  BalanceEntry,
  "id" | "kind" | "sourceId" | "currency" | "feeMinor" | "netMinor" | "occurredAt"
>;

const SUMS_OF: Record<string, (amountMinor: bigint) => Sums> = {
  payment: (amountMinor) => ({ payments: 1, grossMinor: amountMinor }),
  refund: (amountMinor) => ({ refunds: 1, refundedMinor: -amountMinor }),
  "refund-returned": (amountMinor) => ({ refunds: -1, refundedMinor: -amountMinor }),
  dispute: (amountMinor) => ({ disputes: 1, disputedMinor: -amountMinor }),
  "dispute-returned": (amountMinor) => ({ disputes: -1, disputedMinor: -amountMinor }),
};

/** The sums of an entry, by its kind and its signed amount. None for an unknown kind: we did not write it, and the check names it. */
export function entrySums(kind: string, amountMinor: bigint): Sums {
  return SUMS_OF[kind]?.(amountMinor) ?? {};
}

/** A pending payment counts in columns of its own, in the currency of the gift. */
export function pendingSums({ status, amountMinor }: Pick<Payment, "status" | "amountMinor">): Sums {
  return status === "pending" ? { pendingPayments: 1, pendingMinor: amountMinor } : {};
}

/** The charges that bounced: Stripe has taken their money back. */
export function returnedCharges(rows: readonly { kind: string; sourceId: string }[]): Set<string> {
  return new Set(rows.filter(({ kind }) => kind === "payment-returned").map(({ sourceId }) => sourceId));
}

/**
 * The sums of one balance transaction. Stripe books a bank debit when it begins. Until its charge has succeeded or bounced, the
 * money is no income: it counts as pending while the payment is pending, and otherwise nowhere. So net never exceeds gross. A
 * charge that bounced counts with both of its rows, which leaves its fees.
 */
export function balanceSums(
  payment: Pick<Payment, "amountMinor" | "status" | "chargeId">,
  row: { kind: string; sourceId: string; feeMinor: bigint; netMinor: bigint },
  returned: ReadonlySet<string>,
): Sums {
  const { feeMinor, netMinor } = row;
  if (row.kind !== "payment") return { feeMinor, netMinor };
  if (hasSucceeded(payment, row)) return { feeMinor, netMinor, settledPayments: 1, settledMinor: payment.amountMinor };
  if (returned.has(row.sourceId)) return { feeMinor, netMinor };
  return payment.status === "pending" ? { pendingFeeMinor: feeMinor, pendingNetMinor: netMinor } : {};
}

/** True for a balance transaction whose sums do not depend on the payment's others: in the common case, a card that paid. */
export function countsAlone(payment: Payment, row: { kind: string; sourceId: string }): boolean {
  return payment.status !== "pending" && (!row.kind.startsWith("payment") || hasSucceeded(payment, row));
}

/** A payment's balance transactions count on the payment's own day, so that gross, fee and net of a day belong to the same gifts. */
export function countedAt(payment: Pick<Payment, "paidAt">, row: { kind: string; occurredAt: Date }): Date {
  return row.kind.startsWith("payment") ? payment.paidAt : row.occurredAt;
}

/** True for the one charge that brought the payment's money, of all that were attempted. */
function hasSucceeded(
  { status, chargeId }: Pick<Payment, "status" | "chargeId">,
  { kind, sourceId }: { kind: string; sourceId: string },
): boolean {
  return status === "succeeded" && kind === "payment" && sourceId === chargeId;
}
