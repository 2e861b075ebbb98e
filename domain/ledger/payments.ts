import type { Payment } from "../../generated/sqlite/client";
import type { Tx } from "../database";
import type { LedgerContext } from "./context";
import { addNewPendingPaymentToTotals, appendEntry, updateTotalsForChangedPayment } from "./entries";
import { deleteSupporterIfWithoutGifts, queueErasuresAtStripe } from "./erasure";
import type {
  InvoicePaymentCharged,
  InvoicePaymentLinked,
  ParsedGiftMetadata,
  PaymentOfSingleGift,
  RecurringPayment,
} from "./fact";
import { addPaymentAndUpdateSupporter, changePaymentAndUpdateTotals } from "./first-payments";
import { queueFollowUp } from "./follow-ups";
import { historyNeedsLastPaidAt } from "./gift-history";
import { rederiveMovementsOfRecurringGift } from "./movements";
import { queueDueMailAboutPayment } from "./payment-mail";
import {
  changesFromRecurringPaymentFact,
  changesFromSingleGiftPaymentFact,
  mustLinkPaymentIntent,
  newPaymentEntry,
  newRecurringPayment,
  newSinglePayment,
  PAYMENT_LIFECYCLE,
  paymentEntryKeyOf,
} from "./payment-rules";
import { linkEarlierRefundsAndDisputes } from "./pending-links";
import { newPaymentIdIfReceiptNumberTaken } from "./receipt-number";
import { ensureRecurringGift, linkGiftToSupporter } from "./recurring-gifts";
import { queueMailsOfAllRefunds } from "./refund-mail";
import { isLaterStatus } from "./status-order";
import {
  changePayment,
  findPaymentByIntent,
  findPaymentByInvoice,
  findStartedGiftRow,
  isPaymentRecorded,
} from "./store/payments";
import { type PaymentSupporter, recordSupporter } from "./supporters";

export async function recordPaymentOfSingleGift(context: LedgerContext, fact: PaymentOfSingleGift): Promise<void> {
  const { tx } = context;
  const before = await findPaymentByIntent(tx, fact.paymentIntentId);
  const who = await whoGave(context, fact, before);
  const payment = await write(context, {
    before,
    changes: before && changesFromSingleGiftPaymentFact(before, fact, who),
    row: async () => newSinglePayment(fact, { ...(await newRow(context, fact.origin)), ...who }),
  });
  if (who.erasedAt && !before?.erasedAt) await afterNamingNobody(context, { payment, before, origin: fact.origin });
  else if (before?.supporterId && !payment.supporterId)
    await deleteSupporterIfWithoutGifts(context, before.supporterId);
  // Asks Stripe about a pending payment too. A bank debit already has a balance transaction when it begins.
  if (before?.status !== payment.status) await queueFollowUp(context, `payment:${payment.id}`);
  if (payment.status === "succeeded" && payment.chargeId) await appendEntry(context, payment, newPaymentEntry(payment));
  await queueDueMailAboutPayment(context, payment);
  if (!before) await linkEarlierRefundsAndDisputes(context, payment);
  else if (before.supporterId !== payment.supporterId) await queueMailsOfAllRefunds(context, payment);
}

/**
 * Returns the payment unchanged if no stored payment has its id. Otherwise, which is very rare, returns the payment
 * with a longer id.
 */
async function withFreeId(tx: Tx, payment: Payment): Promise<Payment> {
  return (await isPaymentRecorded(tx, payment.id))
    ? { ...payment, id: newPaymentIdIfReceiptNumberTaken(paymentEntryKeyOf(payment)) }
    : payment;
}

const NOBODY: PaymentSupporter = { supporterId: null, erasedAt: null };

/**
 * Returns the payment's supporter. If the supporter was erased, returns none, even if Stripe still reports an address.
 */
async function whoGave(
  context: LedgerContext,
  fact: PaymentOfSingleGift,
  before: Payment | null,
): Promise<PaymentSupporter> {
  const { email, origin, paidAt: at } = fact;
  const erasedAt = before?.erasedAt ?? origin.erasedAt;
  // The supporter of this payment has changed their address, and Stripe has only the old one. After a restore or
  // rebuild, the ledger does not know the new one. So the payment gets no supporter.
  if (!erasedAt && origin.readdressedAt && !before?.readdressedAt) return NOBODY;
  return erasedAt ? { supporterId: null, erasedAt } : recordSupporter(context, { email, locale: origin.locale, at });
}

/**
 * Call this when a payment names no supporter because of an erasure, even if the payment is new. Queues a request to
 * record the erasure at Stripe, unless the payment intent's metadata already contains it. Deletes the payment's earlier
 * supporter, unless that supporter has other gifts.
 */
async function afterNamingNobody(
  context: LedgerContext,
  { payment, before, origin }: { payment: Payment; before: Payment | null; origin: ParsedGiftMetadata },
): Promise<void> {
  if (!origin.erasedAt && payment.paymentIntentId)
    await queueErasuresAtStripe(context, { "erase-intent": payment.paymentIntentId });
  if (before?.supporterId) await deleteSupporterIfWithoutGifts(context, before.supporterId);
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
    changes: before && changesFromRecurringPaymentFact(before, fact, supporterId),
    row: async () => {
      const row = { ...(await newRow(context, fact.origin)), supporterId, erasedAt: null, recurringGiftId };
      return newRecurringPayment(fact, row);
    },
  });
  if (!isLaterStatus(PAYMENT_LIFECYCLE, fact, before)) return;
  if (historyNeedsLastPaidAt(gift)) await rederiveMovementsOfRecurringGift(context, gift.subscriptionId);
  if (payment.status === "succeeded") {
    await queueFollowUp(context, `payment:${payment.id}`);
    await appendEntry(context, payment, newPaymentEntry(payment));
  }
  await queueDueMailAboutPayment(context, payment);
}

/**
 * Links an invoice's payment to a payment intent. Replaces an earlier link to another intent only if the new intent
 * paid the invoice. Does nothing if the invoice is unknown.
 */
export async function linkPaymentToIntent(context: LedgerContext, fact: InvoicePaymentLinked): Promise<void> {
  const { invoiceId, paymentIntentId } = fact;
  const before = await findPaymentByInvoice(context.tx, invoiceId);
  if (!before || !mustLinkPaymentIntent(before, fact)) return;
  await linkEarlierRefundsAndDisputes(context, await changePayment(context.tx, before, { paymentIntentId }));
}

/**
 * Stores the id of the charge that paid an invoice. Stripe's invoice does not contain this id, so the site asks Stripe
 * for it separately.
 */
export async function recordPaymentChargeId(context: LedgerContext, fact: InvoicePaymentCharged): Promise<void> {
  const { paymentIntentId, chargeId } = fact;
  const before = await findPaymentByIntent(context.tx, paymentIntentId);
  if (!before || before.chargeId === chargeId) return;
  const payment = await changePayment(context.tx, before, { chargeId });
  await updateTotalsForChangedPayment(context, { before, payment });
}

type Write = { before: Payment | null; changes: Partial<Payment> | null; row: () => Promise<Payment> };

async function write(context: LedgerContext, { before, changes, row }: Write): Promise<Payment> {
  if (before && changes) return changePaymentAndUpdateTotals(context, before, changes);
  const payment = await addPaymentAndUpdateSupporter(context, await withFreeId(context.tx, await row()));
  await addNewPendingPaymentToTotals(context, payment);
  return payment;
}

async function newRow({ tx, now }: LedgerContext, { giftId }: ParsedGiftMetadata) {
  return { giftId: (await findStartedGiftRow(tx, giftId))?.id ?? null, now };
}
