import type Stripe from "stripe";
import type { Account } from "../account";
import { secondsInDays, startOfUtcDay } from "../bank-days";
import { invalidRequest } from "../http/errors";
import { disputeFee } from "../money";
import { idOf } from "../objects";
import { amountToTakeBack, recordBalanceTransaction } from "./balance-transactions";
import { evidenceFromBillingDetails } from "./dispute-evidence";
import { refundTotalInSettlementCurrency } from "./refunds";

export type NewDispute = {
  reason: string;
  /** In the charge's currency; by default the amount that has not been refunded. */
  amount?: number;
  isInquiry?: boolean;
};

const ANSWER_WITHIN_DAYS = 9;

export function createDispute(account: Account, charge: Stripe.Charge, input: NewDispute): Stripe.Dispute {
  const { reason, isInquiry = false } = input;
  if (charge.status !== "succeeded" || !charge.captured || !charge.balance_transaction)
    throw invalidRequest(`Charge ${charge.id} cannot be disputed: it has not been paid.`, { param: "charge" });
  if (charge.disputed) throw invalidRequest(`Charge ${charge.id} has already been disputed.`, { param: "charge" });
  const amount = input.amount ?? charge.amount_captured - charge.amount_refunded;
  if (amount < 1 || amount > charge.amount_captured - charge.amount_refunded)
    throw invalidRequest(`The dispute's amount is greater than what is left of charge ${charge.id}.`, {
      param: "amount",
    });
  const dueBy = startOfUtcDay(account.now()) + secondsInDays(ANSWER_WITHIN_DAYS) - 1;
  const dispute: Stripe.Dispute = {
    id: account.newId("du_"),
    object: "dispute",
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: account.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: evidenceFromBillingDetails(charge),
    evidence_details: {
      due_by: dueBy,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: account.livemode,
    metadata: {},
    network_reason_code: NETWORK_CODES[reason] ?? null,
    payment_intent: idOf(charge.payment_intent),
    ...cardCase(charge, isInquiry, reason),
    reason,
    status: isInquiry ? "warning_needs_response" : "needs_response",
  };
  account.putWithInternalState<"dispute">(dispute, { dueAt: dueBy, verdict: null });
  account.emit("charge.dispute.created", dispute);
  const opened = isInquiry ? dispute : withdrawFunds(account, dispute);
  const disputed = { ...charge, disputed: true };
  account.put(disputed);
  account.emit("charge.updated", disputed, { disputed: false });
  return opened;
}

const NETWORK_CODES: Record<string, string> = {
  duplicate: "12.6",
  fraudulent: "10.4",
  general: "10.4",
  product_not_received: "13.1",
  product_unacceptable: "13.3",
  subscription_canceled: "13.2",
};

function cardCase({ payment_method_details: details }: Stripe.Charge, isInquiry: boolean, reason: string) {
  if (!details?.card) return {};
  const brand = details.card.brand ?? "visa";
  const case_type = isInquiry ? ("inquiry" as const) : ("chargeback" as const);
  const card = { brand, case_type, network: brand, network_reason_code: NETWORK_CODES[reason] ?? null };
  return { payment_method_details: { type: "card" as const, card } };
}

function withdrawFunds(account: Account, dispute: Stripe.Dispute): Stripe.Dispute {
  const charge = account.get("charge", idOf(dispute.charge));
  const share = amountToTakeBack(account, charge, {
    totalToTakeBack: charge.amount_refunded + dispute.amount,
    alreadyTakenBack: refundTotalInSettlementCurrency(account, charge),
  });
  const taken = recordBalanceTransaction(account, {
    ...share,
    amount: -share.amount,
    type: "adjustment",
    category: "dispute",
    source: dispute.id,
    description: `Chargeback withdrawal for ${charge.id}`,
    fee: { amount: disputeFee(share.currency), description: "Dispute fee" },
  });
  const withdrawn = { ...dispute, balance_transactions: [...dispute.balance_transactions, taken] };
  account.put(withdrawn);
  account.emit("charge.dispute.funds_withdrawn", withdrawn);
  return withdrawn;
}

function reinstateFunds(account: Account, dispute: Stripe.Dispute): Stripe.Dispute {
  const [taken] = dispute.balance_transactions;
  if (!taken) return dispute;
  const { currency, exchange_rate: exchangeRate, amount } = taken;
  const description = `Chargeback reversal for ${idOf(dispute.charge)}`;
  const moved = {
    currency,
    exchangeRate,
    amount: -amount,
    type: "adjustment",
    source: dispute.id,
    description,
  } as const;
  const back = recordBalanceTransaction(account, { ...moved, category: "dispute_reversal" });
  const reinstated = { ...dispute, balance_transactions: [...dispute.balance_transactions, back] };
  account.put(reinstated);
  account.emit("charge.dispute.funds_reinstated", reinstated);
  return reinstated;
}

export function closeDispute(account: Account, id: string, verdict: "won" | "lost"): Stripe.Dispute {
  const before = account.get("dispute", id);
  if (!isOpenDispute(before))
    throw invalidRequest("This dispute is already closed.", { code: "dispute_already_closed" });
  const isInquiry = before.status.startsWith("warning_");
  const closed: Stripe.Dispute = { ...before, status: isInquiry ? "warning_closed" : verdict };
  account.putWithInternalState<"dispute">(closed, { dueAt: null, verdict: null });
  account.emit("charge.dispute.closed", closed, { status: before.status });
  return closed.status === "won" ? reinstateFunds(account, closed) : closed;
}

export function isOpenDispute({ status }: Stripe.Dispute): boolean {
  return !["won", "lost", "warning_closed", "prevented"].includes(status);
}

/**
 * Does what is due: applies the bank's decision or escalates an inquiry. If the deadline passes without submitted
 * evidence, a dispute is lost, and an inquiry is closed.
 */
export function closeOrEscalateDueDispute(account: Account, id: string): Stripe.Dispute {
  const dispute = account.get("dispute", id);
  const { verdict } = account.internalState<"dispute">(id);
  if (verdict === "escalated") return escalateInquiry(account, dispute);
  if (verdict) return closeDispute(account, id, verdict);
  const details = { ...dispute.evidence_details, past_due: true };
  account.put({ ...dispute, evidence_details: details });
  return closeDispute(account, id, "lost");
}

function escalateInquiry(account: Account, before: Stripe.Dispute): Stripe.Dispute {
  const card = before.payment_method_details?.card;
  const dueBy = startOfUtcDay(account.now()) + secondsInDays(ANSWER_WITHIN_DAYS) - 1;
  const escalated: Stripe.Dispute = {
    ...before,
    evidence_details: { ...before.evidence_details, due_by: dueBy },
    is_charge_refundable: false,
    ...(card ? { payment_method_details: { type: "card", card: { ...card, case_type: "chargeback" } } } : {}),
    status: "needs_response",
  };
  account.putWithInternalState<"dispute">(escalated, { dueAt: dueBy, verdict: null });
  account.emit("charge.dispute.updated", escalated, { status: before.status });
  return withdrawFunds(account, escalated);
}
