import "server-only";
import type Stripe from "stripe";
import type { Fact, PayoutStatus } from "../../../domain/ledger/fact";
import { requireReadableObject } from "../border/require-readable";
import { isReconciled } from "../payout-entries";
import { dateFromUnix } from "./ids";

const STATUS: Record<string, PayoutStatus> = {
  pending: "pending",
  in_transit: "in_transit",
  paid: "paid",
  canceled: "canceled",
  failed: "failed",
};

/** Returns the payout as a fact. Throws if a field is invalid or the status is unknown. */
export function payoutFacts(payout: Stripe.Payout): Fact[] {
  requireReadableObject("payout", payout);
  const status = STATUS[payout.status];
  if (!status) throw new Error(`payout ${payout.id} has status ${payout.status}`);
  return [
    {
      kind: "payout",
      payoutId: payout.id,
      money: { amountMinor: payout.amount, currency: payout.currency.toUpperCase() },
      status,
      arrivesAt: dateFromUnix(payout.arrival_date),
      createdAt: dateFromUnix(payout.created),
      isListReady: isReconciled(payout),
    },
  ];
}
