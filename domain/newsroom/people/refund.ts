// Checks in the ledger if a payment can be refunded, before Stripe is asked. requests-from-colleagues.ts refuses a
// second refund of the payment while another one is under way.
import type { Payment } from "../../../generated/sqlite/client";
import { parseTypedAmount, type TypedAmountRefusal } from "../../giving/typed-amount";
import { paymentStandingOf } from "../../ledger/payment-standing";
import { amountMinorOf, type Money, money } from "../../money";
import type { Publication } from "../../publication";

export type PaymentForRefund = Pick<
  Payment,
  "id" | "status" | "amountMinor" | "currency" | "refundedMinor" | "disputedMinor" | "paymentIntentId"
>;

/**
 * Why a refund is refused. `too-much`: it exceeds what is kept of the payment. `nothing-kept`: nothing is kept.
 * `elsewhere`: the payment has no payment intent, so Stripe cannot return the money.
 */
export type RefundRefusal = TypedAmountRefusal | "too-much" | "nothing-kept" | "elsewhere";
export type RefundPlan = {
  kind: "plan";
  money: Money;
  kept: Money;
  left: Money;
  needsSecondPerson: boolean;
};

export type RefundPlanOrRefusal = RefundPlan | { kind: "refused"; reason: RefundRefusal };

export type RefundApprovalSetting = Pick<Publication, "refundNeedsSecondPerson">;

export function planTypedRefund(
  payment: PaymentForRefund,
  { amountText, publication }: { amountText: string; publication: RefundApprovalSetting },
): RefundPlanOrRefusal {
  const block = whyNotRefundable(payment);
  if (block) return { kind: "refused", reason: block };
  const { kept } = paymentStandingOf(payment);
  const typed = parseTypedAmount(amountText, kept.currency);
  return typed.kind === "refused" ? typed : planRefund(payment, { money: typed.money, publication });
}

export function planRefund(
  payment: PaymentForRefund,
  { money, publication }: { money: Money; publication: RefundApprovalSetting },
): RefundPlanOrRefusal {
  const block = whyNotRefundable(payment);
  if (block) return { kind: "refused", reason: block };
  const { kept } = paymentStandingOf(payment);
  if (money.currency !== kept.currency || money.amountMinor < 1) return { kind: "refused", reason: "not-a-number" };
  if (money.amountMinor > kept.amountMinor) return { kind: "refused", reason: "too-much" };
  const left = { ...kept, amountMinor: kept.amountMinor - money.amountMinor };
  return { kind: "plan", money, kept, left, needsSecondPerson: needsSecondPerson(payment, { money, publication }) };
}

export function whyNotRefundable(payment: PaymentForRefund): "nothing-kept" | "elsewhere" | null {
  if (paymentStandingOf(payment).kept.amountMinor === 0) return "nothing-kept";
  return payment.paymentIntentId === null ? "elsewhere" : null;
}

/**
 * Returns true if a second colleague must confirm the refund: if it exceeds the limit in publication.ts, or its
 * currency has no limit there. Earlier refunds of the payment are added, so that a large refund cannot be split into
 * small ones.
 */
function needsSecondPerson(
  { refundedMinor }: PaymentForRefund,
  { money: asked, publication }: { money: Money; publication: RefundApprovalSetting },
): boolean {
  const limit = publication.refundNeedsSecondPerson[asked.currency];
  return (
    limit === undefined || amountMinorOf(refundedMinor) + asked.amountMinor > money(limit, asked.currency).amountMinor
  );
}
