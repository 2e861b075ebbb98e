// Decides how facts change payments. Facts can arrive in any order. So a fact never replaces a payment's status by one
// that comes earlier in PAYMENT_LIFECYCLE.
import type { Payment } from "../../generated/sqlite/client";
import { exposureColumns } from "../appeal/exposure";
import { coveredFeeMinorIn } from "../giving/covered-fee";
import { moneyColumns } from "../money";
import type { NewLedgerEntry } from "./entries";
import type { InvoicePaymentLinked, PaymentOfSingleGift, PaymentStatus, RecurringPayment } from "./fact";
import { receiptNumberOf } from "./receipt-number";
import { isLaterStatus, type StatusesByRank } from "./status-order";
import type { PaymentSupporter } from "./supporters";
import { UnrecordableError } from "./unrecordable";

export const PAYMENT_LIFECYCLE: StatusesByRank<PaymentStatus> = [["pending"], ["failed"], ["succeeded"]];

/**
 * The values of a new payment row that do not come from the fact. `giftId`: null if the ledger does not contain the
 * gift.
 */
type NewRow = { giftId: string | null; now: Date } & PaymentSupporter;

export function newSinglePayment(fact: PaymentOfSingleGift, row: NewRow): Payment {
  return {
    ...newPayment(fact, row),
    frequency: "once",
    paymentIntentId: fact.paymentIntentId,
    arrivedAt: fact.status === "succeeded" ? fact.reportedAt : null,
    chargeId: fact.charge?.chargeId ?? null,
  };
}

export function newRecurringPayment(fact: RecurringPayment, row: NewRow & { recurringGiftId: string }): Payment {
  return {
    ...newPayment(fact, row),
    frequency: fact.frequency,
    invoiceId: fact.invoiceId,
    arrivedAt: arrivalOf(fact),
    recurringGiftId: row.recurringGiftId,
  };
}

/** Returns the columns after this fact. Throws an error if the amount or currency differs. */
export function changesFromSingleGiftPaymentFact(
  before: Payment,
  fact: PaymentOfSingleGift,
  { supporterId, erasedAt }: PaymentSupporter,
): Partial<Payment> {
  assertSameMoney(before, fact);
  return {
    status: isLaterStatus(PAYMENT_LIFECYCLE, fact, before) ? fact.status : before.status,
    paidAt: fact.charge ? fact.paidAt : before.chargeId ? before.paidAt : earliest(before.paidAt, fact.paidAt),
    arrivedAt: fact.status === "succeeded" ? earliest(before.arrivedAt, fact.reportedAt) : before.arrivedAt,
    chargeId: fact.charge?.chargeId ?? before.chargeId,
    ...(erasedAt || leavesOldAddress(before, fact)
      ? { supporterId: null }
      : { supporterId: before.supporterId ?? supporterId }),
    readdressedAt: before.readdressedAt ?? fact.origin.readdressedAt ?? null,
    erasedAt,
    placement: before.placement ?? fact.origin.placement,
  };
}

function leavesOldAddress({ readdressedAt }: Payment, { origin }: PaymentOfSingleGift): boolean {
  return readdressedAt === null && origin.readdressedAt !== undefined;
}

/**
 * Returns the columns of the payment that the fact changes. A fact with a later status also sets the amount, because an
 * invoice can be reduced before payment. For a fact with the same status, throws an error if the amount or currency
 * differs. A fact with an earlier status changes neither the status nor the amount.
 */
export function changesFromRecurringPaymentFact(
  before: Payment,
  fact: RecurringPayment,
  supporterId: string | null,
): Partial<Payment> {
  const placement = before.placement ?? fact.origin.placement;
  if (isLaterStatus(PAYMENT_LIFECYCLE, fact, before)) {
    const { status, paidAt } = fact;
    return { status, paidAt, arrivedAt: arrivalOf(fact), ...amountColumns(fact), supporterId, placement };
  }
  if (fact.status === before.status) assertSameMoney(before, fact);
  return { supporterId: supporterId ?? before.supporterId, placement };
}

/**
 * Returns true if the payment has no payment intent yet. Also returns true if the fact names a different payment
 * intent, and that payment intent has paid the invoice.
 */
export function mustLinkPaymentIntent(before: Payment, { paymentIntentId, isPaid }: InvoicePaymentLinked): boolean {
  return before.paymentIntentId !== paymentIntentId && (before.paymentIntentId === null || isPaid);
}

export function newPaymentEntry(payment: Payment): NewLedgerEntry {
  const { amountMinor, paidAt: occurredAt } = payment;
  return { key: paymentEntryKeyOf(payment), kind: "payment", amountMinor, occurredAt };
}

/**
 * Returns the key of a payment's entry. Uses the invoice's id if there is an invoice, because the invoice's payment
 * intent can still be unknown.
 */
export function paymentEntryKeyOf(payment: { invoiceId?: string | null; paymentIntentId?: string | null }): string {
  return `payment:${payment.invoiceId ?? payment.paymentIntentId}`;
}

function newPayment(fact: PaymentOfSingleGift | RecurringPayment, { giftId, supporterId, erasedAt, now }: NewRow) {
  return {
    id: receiptNumberOf(paymentEntryKeyOf(fact)),
    ...amountColumns(fact),
    status: fact.status,
    paidAt: fact.paidAt,
    article: fact.origin.article,
    appeal: fact.origin.appeal,
    variant: fact.origin.variant,
    placement: fact.origin.placement,
    supporterKind: null,
    ...exposureColumns(fact.origin.exposure),
    giftId,
    supporterId,
    erasedAt,
    readdressedAt: fact.kind === "single-payment" ? (fact.origin.readdressedAt ?? null) : null,
    paymentIntentId: null,
    invoiceId: null,
    chargeId: null,
    recurringGiftId: null,
    refundedMinor: 0n,
    disputedMinor: 0n,
    recordedAt: now,
  };
}

function amountColumns({ money, origin }: PaymentOfSingleGift | RecurringPayment) {
  return { ...moneyColumns(money), coveredFeeMinor: coveredFeeMinorIn(money.amountMinor, origin.coveredFee) };
}

function arrivalOf({ status, paidAt }: RecurringPayment): Date | null {
  return status === "succeeded" ? paidAt : null;
}

function earliest(before: Date | null, reported: Date): Date {
  return before && before < reported ? before : reported;
}

function assertSameMoney(before: Payment, { money }: PaymentOfSingleGift | RecurringPayment): void {
  const { amountMinor, currency } = moneyColumns(money);
  if (before.amountMinor === amountMinor && before.currency === currency) return;
  throw new UnrecordableError({
    why: "other-amount",
    payment: before.paymentIntentId ?? before.invoiceId ?? before.id,
  });
}
