import type Stripe from "stripe";
import type { Account } from "../account";
import { afterBankDays } from "../bank-days";
import { invalidRequest, notFoundError } from "../http/errors";
import type { RefundInternalState } from "../internal-state";
import { formatMoney } from "../money";
import { idOf } from "../objects";
import { amountToTakeBack, recordBalanceTransaction } from "./balance-transactions";

export type NewRefund = {
  charge?: string | null;
  payment_intent?: string | null;
  /** In the charge's currency. By default, the whole amount that has not been refunded. */
  amount?: number | null;
  reason?: "duplicate" | "fraudulent" | "requested_by_customer" | null;
  metadata?: Record<string, string>;
};

export function createRefund(account: Account, input: NewRefund): Stripe.Refund {
  const charge = chargeToRefund(account, input);
  const amount = amountToRefund(charge, input.amount);
  const internalState = bankAnswerTo(account, charge);
  const isCard = charge.payment_method_details?.type !== "sepa_debit";
  const refund: Stripe.Refund = {
    id: account.newId(isCard ? "re_" : "pyr_"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: account.now(),
    currency: charge.currency,
    customer: idOf(charge.customer),
    customer_account: null,
    destination_details: isCard ? CARD_DESTINATION : { type: "sepa_debit" },
    metadata: input.metadata ?? {},
    payment_intent: idOf(charge.payment_intent),
    payment_method: idOf(charge.payment_method),
    reason: input.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: internalState.end === "succeeded" ? "pending" : "succeeded",
    transfer_reversal: null,
    ...(internalState.end === "succeeded" ? { pending_reason: "processing" as const } : {}),
  };
  const booked = { ...refund, balance_transaction: takeFromBalance(account, charge, refund).id };
  account.putWithInternalState<"refund">(booked, internalState);
  const refunded = withRefunded(account, charge, amount);
  account.emit("charge.refunded", refunded, previousOf(charge, refunded));
  account.emit("refund.created", booked);
  return booked;
}

const CARD_DESTINATION: Stripe.Refund.DestinationDetails = {
  type: "card",
  card: { type: "refund", reference_status: "pending", reference_type: "acquirer_reference_number" },
};

function chargeToRefund(account: Account, { charge: chargeId, payment_intent: intentId }: NewRefund): Stripe.Charge {
  if (!chargeId && !intentId)
    throw invalidRequest("One of the following params should be provided for this request: payment_intent or charge.", {
      code: "parameter_missing",
    });
  const charge = chargeId ? account.find("charge", chargeId) : latestChargeOf(account, intentId ?? "");
  if (!charge) throw notFoundError("charge", chargeId ?? "", "charge");
  if (chargeId && intentId && idOf(charge.payment_intent) !== intentId)
    throw invalidRequest(`Charge ${chargeId} does not belong to PaymentIntent ${intentId}.`, { param: "charge" });
  if (charge.refunded)
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  if (charge.status !== "succeeded" || !charge.captured)
    throw invalidRequest(`Charge ${charge.id} cannot be refunded: it has not been paid.`, { param: "charge" });
  if (isChargedBack(account, charge))
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  return charge;
}

function latestChargeOf(account: Account, intentId: string): Stripe.Charge {
  const intent = account.find("payment_intent", intentId);
  if (!intent) throw notFoundError("payment_intent", intentId, "payment_intent");
  if (intent.status !== "succeeded" || !intent.latest_charge)
    throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, {
      param: "payment_intent",
    });
  return account.get("charge", idOf(intent.latest_charge));
}

/** Returns true if a dispute has taken the money. A won dispute has returned it, and an inquiry never took it. */
function isChargedBack(account: Account, charge: Stripe.Charge): boolean {
  if (!charge.disputed) return false;
  const disputes = account.list("dispute", { where: { source: charge.id } });
  return disputes.some(({ status }) => status !== "won" && !status.startsWith("warning_"));
}

function amountToRefund(charge: Stripe.Charge, input: number | null | undefined): number {
  const { currency } = charge;
  const left = charge.amount_captured - charge.amount_refunded;
  if (input === undefined || input === null) return left;
  if (input < 1)
    throw invalidRequest("Invalid positive integer", { code: "parameter_invalid_integer", param: "amount" });
  if (input <= left) return input;
  const sums = [input, left].map((amount) => formatMoney({ amount, currency }));
  throw invalidRequest(`Refund amount (${sums[0]}) is greater than unrefunded amount on charge (${sums[1]})`, {
    param: "amount",
  });
}

function bankAnswerTo(account: Account, charge: Stripe.Charge): RefundInternalState {
  const method = idOf(charge.payment_method);
  const instrument = method === null ? null : account.store.internalState<"payment_method">(account.id, method);
  const now = account.now();
  if (instrument && "iban" in instrument) return { dueAt: afterBankDays(now, 3), end: "succeeded" };
  const course = instrument?.card.refund ?? "at_once";
  if (course === "at_once") return { dueAt: afterBankDays(now, 3), end: "referenced" };
  return { dueAt: now + A_MOMENT, end: course === "pending" ? "succeeded" : "failed" };
}
const A_MOMENT = 5;

function takeFromBalance(account: Account, charge: Stripe.Charge, refund: Stripe.Refund): Stripe.BalanceTransaction {
  const sum = charge.amount_refunded + refund.amount;
  const share = amountToTakeBack(account, charge, {
    totalToTakeBack: sum,
    alreadyTakenBack: refundTotalInSettlementCurrency(account, charge),
  });
  return recordBalanceTransaction(account, {
    ...share,
    amount: -share.amount,
    type: charge.payment_method_details?.type === "sepa_debit" ? "payment_refund" : "refund",
    category: "refund",
    source: refund.id,
    description: charge.description ? `REFUND FOR CHARGE (${charge.description})` : "REFUND FOR CHARGE",
  });
}

/** Returns the total of the refunds in the settlement currency, without failed refunds. */
export function refundTotalInSettlementCurrency(account: Account, charge: Stripe.Charge): number {
  const refunds = account.list("refund", { where: { source: charge.id, "$.status": { not: "failed" } } });
  const taken = refunds.map((refund) => account.get("balance_transaction", idOf(refund.balance_transaction)).amount);
  return -taken.reduce((total, amount) => total + amount, 0);
}

function withRefunded(account: Account, charge: Stripe.Charge, amount: number): Stripe.Charge {
  const refunded = charge.amount_refunded + amount;
  const after = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount_captured };
  account.put(after);
  return after;
}

function previousOf(before: Stripe.Charge, after: Stripe.Charge): Record<string, unknown> {
  const { amount_refunded, refunded } = before;
  return { amount_refunded, ...(refunded === after.refunded ? {} : { refunded }) };
}

export function succeedOrFailRefund(account: Account, id: string): Stripe.Refund {
  const refund = account.get("refund", id);
  const { end } = account.internalState<"refund">(id);
  if (end === "failed") return failRefund(account, refund);
  const { pending_reason, ...rest } = refund;
  const reference = { reference: account.newId("").slice(0, 12).toUpperCase(), reference_status: "available" };
  const card = refund.destination_details?.card;
  const updated: Stripe.Refund = {
    ...rest,
    status: "succeeded",
    ...(card ? { destination_details: { type: "card", card: { ...card, ...reference } } } : {}),
  };
  return saveConcluded(account, updated, refund);
}

function failRefund(account: Account, refund: Stripe.Refund): Stripe.Refund {
  const taken = account.get("balance_transaction", idOf(refund.balance_transaction));
  const back = recordBalanceTransaction(account, {
    amount: -taken.amount,
    currency: taken.currency,
    exchangeRate: taken.exchange_rate,
    type: "refund_failure",
    category: "refund_failure",
    source: refund.id,
    description: taken.description,
  });
  const failed: Stripe.Refund = {
    ...refund,
    failure_balance_transaction: back.id,
    failure_reason: "expired_or_canceled_card",
    status: "failed",
  };
  withRefunded(account, account.get("charge", idOf(refund.charge)), -refund.amount);
  return saveConcluded(account, failed, refund);
}

function saveConcluded(account: Account, after: Stripe.Refund, before: Stripe.Refund): Stripe.Refund {
  account.putWithInternalState<"refund">(after, { dueAt: null, end: null });
  if (after.status === "failed") account.emit("refund.failed", after);
  const previous =
    after.status === before.status ? { destination_details: before.destination_details } : { status: before.status };
  account.emit("refund.updated", after, previous);
  account.emit("charge.refund.updated", after, previous);
  return after;
}
