import type Stripe from "stripe";
import type { Account } from "../account";
import { secondsInDays, startOfUtcDay } from "../bank-days";
import { divideRounded, processingFee, toSettlementCurrency } from "../money";
import { idOf } from "../objects";

export type NewBalanceTransaction = {
  /** In the settlement currency; negative when money leaves the account. */
  amount: number;
  currency: string;
  type: Stripe.BalanceTransaction.Type;
  category: string;
  source: string;
  description: string | null;
  exchangeRate?: number | null;
  fee?: { amount: number; description: string } | null;
  /** When the money becomes available, in Unix seconds; by default now. */
  availableOn?: number;
};

export function recordBalanceTransaction(account: Account, input: NewBalanceTransaction): Stripe.BalanceTransaction {
  const { amount, currency, fee } = input;
  const created = account.now();
  const detail = { application: null, currency, type: "stripe_fee" };
  const transaction: Stripe.BalanceTransaction = {
    id: account.newId("txn_"),
    object: "balance_transaction",
    amount,
    available_on: input.availableOn ?? created,
    balance_type: "payments",
    created,
    currency,
    description: input.description,
    exchange_rate: input.exchangeRate ?? null,
    fee: fee?.amount ?? 0,
    fee_details: fee ? [{ ...detail, ...fee }] : [],
    net: amount - (fee?.amount ?? 0),
    reporting_category: input.category,
    source: input.source,
    status: (input.availableOn ?? created) > created ? "pending" : "available",
    type: input.type,
  };
  if (account.paysOut && transaction.status === "pending")
    account.putWithInternalState<"balance_transaction">(transaction, { dueAt: transaction.available_on });
  else account.put(transaction);
  return transaction;
}

const PROCESSING = "Stripe processing fees";

export function recordChargeTransaction(
  account: Account,
  charge: Stripe.Charge,
  availableOn: number,
): Stripe.BalanceTransaction {
  const isCard = charge.payment_method_details?.type !== "sepa_debit";
  const taken = charge.captured ? charge.amount_captured : charge.amount;
  const { amount, currency, exchangeRate } = toSettlementCurrency(
    { amount: taken, currency: charge.currency },
    account.settlementCurrency,
  );
  const fee = { amount: processingFee({ amount, currency }, isCard ? "card" : "bank_debit"), description: PROCESSING };
  const type = isCard ? "charge" : "payment";
  const { id: source, description } = charge;
  const moved = { amount, currency, exchangeRate, type, category: "charge", source, description, availableOn } as const;
  return recordBalanceTransaction(account, { ...moved, fee });
}

/** Returns the midnight two days later, so that all money of one day becomes available together. */
export function midnightTwoDaysLater(now: number): number {
  return startOfUtcDay(now) + secondsInDays(2);
}

export function withCurrentStatus(account: Account, transaction: Stripe.BalanceTransaction): Stripe.BalanceTransaction {
  return account.now() >= transaction.available_on ? { ...transaction, status: "available" } : transaction;
}

export function balanceTransactionOf(account: Account, charge: Stripe.Charge): Stripe.BalanceTransaction {
  return account.get("balance_transaction", idOf(charge.balance_transaction));
}

/**
 * Returns the amount that a refund or a dispute now takes from the balance, in the settlement currency.
 * `totalToTakeBack`: the sum of this and all earlier such amounts of the charge, in the charge's currency.
 * `alreadyTakenBack`: the sum of only the earlier amounts, in the settlement currency.
 */
export function amountToTakeBack(
  account: Account,
  charge: Stripe.Charge,
  { totalToTakeBack, alreadyTakenBack }: { totalToTakeBack: number; alreadyTakenBack: number },
): { amount: number; currency: string; exchangeRate: number | null } {
  const { amount, currency, exchange_rate: exchangeRate } = balanceTransactionOf(account, charge);
  const total = divideRounded(BigInt(amount) * BigInt(totalToTakeBack), BigInt(charge.amount_captured));
  return { amount: Number(total) - alreadyTakenBack, currency, exchangeRate };
}
