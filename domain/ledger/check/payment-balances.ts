import type { Payment } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import { compareTotal, type LedgerDifference } from "./row";
import { everyPageOfPayments, sumRefundAndDisputeEntries } from "./store/ledger-sums";

const COLUMNS = ["refundedMinor", "disputedMinor"] as const;

type Balance = Record<(typeof COLUMNS)[number], bigint>;

/**
 * Compares the refunded and disputed amounts of all payments with their entries. Reads a limited number of payments at
 * a time, so that neither memory nor an SQL statement grows with the ledger.
 */
export async function compareRefundsAndDisputesWithEntries(tx: Tx): Promise<LedgerDifference[]> {
  const differences: LedgerDifference[] = [];
  for await (const page of everyPageOfPayments(tx)) {
    const balances = balancesOf(
      await sumRefundAndDisputeEntries(
        tx,
        page.map(({ id }) => id),
      ),
    );
    for (const payment of page) differences.push(...compareBalance(payment, balances.get(payment.id)));
  }
  return differences;
}

function balancesOf(sums: { paymentId: string; kind: string; amountMinor: bigint }[]): Map<string, Balance> {
  const balances = new Map<string, Balance>();
  for (const { paymentId, kind, amountMinor } of sums) {
    const balance = balances.get(paymentId) ?? { refundedMinor: 0n, disputedMinor: 0n };
    balance[kind.startsWith("refund") ? "refundedMinor" : "disputedMinor"] -= amountMinor;
    balances.set(paymentId, balance);
  }
  return balances;
}

function compareBalance(payment: Payment, derived: Balance | undefined): LedgerDifference[] {
  const object = payment.paymentIntentId ?? payment.invoiceId ?? payment.id;
  return COLUMNS.flatMap((column) =>
    compareTotal(object, { place: `payment.${column}`, stored: payment[column], derived: derived?.[column] ?? 0n }),
  );
}
