// How a payment stands and what of it is kept: the one answer that every page, mail, rule and sum for people uses. "Succeeded"
// alone says only that the money once came.
import type { Payment } from "../../generated/sqlite/client";
import { type Money, moneyOf } from "../money";

/**
 * on-its-way: a bank debit that may still bounce · kept · partly-returned: refunded in part · returned: refunded in full ·
 * held-by-bank: a dispute holds all or part of it, or has taken it back for good · failed: it never came.
 */
export type PaymentStanding = "on-its-way" | "kept" | "partly-returned" | "returned" | "held-by-bank" | "failed";

/** The columns that decide it. A refund counts from when it is begun; one that fails leaves `refundedMinor` again. */
export type StandingColumns = Pick<Payment, "status" | "amountMinor" | "currency" | "refundedMinor" | "disputedMinor">;

export type Standing = { standing: PaymentStanding; kept: Money };

export function standingOf(payment: StandingColumns): Standing {
  const { currency } = payment;
  return { standing: wordFor(payment), kept: moneyOf(keptMinor(payment), currency) };
}

/** The amount that came, less refunds and disputes. A refund after a lost dispute can return more than came: then 0. */
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
