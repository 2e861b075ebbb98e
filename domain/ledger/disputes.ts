// Records disputes and inquiries. An inquiry is only a question by the bank and moves no money. Only Stripe's balance
// transactions show how much money a dispute has moved.
import type { Dispute, Payment } from "../../generated/sqlite/client";
import { moneyColumns } from "../money";
import type { LedgerContext } from "./context";
import { appendBalanceEntry, appendEntry, type NewLedgerEntry } from "./entries";
import type { BalanceTransactionReported, DisputeEvidenceLeftAfterErasure, DisputeReported } from "./fact";
import { queueFollowUp } from "./follow-ups";
import { isLaterStatus, type StatusesByRank } from "./status-order";
import { addDispute, changeDispute, findDispute } from "./store/disputes";
import { findPaymentByIntent, setPaymentDeductions } from "./store/payments";

/**
 * Stripe's statuses of a dispute, from the earliest to the latest. A lost dispute can be contested again at the bank,
 * so the statuses `appeal_…` follow `lost`.
 */
const LIFECYCLE: StatusesByRank = [
  ["warning_needs_response"],
  ["warning_under_review"],
  ["warning_closed", "prevented"],
  ["needs_response"],
  ["under_review"],
  ["lost"],
  ["appeal_needs_response"],
  ["appeal_under_review"],
  ["won"],
];

/**
 * Stores a dispute. If its payment is known, links the two, and queues a follow-up that asks Stripe how much money the
 * dispute has moved. Otherwise linkEarlierRefundsAndDisputes() does both when the payment becomes known.
 */
export async function recordDispute(context: LedgerContext, fact: DisputeReported): Promise<void> {
  const { tx } = context;
  const dispute = await recordDisputeRow(context, fact);
  const payment = await findPaymentByIntent(tx, fact.paymentIntentId);
  if (payment) await linkDispute(context, payment, dispute);
}

/**
 * Links a dispute to its payment, and queues a follow-up that asks Stripe how much money the dispute has moved.
 * Repeated calls are safe.
 */
export async function linkDispute(context: LedgerContext, payment: Payment, dispute: Dispute): Promise<void> {
  await changeDispute(context.tx, dispute, { paymentId: payment.id });
  await queueFollowUp(context, `dispute:${dispute.id}`);
}

/**
 * Records a balance transaction as a balance entry. If a dispute caused it, also appends an entry to the ledger and
 * updates the payment's `disputedMinor`. Ignores a balance transaction whose payment is not in the ledger.
 */
export async function recordBalanceTransaction(
  context: LedgerContext,
  fact: BalanceTransactionReported,
): Promise<void> {
  const { tx } = context;
  const payment = await findPaymentByIntent(tx, fact.paymentIntentId);
  if (!payment) return;
  await appendBalanceEntry(context, payment, fact);
  const entry = disputeEntry(fact);
  if (!entry || !(await appendEntry(context, payment, entry))) return;
  await setPaymentDeductions(tx, payment.id, { disputedMinor: payment.disputedMinor - entry.amountMinor });
}

/**
 * Stores which evidence fields Stripe still holds after an erasure, and the current time. If the fields are the same as
 * before, changes nothing.
 */
export async function recordEvidenceNotErased(
  { tx, now }: LedgerContext,
  { disputeId, fieldNames }: DisputeEvidenceLeftAfterErasure,
): Promise<void> {
  const before = await findDispute(tx, disputeId);
  const evidenceLeft = fieldNames.toSorted().join(",") || null;
  if (!before || before.evidenceLeft === evidenceLeft) return;
  await changeDispute(tx, before, { evidenceLeft, evidenceLeftAt: evidenceLeft ? now : null });
}

async function recordDisputeRow({ tx, now }: LedgerContext, fact: DisputeReported): Promise<Dispute> {
  const { disputeId: id, paymentIntentId, money, status, reason, openedAt, answerBy } = fact;
  const before = await findDispute(tx, id);
  if (!before) {
    const columns = { ...moneyColumns(money), status, reason, openedAt, answerBy, recordedAt: now };
    const none = { paymentId: null, evidenceLeft: null, evidenceLeftAt: null };
    return addDispute(tx, { id, paymentIntentId, ...none, ...columns });
  }
  return isLaterStatus(LIFECYCLE, fact, before) ? changeDispute(tx, before, { status, answerBy }) : before;
}

/**
 * Returns the entry of a dispute's balance transaction. Returns null if the balance transaction was not caused by a
 * dispute.
 */
function disputeEntry({
  entryKind: kind,
  balanceTransactionId,
  money,
  movedAt: occurredAt,
}: BalanceTransactionReported): NewLedgerEntry | null {
  if (kind !== "dispute" && kind !== "dispute-returned") return null;
  const { amountMinor } = moneyColumns(money);
  const signed = kind === "dispute" ? -amountMinor : amountMinor;
  return { key: `${kind}:${balanceTransactionId}`, kind, amountMinor: signed, occurredAt };
}
