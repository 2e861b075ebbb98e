// Shows how a payment stands. The column `status` is not enough, because a payment stays `succeeded` after a refund or a dispute.
import type { Payment } from "../../generated/sqlite/client";
import { type Money, moneyOf } from "../money";

/**
 * `on-its-way`: a bank debit that can still bounce. `kept`: the whole amount is kept. `partly-returned`: refunded in
 * part. `returned`: refunded in full. `held-by-bank`: a dispute holds or has taken all or part of it. `failed`: the
 * money never arrived.
 */
export type PaymentStanding = "on-its-way" | "kept" | "partly-returned" | "returned" | "held-by-bank" | "failed";

/**
 * `refundedMinor` includes a refund as soon as the refund starts. If the refund fails, its amount is subtracted again.
 */
export type PaymentStandingColumns = Pick<
  Payment,
  "status" | "amountMinor" | "currency" | "refundedMinor" | "disputedMinor"
>;

export type PaymentStandingAndKeptAmount = { standing: PaymentStanding; kept: Money };

export function paymentStandingOf(payment: PaymentStandingColumns): PaymentStandingAndKeptAmount {
  const { currency } = payment;
  return { standing: wordFor(payment), kept: moneyOf(keptMinor(payment), currency) };
}

/**
 * Returns the amount less refunds and disputes. Returns zero if the payment has not succeeded, or if its refunds and
 * disputes together exceed its amount.
 */
export function keptMinor({
  status,
  amountMinor,
  refundedMinor,
  disputedMinor,
}: Omit<PaymentStandingColumns, "currency">) {
  const left = status === "succeeded" ? amountMinor - refundedMinor - disputedMinor : 0n;
  return left > 0n ? left : 0n;
}

function wordFor({ status, amountMinor, refundedMinor, disputedMinor }: PaymentStandingColumns): PaymentStanding {
  if (status === "pending") return "on-its-way";
  if (status !== "succeeded") return "failed";
  if (refundedMinor >= amountMinor) return "returned";
  if (disputedMinor > 0n) return "held-by-bank";
  return refundedMinor > 0n ? "partly-returned" : "kept";
}
