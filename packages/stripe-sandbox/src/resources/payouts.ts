// Creates, completes, fails and cancels payouts. An automatic payout takes the whole available balance of one currency.
// Its list contains the balance transactions that it paid out. A manual payout takes a chosen amount.
import type Stripe from "stripe";
import type { Account } from "../account";
import { afterBankDays, startOfUtcDay } from "../bank-days";
import { invalidRequest, SimulatedStripeError } from "../http/errors";
import { balanceIn } from "./balance";
import { recordBalanceTransaction } from "./balance-transactions";

export type NewPayout = {
  amount: number;
  currency: string;
  description?: string | null;
  metadata?: Record<string, string>;
  method?: "standard" | "instant" | null;
  descriptor?: string | null;
};

export function createPayout(account: Account, input: NewPayout): Stripe.Payout {
  const { available } = balanceIn(account, input.currency);
  if (input.amount > available)
    throw new SimulatedStripeError({
      status: 400,
      code: "balance_insufficient",
      message:
        "You have insufficient funds in your Stripe account for this transfer. Your available balance is too low.",
    });
  return bookPayout(account, input, false);
}

/** Creates an automatic payout for each currency whose available balance is positive. */
export function payOutAvailable(account: Account): Stripe.Payout[] {
  const unpaid = account.store.listAvailableBalances(account.id, account.now()).filter(({ amount }) => amount > 0);
  return unpaid.map(({ amount, currency }) => {
    const payout = bookPayout(account, { amount, currency }, true);
    account.store.markPaidOut(account.id, { payout: payout.id, currency, until: account.now() });
    return payout;
  });
}

function bookPayout(account: Account, input: NewPayout, automatic: boolean): Stripe.Payout {
  const { amount, currency, method } = input;
  const id = account.newId("po_");
  const arrival = method === "instant" ? account.now() : afterBankDays(startOfUtcDay(account.now()), 1);
  const moved = { amount: -amount, currency, type: "payout", category: "payout", source: id } as const;
  const movement = recordBalanceTransaction(account, { ...moved, description: input.description ?? "STRIPE PAYOUT" });
  const payout: Stripe.Payout = {
    id,
    object: "payout",
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: arrival,
    automatic,
    balance_transaction: movement.id,
    created: account.now(),
    currency,
    description: input.description ?? (automatic ? "STRIPE PAYOUT" : null),
    destination: `ba_${account.id.slice(5)}${currency}`,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: account.livemode,
    metadata: input.metadata ?? {},
    method: method ?? "standard",
    original_payout: null,
    payout_method: null,
    reconciliation_status: automatic ? "in_progress" : "not_applicable",
    reversed_by: null,
    source_type: "card",
    statement_descriptor: input.descriptor ?? null,
    status: automatic ? "in_transit" : "pending",
    trace_id: { status: "pending", value: null },
    type: "bank_account",
  };
  account.putWithInternalState<"payout">(payout, { dueAt: Math.max(arrival, account.now() + 1) });
  account.emit("payout.created", payout);
  return payout;
}

export function completePayout(account: Account, id: string): Stripe.Payout {
  const before = account.get("payout", id);
  const trace = { status: "supported", value: account.newId("").slice(0, 12).toUpperCase() };
  const paid: Stripe.Payout = { ...before, status: "paid", trace_id: trace };
  account.putWithInternalState<"payout">(paid, { dueAt: null });
  account.emit("payout.paid", paid, { status: before.status });
  if (!paid.automatic) return paid;
  const reconciled: Stripe.Payout = { ...paid, reconciliation_status: "completed" };
  account.put(reconciled);
  account.emit("payout.reconciliation_completed", reconciled);
  return reconciled;
}

/** Makes the payout fail and returns its money to the balance. A bank can also reject a payout that was paid. */
export function failPayout(account: Account, id: string): Stripe.Payout {
  const before = account.get("payout", id);
  if (before.status === "failed" || before.status === "canceled")
    throw invalidRequest(`Payout ${id} is ${before.status}.`);
  const back = returnToBalance(account, before, "payout_failure");
  const failed: Stripe.Payout = {
    ...before,
    failure_balance_transaction: back.id,
    failure_code: "account_closed",
    failure_message: "The bank account has been closed.",
    status: "failed",
  };
  account.putWithInternalState<"payout">(failed, { dueAt: null });
  account.emit("payout.failed", failed, { status: before.status });
  return failed;
}

export function cancelPayout(account: Account, before: Stripe.Payout): Stripe.Payout {
  if (before.automatic) throw invalidRequest(`Automatic payouts cannot be canceled; ${before.id} is automatic.`);
  if (before.status !== "pending")
    throw invalidRequest(`Payouts can only be canceled while they are pending; ${before.id} is ${before.status}.`);
  const back = returnToBalance(account, before, "payout_cancel");
  const canceled: Stripe.Payout = { ...before, failure_balance_transaction: back.id, status: "canceled" };
  account.putWithInternalState<"payout">(canceled, { dueAt: null });
  account.emit("payout.canceled", canceled, { status: before.status });
  return canceled;
}

function returnToBalance(
  account: Account,
  { id, amount, currency }: Stripe.Payout,
  type: "payout_failure" | "payout_cancel",
) {
  const category = type === "payout_cancel" ? "payout" : "payout_reversal";
  return recordBalanceTransaction(account, {
    amount,
    currency,
    type,
    category,
    source: id,
    description: "STRIPE PAYOUT",
  });
}

export function payOutAfterTransactionBecameAvailable(account: Account, balanceTransactionId: string): void {
  payOutAvailable(account);
  account.putWithInternalState<"balance_transaction">(account.get("balance_transaction", balanceTransactionId), {
    dueAt: null,
  });
}
