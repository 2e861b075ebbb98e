// How a payment stands and how much of it the newsroom keeps: the one answer that every page, mail and rule uses. The status
// `succeeded` says only that the money once arrived.
import type { Payment } from "../../generated/sqlite/client";
import { type Money, moneyOf } from "../money";

/**
 * on-its-way: a bank debit that may still bounce · kept: all of it · partly-returned: refunded in part · returned: refunded in
 * full · held-by-bank: a dispute holds all or part of it, or has taken it for good · failed: the money never came.
 */
export type PaymentStanding = "on-its-way" | "kept" | "partly-returned" | "returned" | "held-by-bank" | "failed";

/** The columns that decide the standing. A refund counts from its beginning; one that fails is taken off `refundedMinor` again. */
export type StandingColumns = Pick<Payment, "status" | "amountMinor" | "currency" | "refundedMinor" | "disputedMinor">;

export type Standing = { standing: PaymentStanding; kept: Money };

export function standingOf(payment: StandingColumns): Standing {
  const { currency } = payment;
  return { standing: wordFor(payment), kept: moneyOf(keptMinor(payment), currency) };
}

/** The amount paid less refunds and disputes. Zero if a refund after a lost dispute returned more than was paid. */
export function keptMinor({ status, amountMinor, refundedMinor, disputedMinor }: Omit<StandingColumns, "currency">) {
  const left = status === "succeeded" ? amountMinor - refundedMinor - disputedMinor : 0n;
  return left > 0n ? left : 0n;
}

function wordFor({ status, amountMinor, refundedMinor, disputedMinor }: StandingColumns): PaymentStanding {
  if (status === "pending") return "on-its-way";
  if (status !== "succeeded") return "failed";
  if (refundedMinor >= amountMinor) return "returned";
  if (disputedMinor > 0n) return "held-by-bank";
  return refundedMinor > 0n ? "partly-returned" : "kept";
}
