// Translates refunds into facts. A refund contains the id of its payment intent, but not the id of the gift.
import "server-only";
import type Stripe from "stripe";
import type { Fact, RefundStatus } from "../../../domain/ledger/fact";
import { isStripeCurrency } from "../../../domain/money";
import { requireReadableObject } from "../border/require-readable";
import { balanceTransactionFacts, isExpanded } from "./balance";
import { dateFromUnix, idOf } from "./ids";

const STATUS: Record<string, RefundStatus> = {
  pending: "pending",
  requires_action: "pending",
  succeeded: "succeeded",
  canceled: "canceled",
  failed: "failed",
};

/**
 * Returns the refund and its balance transactions. Returns an empty list if the refund has no payment intent, or if the
 * site does not know its currency. Throws if a field is invalid or the status is unknown.
 */
export function refundFacts(refund: Stripe.Refund): Fact[] {
  const paymentIntentId = idOf(refund.payment_intent);
  const currency = String(refund.currency).toUpperCase();
  if (!paymentIntentId || !isStripeCurrency(currency)) return [];
  requireReadableObject("refund", refund);
  const status = STATUS[refund.status ?? "pending"];
  if (!status) throw new Error(`refund ${refund.id} has status ${refund.status}`);
  const money = { amountMinor: refund.amount, currency };
  const { id: refundId, reason, created } = refund;
  return [
    { kind: "refund", refundId, paymentIntentId, money, status, reason, refundedAt: dateFromUnix(created) },
    ...movedBy(refund, paymentIntentId),
  ];
}

function movedBy(refund: Stripe.Refund, paymentIntentId: string): Fact[] {
  const { balance_transaction: out, failure_balance_transaction: back } = refund;
  const about = { paymentIntentId, sourceId: refund.id, amount: refund };
  return [
    ...(isExpanded(out) ? balanceTransactionFacts(out, { ...about, entryKind: "refund" }) : []),
    ...(isExpanded(back) ? balanceTransactionFacts(back, { ...about, entryKind: "refund-returned" }) : []),
  ];
}
