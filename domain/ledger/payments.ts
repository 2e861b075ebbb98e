// The payments of the ledger: money that moved. A payment only ever learns more; what it does to the books is appended once.
import type { Gift, Payment } from "../../generated/sqlite/client";
import type { Tx } from "../../systems/database";
import { type Course, isSurer } from "./certainty";
import { appendEntry, countNew, recount } from "./entries";
import type { PaymentCharged, PaymentLinked, PaymentStatus, RecurringPayment, SinglePayment } from "./fact";
import { followUp } from "./follow-ups";
import { queuePaymentMail } from "./payment-mail";
import { receiptNumberOf } from "./receipt-number";
import type { Recording } from "./recording";
import { ensureRecurringGift, nameGiver } from "./recurring-gifts";
import { addRow, changeRow, findRow } from "./rows";
import { recordSupporter } from "./supporters";
import { Unrecordable } from "./unrecordable";
import { takeWaiting } from "./waiting";
import { queueAllWentBack } from "./went-back";

const COURSE: Course<PaymentStatus> = [["pending"], ["failed"], ["succeeded"]];

export async function recordSinglePayment(recording: Recording, fact: SinglePayment): Promise<void> {
  const { tx } = recording;
  const supporterId = await recordSupporter(recording, { email: fact.email, locale: fact.origin.locale });
  const known = await findRow(tx, "Payment", { paymentIntentId: fact.paymentIntentId });
  if (known) assertSameMoney(known, fact);
  const payment = known
    ? await changeRow(tx, "Payment", { before: known, to: learn(known, { fact, supporterId }) })
    : await addRow(tx, "Payment", {
        ...newPayment(fact, recording.now),
        frequency: "once",
        paymentIntentId: fact.paymentIntentId,
        status: fact.status,
        arrivedAt: fact.status === "succeeded" ? fact.toldAt : null,
        supporterId,
        giftId: await knownGift(tx, fact.origin.giftId),
        chargeId: fact.charge?.chargeId ?? null,
      });
  if (known) await recount(recording, { before: known, payment });
  else await countNew(recording, payment);
  // A bank debit moves the balance when it is begun, so a pending one is asked about, too.
  if (known?.status !== payment.status) await followUp(recording, `payment:${payment.id}`);
  if (payment.status === "succeeded" && payment.chargeId) await book(recording, payment);
  await queuePaymentMail(recording, payment);
  if (!known) await takeWaiting(recording, payment);
  else if (known.supporterId !== payment.supporterId) await queueAllWentBack(recording, payment);
}

export async function recordRecurringPayment(recording: Recording, fact: RecurringPayment): Promise<void> {
  const { tx, now } = recording;
  const recurringGift = await nameGiver(recording, { gift: await ensureRecurringGift(recording, fact), ...fact });
  const known = await findRow(tx, "Payment", { invoiceId: fact.invoiceId });
  const { status, paidAt } = fact;
  const told = { status, paidAt, arrivedAt: status === "succeeded" ? paidAt : null };
  const { supporterId } = recurringGift;
  if (known && !isSurer(COURSE, fact, known)) {
    if (status === known.status) assertSameMoney(known, fact);
    await changeRow(tx, "Payment", { before: known, to: { supporterId: supporterId ?? known.supporterId } });
    return;
  }
  const payment = known
    ? await changeRow(tx, "Payment", { before: known, to: { ...told, ...sumOf(fact), supporterId } })
    : await addRow(tx, "Payment", {
        ...newPayment(fact, now),
        ...told,
        frequency: fact.frequency,
        invoiceId: fact.invoiceId,
        supporterId,
        giftId: await knownGift(tx, fact.origin.giftId),
        recurringGiftId: recurringGift.id,
      });
  if (known) await recount(recording, { before: known, payment });
  else await countNew(recording, payment);
  if (status === "succeeded") {
    await followUp(recording, `payment:${payment.id}`);
    await book(recording, payment);
  }
  await queuePaymentMail(recording, payment);
}

/**
 * Ties an invoice's payment to its intent, for good where that has paid it. An invoice that is not in the ledger yet will be
 * asked about when it is.
 */
export async function recordPaymentLink(recording: Recording, fact: PaymentLinked): Promise<void> {
  const { invoiceId, paymentIntentId, isPaid } = fact;
  const known = await findRow(recording.tx, "Payment", { invoiceId });
  if (!known || known.paymentIntentId === paymentIntentId || (known.paymentIntentId && !isPaid)) return;
  const payment = await changeRow(recording.tx, "Payment", { before: known, to: { paymentIntentId } });
  await takeWaiting(recording, payment);
}

/** An invoice does not name its charge: it is learnt when Stripe is asked. */
export async function recordPaymentCharge(recording: Recording, fact: PaymentCharged): Promise<void> {
  const { paymentIntentId, chargeId } = fact;
  const known = await findRow(recording.tx, "Payment", { paymentIntentId });
  if (!known || known.chargeId === chargeId) return;
  const payment = await changeRow(recording.tx, "Payment", { before: known, to: { chargeId } });
  await recount(recording, { before: known, payment });
}

async function book(recording: Recording, payment: Payment): Promise<void> {
  const key = entryKeyOf(payment);
  const { amountMinor, paidAt: occurredAt } = payment;
  await appendEntry(recording, payment, { key, kind: "payment", amountMinor, occurredAt });
}

/** Of the payment's own entry. An invoice may have no intent yet, and a single gift has no invoice. */
function entryKeyOf(of: { invoiceId?: string | null; paymentIntentId?: string | null }): string {
  return `payment:${of.invoiceId ?? of.paymentIntentId}`;
}

/** What a second telling of the same payment adds: certainty, the charge and its time, who gave. */
function learn(
  known: Payment,
  { fact, supporterId }: { fact: SinglePayment; supporterId: string | null },
): Partial<Payment> {
  const told = fact.status === "succeeded" ? earliest(known.arrivedAt, fact.toldAt) : known.arrivedAt;
  return {
    status: isSurer(COURSE, fact, known) ? fact.status : known.status,
    paidAt: fact.charge ? fact.paidAt : known.chargeId ? known.paidAt : earliest(known.paidAt, fact.paidAt),
    arrivedAt: told,
    chargeId: fact.charge?.chargeId ?? known.chargeId,
    supporterId: known.supporterId ?? supporterId,
  };
}

function earliest(known: Date | null, told: Date): Date {
  return known && known < told ? known : told;
}

function newPayment(fact: SinglePayment | RecurringPayment, now: Date) {
  return {
    id: receiptNumberOf(entryKeyOf(fact)),
    ...sumOf(fact),
    paidAt: fact.paidAt,
    article: fact.origin.article,
    appeal: fact.origin.appeal,
    variant: fact.origin.variant,
    paymentIntentId: null,
    invoiceId: null,
    chargeId: null,
    recurringGiftId: null,
    refundedMinor: 0n,
    disputedMinor: 0n,
    recordedAt: now,
  };
}

function sumOf({ money }: SinglePayment | RecurringPayment) {
  return { amountMinor: BigInt(money.amountMinor), currency: money.currency };
}

/** The gift's row, if we hold one: a payment is recorded also where it was lost. */
async function knownGift(tx: Tx, giftId: string): Promise<Gift["id"] | null> {
  return (await findRow(tx, "Gift", { id: giftId }))?.id ?? null;
}

function assertSameMoney(known: Payment, { money }: SinglePayment | RecurringPayment): void {
  if (known.amountMinor === BigInt(money.amountMinor) && known.currency === money.currency) return;
  throw new Unrecordable({ why: "other-amount", payment: known.paymentIntentId ?? known.invoiceId ?? known.id });
}
