// Records payments: reads the rows, applies payment-rules.ts, writes the result with its entry, and queues mail and follow-ups.
import type { Payment } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import type { LedgerContext } from "./context";
import { addToTotalsIfPending, appendEntry, updateTotalsFor } from "./entries";
import { deleteSupporterIfEmpty, queueErasureFollowUps } from "./erasure";
import type { GiftOrigin, PaymentCharged, PaymentLinked, RecurringPayment, SinglePayment } from "./fact";
import { addCountedPayment, changeCountedPayment } from "./first-payments";
import { queueFollowUp } from "./follow-ups";
import { updateMovements } from "./movements";
import { queuePaymentMail } from "./payment-mail";
import {
  changesByRecurringPayment,
  changesBySinglePayment,
  entryKeyOf,
  mayLinkIntent,
  newRecurringPayment,
  newSinglePayment,
  PAYMENT_LIFECYCLE,
  paymentEntry,
} from "./payment-rules";
import { linkPendingRefundsAndDisputes } from "./pending-links";
import { longerIdOf } from "./receipt-number";
import { ensureRecurringGift, linkGiftToSupporter } from "./recurring-gifts";
import { needsLastPayment } from "./recurring-story";
import { queueAllRefundMail } from "./refund-mail";
import { isAhead } from "./status-order";
import { changePayment, findGift, findPayment, findPaymentByIntent, findPaymentByInvoice } from "./store/payments";
import { recordSupporter, type WhoGave } from "./supporters";

export async function recordSinglePayment(context: LedgerContext, fact: SinglePayment): Promise<void> {
  const { tx } = context;
  const before = await findPaymentByIntent(tx, fact.paymentIntentId);
  const who = await whoGave(context, fact, before);
  const payment = await write(context, {
    before,
    changes: before && changesBySinglePayment(before, fact, who),
    row: async () => newSinglePayment(fact, { ...(await newRow(context, fact.origin)), ...who }),
  });
  if (who.erasedAt && !before?.erasedAt) await afterNamingNobody(context, { payment, before, origin: fact.origin });
  else if (before?.supporterId && !payment.supporterId) await deleteSupporterIfEmpty(context, before.supporterId);
  // A bank debit changes the balance when it begins, so Stripe is also asked about a pending payment.
  if (before?.status !== payment.status) await queueFollowUp(context, `payment:${payment.id}`);
  if (payment.status === "succeeded" && payment.chargeId) await appendEntry(context, payment, paymentEntry(payment));
  await queuePaymentMail(context, payment);
  if (!before) await linkPendingRefundsAndDisputes(context, payment);
  else if (before.supporterId !== payment.supporterId) await queueAllRefundMail(context, payment);
}

/** If two payments have the same receipt number, which is very unlikely, the payment that is recorded second gets a longer id. */
async function withFreeId(tx: Tx, payment: Payment): Promise<Payment> {
  const isTaken = (await findPayment(tx, payment.id)) !== null;
  return isTaken ? { ...payment, id: longerIdOf(entryKeyOf(payment)) } : payment;
}

const NOBODY: WhoGave = { supporterId: null, erasedAt: null };

/** Returns the supporter of a payment. An erased payment never gets a supporter again. */
async function whoGave(context: LedgerContext, fact: SinglePayment, before: Payment | null): Promise<WhoGave> {
  const { email, origin, paidAt: at } = fact;
  const erasedAt = before?.erasedAt ?? origin.erasedAt;
  // Stripe's e-mail address is outdated, and a ledger that was rebuilt or restored does not know the new one.
  if (!erasedAt && origin.readdressedAt && !before?.readdressedAt) return NOBODY;
  return erasedAt ? { supporterId: null, erasedAt } : recordSupporter(context, { email, locale: origin.locale, at });
}

/** Asks Stripe to erase the payment, unless its metadata already records the erasure. A restored ledger may still have the supporter. */
async function afterNamingNobody(
  context: LedgerContext,
  { payment, before, origin }: { payment: Payment; before: Payment | null; origin: GiftOrigin },
): Promise<void> {
  if (!origin.erasedAt && payment.paymentIntentId)
    await queueErasureFollowUps(context, { "erase-intent": payment.paymentIntentId });
  if (before?.supporterId) await deleteSupporterIfEmpty(context, before.supporterId);
}

export async function recordRecurringPayment(context: LedgerContext, fact: RecurringPayment): Promise<void> {
  const { tx } = context;
  const gift = await linkGiftToSupporter(context, {
    gift: await ensureRecurringGift(context, fact),
    ...fact,
    at: fact.paidAt,
  });
  const { id: recurringGiftId, supporterId } = gift;
  const before = await findPaymentByInvoice(tx, fact.invoiceId);
  const payment = await write(context, {
    before,
    changes: before && changesByRecurringPayment(before, fact, supporterId),
    row: async () => {
      const row = { ...(await newRow(context, fact.origin)), supporterId, erasedAt: null, recurringGiftId };
      return newRecurringPayment(fact, row);
    },
  });
  if (!isAhead(PAYMENT_LIFECYCLE, fact, before)) return;
  if (needsLastPayment(gift)) await updateMovements(context, gift.subscriptionId);
  if (payment.status === "succeeded") {
    await queueFollowUp(context, `payment:${payment.id}`);
    await appendEntry(context, payment, paymentEntry(payment));
  }
  await queuePaymentMail(context, payment);
}

/**
 * Links an invoice's payment to its payment intent. An intent that has paid the invoice replaces any other. If the ledger does not have the
 * invoice yet, does nothing: Stripe is asked again when the invoice arrives.
 */
export async function recordPaymentLink(context: LedgerContext, fact: PaymentLinked): Promise<void> {
  const { invoiceId, paymentIntentId } = fact;
  const before = await findPaymentByInvoice(context.tx, invoiceId);
  if (!before || !mayLinkIntent(before, fact)) return;
  await linkPendingRefundsAndDisputes(context, await changePayment(context.tx, before, { paymentIntentId }));
}

/** Records the charge of a payment. An invoice does not name its charge, so this fact comes from Stripe's answer to a follow-up. */
export async function recordPaymentCharge(context: LedgerContext, fact: PaymentCharged): Promise<void> {
  const { paymentIntentId, chargeId } = fact;
  const before = await findPaymentByIntent(context.tx, paymentIntentId);
  if (!before || before.chargeId === chargeId) return;
  const payment = await changePayment(context.tx, before, { chargeId });
  await updateTotalsFor(context, { before, payment });
}

type Write = { before: Payment | null; changes: Partial<Payment> | null; row: () => Promise<Payment> };

/** Adds or changes a payment and updates the totals. Returns the new row. */
async function write(context: LedgerContext, { before, changes, row }: Write): Promise<Payment> {
  if (before && changes) return changeCountedPayment(context, before, changes);
  const payment = await addCountedPayment(context, await withFreeId(context.tx, await row()));
  await addToTotalsIfPending(context, payment);
  return payment;
}

async function newRow({ tx, now }: LedgerContext, { giftId }: GiftOrigin) {
  return { giftId: (await findGift(tx, giftId))?.id ?? null, now };
}
