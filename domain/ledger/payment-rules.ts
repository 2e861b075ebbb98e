// The rules by which payments are recorded: a fact and the payment's row go in, the new row or its changed columns come out. A
// payment only ever gains knowledge, in any order of facts.
import type { Payment } from "../../generated/sqlite/client";
import { moneyColumns } from "../money";
import type { NewEntry } from "./entries";
import type { PaymentLinked, PaymentStatus, RecurringPayment, SinglePayment } from "./fact";
import { receiptNumberOf } from "./receipt-number";
import { isAhead, type Lifecycle } from "./status-order";
import { Unrecordable } from "./unrecordable";

export const PAYMENT_LIFECYCLE: Lifecycle<PaymentStatus> = [["pending"], ["failed"], ["succeeded"]];

/** `giftId` is null where the ledger does not hold the gift. */
type NewRow = { giftId: string | null; supporterId: string | null; now: Date };

export function newSinglePayment(fact: SinglePayment, row: NewRow): Payment {
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

/**
 * The columns that another fact about the same single payment changes: a status further on, the charge and its time, the
 * supporter. Throws where the amount or currency differs.
 */
export function changesBySinglePayment(
  before: Payment,
  fact: SinglePayment,
  supporterId: string | null,
): Partial<Payment> {
  assertSameMoney(before, fact);
  return {
    status: isAhead(PAYMENT_LIFECYCLE, fact, before) ? fact.status : before.status,
    paidAt: fact.charge ? fact.paidAt : before.chargeId ? before.paidAt : earliest(before.paidAt, fact.paidAt),
    arrivedAt: fact.status === "succeeded" ? earliest(before.arrivedAt, fact.reportedAt) : before.arrivedAt,
    chargeId: fact.charge?.chargeId ?? before.chargeId,
    supporterId: before.supporterId ?? supporterId,
  };
}

/** As changesBySinglePayment, for an invoice. An invoice that was lowered before it was paid counts what was paid. */
export function changesByRecurringPayment(
  before: Payment,
  fact: RecurringPayment,
  supporterId: string | null,
): Partial<Payment> {
  if (isAhead(PAYMENT_LIFECYCLE, fact, before)) {
    const { status, paidAt } = fact;
    return { status, paidAt, arrivedAt: arrivalOf(fact), ...moneyColumns(fact.money), supporterId };
  }
  if (fact.status === before.status) assertSameMoney(before, fact);
  return { supporterId: supporterId ?? before.supporterId };
}

/** False where the payment has this intent already, or another one that may have paid it. */
export function mayLinkIntent(before: Payment, { paymentIntentId, isPaid }: PaymentLinked): boolean {
  return before.paymentIntentId !== paymentIntentId && (before.paymentIntentId === null || isPaid);
}

/** The entry of a payment that has succeeded. */
export function paymentEntry(payment: Payment): NewEntry {
  const { amountMinor, paidAt: occurredAt } = payment;
  return { key: entryKeyOf(payment), kind: "payment", amountMinor, occurredAt };
}

/** An invoice may not have an intent yet, and a single gift has no invoice. */
function entryKeyOf(of: { invoiceId?: string | null; paymentIntentId?: string | null }): string {
  return `payment:${of.invoiceId ?? of.paymentIntentId}`;
}

function newPayment(fact: SinglePayment | RecurringPayment, { giftId, supporterId, now }: NewRow) {
  return {
    id: receiptNumberOf(entryKeyOf(fact)),
    ...moneyColumns(fact.money),
    status: fact.status,
    paidAt: fact.paidAt,
    article: fact.origin.article,
    appeal: fact.origin.appeal,
    variant: fact.origin.variant,
    giftId,
    supporterId,
    paymentIntentId: null,
    invoiceId: null,
    chargeId: null,
    recurringGiftId: null,
    refundedMinor: 0n,
    disputedMinor: 0n,
    recordedAt: now,
  };
}

function arrivalOf({ status, paidAt }: RecurringPayment): Date | null {
  return status === "succeeded" ? paidAt : null;
}

function earliest(before: Date | null, reported: Date): Date {
  return before && before < reported ? before : reported;
}

function assertSameMoney(before: Payment, { money }: SinglePayment | RecurringPayment): void {
  const { amountMinor, currency } = moneyColumns(money);
  if (before.amountMinor === amountMinor && before.currency === currency) return;
  throw new Unrecordable({ why: "other-amount", payment: before.paymentIntentId ?? before.invoiceId ?? before.id });
}
