// The refunds and disputes of a payment, as receipts and yearly statements list them.
import type { Entry, Refund } from "../../generated/sqlite/client";
import { type Money, moneyOf } from "../money";

export type RefundOrDisputeKind = "refund-pending" | "refunded" | "taken-by-bank" | "given-back-by-bank";

const ORDER: readonly RefundOrDisputeKind[] = ["refund-pending", "refunded", "taken-by-bank", "given-back-by-bank"];

/**
 * A refund, a dispute, or the return of the money after a won dispute. `money`: negative if the money left the
 * newsroom.
 */
export type RefundOrDispute = {
  id: string;
  kind: RefundOrDisputeKind;
  money: Money;
  at: Date;
};

type EntryColumns = Pick<Entry, "key" | "kind" | "amountMinor" | "currency" | "occurredAt">;

/** Lists a payment's refunds and disputes, oldest first. Leaves out failed refunds. */
export function listRefundsAndDisputes(payment: {
  entries: readonly EntryColumns[];
  refunds: readonly Pick<Refund, "id" | "status">[];
}): RefundOrDispute[] {
  const { entries } = payment;
  const returned = new Set(entries.filter(({ kind }) => kind === "refund-returned").map(({ key }) => refundIn(key)));
  const pending = new Set(payment.refunds.filter(({ status }) => status === "pending").map(({ id }) => id));
  return entries
    .flatMap((entry): RefundOrDispute[] => {
      const kind = kindOf(entry, { returned, pending });
      const { key: id, amountMinor, currency, occurredAt: at } = entry;
      return kind ? [{ id, kind, money: moneyOf(amountMinor, currency), at }] : [];
    })
    .sort(compareByTime);
}

/** Sorts the oldest first. If two have the same time, sorts them in the order in which they can happen (ORDER). */
export function compareByTime(
  a: { at: Date; kind: string; id: string },
  b: { at: Date; kind: string; id: string },
): number {
  const order = (kind: string) => ORDER.indexOf(kind as RefundOrDisputeKind);
  return a.at.getTime() - b.at.getTime() || order(a.kind) - order(b.kind) || (a.id < b.id ? -1 : 1);
}

/**
 * Returns the kind under which an entry is listed. Returns null for entries that are not listed: the payment's own
 * entry, and both entries of a failed refund, which add up to zero.
 */
function kindOf(
  { key, kind }: EntryColumns,
  { returned, pending }: Record<"returned" | "pending", ReadonlySet<string>>,
): RefundOrDisputeKind | null {
  if (kind === "dispute") return "taken-by-bank";
  if (kind === "dispute-returned") return "given-back-by-bank";
  if (kind !== "refund" || returned.has(refundIn(key))) return null;
  return pending.has(refundIn(key)) ? "refund-pending" : "refunded";
}

function refundIn(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}
