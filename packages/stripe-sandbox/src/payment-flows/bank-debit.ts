// Simulates SEPA debits. The bank decides them at once, after minutes or after bank days, depending on the test IBAN.
// Until the bank has decided, the payment intent is `processing`, the charge is `pending`, and the money is part of the
// pending balance.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { idOf } from "../objects";
import {
  balanceTransactionOf,
  recordBalanceTransaction,
  recordChargeTransaction,
} from "../resources/balance-transactions";
import { chargeParamsOf, createCharge, receiptUrlOf } from "../resources/charges";
import { findOrCreateMandate } from "../resources/mandates";
import type { PaymentMethodDecline } from "../test-cards";
import { bankDecidesAt, type TestIban } from "../test-ibans";
import { createTestDisputeOrFraudWarning } from "./after-charge";
import { applyOutcomeToSessionAndInvoice } from "./conclude-intent";
import { failIntent } from "./fail-intent";
import type { AttemptResult, PaymentAttempt } from "./payment-attempt";

const BOUNCED: PaymentMethodDecline = {
  code: "insufficient_funds",
  declineCode: "insufficient_funds",
  message: "The customer's account has insufficient funds to cover this payment.",
};

export function startDebit(account: Account, attempt: PaymentAttempt, iban: TestIban): AttemptResult {
  const { intent: before, method } = attempt;
  if (before.currency !== "eur")
    throw invalidRequest(
      `The currency provided (${before.currency}) is invalid for SEPA Direct Debit, which takes eur only.`,
      {
        param: "currency",
      },
    );
  findOrCreateMandate(account, method, attempt.mandateData);
  const charge = createDebitCharge(account, attempt, iban);
  const intent: Stripe.PaymentIntent = {
    ...before,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: "processing",
  };
  account.put(intent);
  account.emit("payment_intent.processing", intent);
  account.emit("charge.pending", charge);
  account.scheduleDueObjectHandling();
  return { kind: "processing", intent, charge };
}

function createDebitCharge(account: Account, attempt: PaymentAttempt, iban: TestIban): Stripe.Charge {
  const { intent, method, forcedDecline } = attempt;
  const answer = { kind: "pending" } as const;
  const created = createCharge(account, {
    params: chargeParamsOf(intent),
    method,
    decision: answer,
    authentication: null,
  });
  const dueAt = bankDecidesAt(iban, account.now());
  const charge = { ...created, balance_transaction: recordChargeTransaction(account, created, dueAt).id };
  const customer = idOf(intent.customer);
  const clock = customer === null ? null : idOf(account.find("customer", customer)?.test_clock ?? null);
  account.putWithInternalState<"charge">(charge, { dueAt, clock, bounces: Boolean(forcedDecline) });
  return charge;
}

/**
 * Applies the bank's decision about a pending debit. `decision`: the choice on the stand-in's control page. Without
 * `decision`, a debit bounces if `bounces` is set in the charge's internal state. For any other debit, the test IBAN
 * decides.
 */
export function applyBankDebitDecision(account: Account, id: string, decision?: "settle" | "bounce"): Stripe.Charge {
  const charge = account.get("charge", id);
  if (charge.status !== "pending") return charge;
  const instrument = account.internalState<"payment_method">(idOf(charge.payment_method) ?? "");
  const bounces =
    account.internalState<"charge">(id).bounces || ("iban" in instrument && instrument.iban.outcome === "bounces");
  return (decision ?? (bounces ? "bounce" : "settle")) === "bounce" ? bounce(account, charge) : settle(account, charge);
}

function settle(account: Account, pending: Stripe.Charge): Stripe.Charge {
  const charge: Stripe.Charge = {
    ...pending,
    amount_captured: pending.amount,
    captured: true,
    paid: true,
    receipt_url: receiptUrlOf(account, pending.id),
    status: "succeeded",
  };
  account.putWithInternalState<"charge">(charge, { ...account.internalState<"charge">(charge.id), dueAt: null });
  const before = account.get("payment_intent", idOf(charge.payment_intent));
  const intent: Stripe.PaymentIntent = { ...before, amount_received: charge.amount, status: "succeeded" };
  account.put(intent);
  account.emit("charge.succeeded", charge);
  account.emit("payment_intent.succeeded", intent);
  applyOutcomeToSessionAndInvoice(account, { kind: "paid", intent, charge });
  return createTestDisputeOrFraudWarning(account, charge);
}

function bounce(account: Account, pending: Stripe.Charge): Stripe.Charge {
  const { amount, currency } = balanceTransactionOf(account, pending);
  const back = recordBalanceTransaction(account, {
    amount: -amount,
    currency,
    type: "payment_failure_refund",
    category: "charge_failure",
    source: pending.id,
    description: pending.description,
  });
  const charge: Stripe.Charge = {
    ...pending,
    failure_balance_transaction: back.id,
    failure_code: BOUNCED.code,
    failure_message: BOUNCED.message,
    status: "failed",
  };
  account.putWithInternalState<"charge">(charge, { ...account.internalState<"charge">(charge.id), dueAt: null });
  account.emit("charge.failed", charge);
  const before = account.get("payment_intent", idOf(charge.payment_intent));
  const method = account.get("payment_method", idOf(charge.payment_method));
  const intent = failIntent(account, { intent: before, method, decline: BOUNCED, charge: charge.id });
  applyOutcomeToSessionAndInvoice(account, { kind: "declined", intent, charge, decline: BOUNCED });
  return charge;
}
