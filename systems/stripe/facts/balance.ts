// One of Stripe's balance transactions in our words.
import "server-only";
import type Stripe from "stripe";
import type { EntryKind, Fact } from "../../../domain/ledger/fact";
import { isCurrency } from "../../../domain/money";
import { requireReadable } from "../border/require-readable";
import { fromUnix } from "./ids";

export type About = {
  paymentIntentId: string;
  of: EntryKind;
  sourceId: string;
  /** In the currency given. */
  amount: { amount: number; currency: string };
};

/** Nothing where the money is in a currency that no gift of ours can have. */
export function balanceMoved(transaction: Stripe.BalanceTransaction, { amount, ...about }: About): Fact[] {
  const currency = amount.currency.toUpperCase();
  if (!isCurrency(currency)) return [];
  requireReadable("balance transaction", transaction);
  const { id, created, fee, net } = transaction;
  return [
    {
      kind: "balance-moved",
      balanceTransactionId: id,
      ...about,
      money: { amountMinor: amount.amount, currency },
      settled: {
        currency: transaction.currency.toUpperCase(),
        amountMinor: transaction.amount,
        feeMinor: fee,
        netMinor: net,
      },
      movedAt: fromUnix(created),
    },
  ];
}

/** Whether the balance transaction itself is there, not only its id. */
export function isWhole(
  transaction: string | Stripe.BalanceTransaction | null | undefined,
): transaction is Stripe.BalanceTransaction {
  return typeof transaction === "object" && transaction !== null;
}
