import "server-only";
import type Stripe from "stripe";
import type { Fact } from "../../../domain/ledger/fact";
import { isStripeCurrency } from "../../../domain/money";
import { requireReadableObject } from "../border/require-readable";
import { balanceTransactionFacts } from "./balance";
import { dateFromUnix, idOf } from "./ids";

export function disputeFacts(dispute: Stripe.Dispute): Fact[] {
  const paymentIntentId = idOf(dispute.payment_intent);
  const currency = String(dispute.currency).toUpperCase();
  if (!paymentIntentId || !isStripeCurrency(currency)) return [];
  requireReadableObject("dispute", dispute);
  const { id: disputeId, amount, status, reason, created, evidence_details: details } = dispute;
  const fact: Fact = {
    kind: "dispute",
    disputeId,
    paymentIntentId,
    money: { amountMinor: amount, currency },
    status,
    reason,
    openedAt: dateFromUnix(created),
    answerBy: details.due_by ? dateFromUnix(details.due_by) : null,
  };
  const moved = dispute.balance_transactions.flatMap((transaction) => {
    const entryKind = transaction.amount < 0 ? ("dispute" as const) : ("dispute-returned" as const);
    return balanceTransactionFacts(transaction, { paymentIntentId, entryKind, sourceId: disputeId, amount: dispute });
  });
  return [fact, ...moved];
}
