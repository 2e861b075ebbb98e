// Records payments: reads the rows, applies payment-rules.ts, writes the result with its entry, and queues the mail and the
// follow-ups.
import type { Payment } from "../../generated/sqlite/client";
import type { LedgerContext } from "./context";
import { addToTotalsIfPending, appendEntry, updateTotalsFor } from "./entries";
import type { Origin, PaymentCharged, PaymentLinked, RecurringPayment, SinglePayment } from "./fact";
import { queueFollowUp } from "./follow-ups";
import { queuePaymentMail } from "./payment-mail";
import {
  changesByRecurringPayment,
  changesBySinglePayment,
  mayLinkIntent,
  newRecurringPayment,
  newSinglePayment,
  PAYMENT_LIFECYCLE,
  paymentEntry,
} from "./payment-rules";
import { linkPending } from "./pending-links";
import { ensureRecurringGift, nameSupporter } from "./recurring-gifts";
import { queueAllRefundMail } from "./refund-mail";
import { isAhead } from "./status-order";
import { addPayment, changePayment, findGift, findPaymentByIntent, findPaymentByInvoice } from "./store/payments";
import { recordSupporter } from "./supporters";

export async function recordSinglePayment(context: LedgerContext, fact: SinglePayment): Promise<void> {
  const { tx } = context;
  const supporterId = await recordSupporter(context, { email: fact.email, locale: fact.origin.locale });
  const before = await findPaymentByIntent(tx, fact.paymentIntentId);
  const payment = before
    ? await changePayment(tx, before, changesBySinglePayment(before, fact, supporterId))
    : await addPayment(tx, newSinglePayment(fact, { ...(await newRow(context, fact.origin)), supporterId }));
  await count(context, before, payment);
  // A bank debit moves the balance when it begins, so Stripe is asked about a pending payment too.
  if (before?.status !== payment.status) await queueFollowUp(context, `payment:${payment.id}`);
  if (payment.status === "succeeded" && payment.chargeId) await appendEntry(context, payment, paymentEntry(payment));
  await queuePaymentMail(context, payment);
  if (!before) await linkPending(context, payment);
  else if (before.supporterId !== payment.supporterId) await queueAllRefundMail(context, payment);
}

export async function recordRecurringPayment(context: LedgerContext, fact: RecurringPayment): Promise<void> {
  const { tx } = context;
  const gift = await nameSupporter(context, { gift: await ensureRecurringGift(context, fact), ...fact });
  const { id: recurringGiftId, supporterId } = gift;
  const before = await findPaymentByInvoice(tx, fact.invoiceId);
  const payment = before
    ? await changePayment(tx, before, changesByRecurringPayment(before, fact, supporterId))
    : await addPayment(
        tx,
        newRecurringPayment(fact, { ...(await newRow(context, fact.origin)), supporterId, recurringGiftId }),
      );
  if (!isAhead(PAYMENT_LIFECYCLE, fact, before)) return;
  await count(context, before, payment);
  if (payment.status === "succeeded") {
    await queueFollowUp(context, `payment:${payment.id}`);
    await appendEntry(context, payment, paymentEntry(payment));
  }
  await queuePaymentMail(context, payment);
}

/**
 * Links an invoice's payment to its payment intent. The link is final once the intent has paid the invoice. If the ledger lacks the
 * invoice, does nothing: Stripe is asked again when it arrives.
 */
export async function recordPaymentLink(context: LedgerContext, fact: PaymentLinked): Promise<void> {
  const { invoiceId, paymentIntentId } = fact;
  const before = await findPaymentByInvoice(context.tx, invoiceId);
  if (!before || !mayLinkIntent(before, fact)) return;
  await linkPending(context, await changePayment(context.tx, before, { paymentIntentId }));
}

/** An invoice does not name its charge, so this fact comes from Stripe's answer to a follow-up. */
export async function recordPaymentCharge(context: LedgerContext, fact: PaymentCharged): Promise<void> {
  const { paymentIntentId, chargeId } = fact;
  const before = await findPaymentByIntent(context.tx, paymentIntentId);
  if (!before || before.chargeId === chargeId) return;
  const payment = await changePayment(context.tx, before, { chargeId });
  await updateTotalsFor(context, { before, payment });
}

async function count(context: LedgerContext, before: Payment | null, payment: Payment): Promise<void> {
  await (before ? updateTotalsFor(context, { before, payment }) : addToTotalsIfPending(context, payment));
}

async function newRow({ tx, now }: LedgerContext, { giftId }: Origin) {
  return { giftId: (await findGift(tx, giftId))?.id ?? null, now };
}
