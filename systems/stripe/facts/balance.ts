import "server-only";
import type Stripe from "stripe";
import type { EntryKind, Fact } from "../../../domain/ledger/fact";
import { isStripeCurrency } from "../../../domain/money";
import { requireReadableObject } from "../border/require-readable";
import { dateFromUnix } from "./ids";

export type LedgerEntryOfBalanceTransaction = {
  paymentIntentId: string;
  entryKind: EntryKind;
  sourceId: string;
  /** The amount of the charge or refund, in minor units of the gift's currency. */
  amount: { amount: number; currency: string };
};

/**
 * Returns a list with one fact about the balance transaction. Returns an empty list if this site does not know the
 * currency of `amount`.
 */
export function balanceTransactionFacts(
  transaction: Stripe.BalanceTransaction,
  { amount, ...about }: LedgerEntryOfBalanceTransaction,
): Fact[] {
  const currency = amount.currency.toUpperCase();
  if (!isStripeCurrency(currency)) return [];
  requireReadableObject("balance transaction", transaction);
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
      movedAt: dateFromUnix(created),
    },
  ];
}

export function isExpanded(
  transaction: string | Stripe.BalanceTransaction | null | undefined,
): transaction is Stripe.BalanceTransaction {
  return typeof transaction === "object" && transaction !== null;
}
