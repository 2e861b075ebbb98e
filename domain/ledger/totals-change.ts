import type { BalanceEntry, Entry, Payment } from "../../generated/sqlite/client";

export const TOTAL_COUNT_COLUMNS = ["payments", "refunds", "disputes", "settledPayments", "pendingPayments"] as const;

export const TOTAL_AMOUNT_COLUMNS = [
  "grossMinor",
  "coveredFeeMinor",
  "refundedMinor",
  "disputedMinor",
  "settledMinor",
  "settledGrossMinor",
  "feeMinor",
  "netMinor",
  "pendingMinor",
  "pendingFeeMinor",
  "pendingNetMinor",
] as const;

export type TotalsChange = Partial<
  Record<(typeof TOTAL_COUNT_COLUMNS)[number], number> & Record<(typeof TOTAL_AMOUNT_COLUMNS)[number], bigint>
>;

export type BalanceEntryInTotals = Pick<
  BalanceEntry,
  "id" | "kind" | "sourceId" | "currency" | "amountMinor" | "feeMinor" | "netMinor" | "occurredAt"
>;

type Covered = Pick<Payment, "coveredFeeMinor">;

const SUMS_OF: Record<string, (amountMinor: bigint, payment: Covered) => TotalsChange> = {
  payment: (amountMinor, { coveredFeeMinor }) => ({ payments: 1, grossMinor: amountMinor, coveredFeeMinor }),
  refund: (amountMinor) => ({ refunds: 1, refundedMinor: -amountMinor }),
  "refund-returned": (amountMinor) => ({ refunds: -1, refundedMinor: -amountMinor }),
  dispute: (amountMinor) => ({ disputes: 1, disputedMinor: -amountMinor }),
  "dispute-returned": (amountMinor) => ({ disputes: -1, disputedMinor: -amountMinor }),
};

/** Returns what an entry adds to the totals. Returns {} for an unknown kind of entry, which the site never writes. */
export function totalsChangeOfEntry(
  { kind, amountMinor }: Pick<Entry, "kind" | "amountMinor">,
  payment: Covered,
): TotalsChange {
  return SUMS_OF[kind]?.(amountMinor, payment) ?? {};
}

/** Returns what a payment adds to the totals while it is pending. Returns {} if it is not pending. */
export function totalsChangeOfPendingPayment({
  status,
  amountMinor,
}: Pick<Payment, "status" | "amountMinor">): TotalsChange {
  return status === "pending" ? { pendingPayments: 1, pendingMinor: amountMinor } : {};
}

/** Returns the ids of the charges of bounced bank debits, whose money Stripe has taken back. */
export function bouncedChargeIds(rows: readonly { kind: string; sourceId: string }[]): Set<string> {
  return new Set(rows.filter(({ kind }) => kind === "payment-returned").map(({ sourceId }) => sourceId));
}

/**
 * Returns what a balance transaction adds to the totals. A bank debit counts as settled only after its charge has
 * succeeded. A bounced debit and its return both count. Their amounts cancel each other out, but fees remain.
 */
export function totalsChangeOfBalanceEntry(
  payment: Pick<Payment, "amountMinor" | "status" | "chargeId">,
  row: Pick<BalanceEntryInTotals, "kind" | "sourceId" | "amountMinor" | "feeMinor" | "netMinor">,
  bouncedIds: ReadonlySet<string>,
): TotalsChange {
  const { feeMinor, netMinor } = row;
  if (row.kind !== "payment") return { feeMinor, netMinor };
  if (hasSucceeded(payment, row)) {
    const settled = { settledPayments: 1, settledMinor: payment.amountMinor, settledGrossMinor: row.amountMinor };
    return { feeMinor, netMinor, ...settled };
  }
  if (bouncedIds.has(row.sourceId)) return { feeMinor, netMinor };
  return payment.status === "pending" ? { pendingFeeMinor: feeMinor, pendingNetMinor: netMinor } : {};
}

/**
 * Returns true if this balance transaction can be added to the totals without reading the payment's other balance
 * transactions. Returns false for a pending payment, for a charge that did not succeed, and for the return of a bounced
 * debit. If false, the caller must calculate the payment's sums without this balance transaction and with it, and add
 * the difference to the totals.
 */
export function mayAddToTotalsWithoutOtherBalanceRows(
  payment: Payment,
  row: { kind: string; sourceId: string },
): boolean {
  return payment.status !== "pending" && (!row.kind.startsWith("payment") || hasSucceeded(payment, row));
}

/**
 * Returns the time with which the totals count a balance transaction. For a charge, and for the return of a bounced
 * debit, this is the time of the payment. So a day's gross, fee and net are about the same payments.
 */
export function totalsTimeOfBalanceEntry(
  payment: Pick<Payment, "paidAt">,
  row: { kind: string; occurredAt: Date },
): Date {
  return row.kind.startsWith("payment") ? payment.paidAt : row.occurredAt;
}

/** Returns true for the balance transaction of the charge that succeeded; false for every other one. */
function hasSucceeded(
  { status, chargeId }: Pick<Payment, "status" | "chargeId">,
  { kind, sourceId }: { kind: string; sourceId: string },
): boolean {
  return status === "succeeded" && kind === "payment" && sourceId === chargeId;
}
