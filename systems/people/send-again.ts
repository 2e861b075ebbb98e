// Sends an e-mail to a supporter again. Two requests with the same `requestId` queue only one e-mail.
import "server-only";
import { paymentMailValues, queueMail } from "../../domain/ledger/outbox";
import { keptMinor } from "../../domain/ledger/payment-standing";
import { findMailAddress } from "../../domain/ledger/store/supporters";
import { amountMinorOf } from "../../domain/money";
import { findPaymentById } from "../../domain/newsroom/people/store/requests-from-colleagues";
import { findRecurringGiftById } from "../../domain/newsroom/people/store/supporter";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { mayPayOverdue, ownRecurringGift } from "../../domain/supporters/own-recurring-gifts";
import { isMailToAddressStopped } from "../../domain/supporters/stopped-addresses";
import { recordActInAuditLog } from "../auth/staff";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { findInvoicePayPage } from "../open-invoice";
import { runBackgroundJobsSoon } from "../wake-jobs";

type By = { colleague: Colleague; requestId: string };

/**
 * Queues the receipt of a payment. Returns false if no money has arrived, the supporter is unknown, or e-mail to them
 * is stopped.
 */
export async function queueReceiptAgain(
  db: Db,
  { paymentId, colleague, requestId }: By & { paymentId: string },
): Promise<boolean> {
  const payment = await findPaymentById(db, paymentId);
  const to = payment?.supporterId ? await findOpenMailbox(db, payment.supporterId) : null;
  if (payment?.status !== "succeeded" || !to) return false;
  const values = { ...paymentMailValues(payment), keptMinor: amountMinorOf(keptMinor(payment)) };
  const now = currentTime();
  await db.$transaction(async (tx) => {
    const isNew = await queueMail(tx, { kind: "receipt", factKey: `receipt:${requestId}`, to, now, values });
    if (isNew) await recordActInAuditLog(tx, { colleague, kind: "receipt-sent", about: `payment:${paymentId}` });
  });
  runBackgroundJobsSoon();
  return true;
}

/**
 * Queues a link to pay an open invoice. Returns false if the gift is unusual or not late, or no invoice is open at
 * Stripe. Also returns false if the supporter is unknown, or e-mail to them is stopped.
 */
export async function queueMailWithLinkToPay(
  db: Db,
  { recurringGiftId, colleague, requestId }: By & { recurringGiftId: string },
): Promise<boolean> {
  const row = await findRecurringGiftById(db, recurringGiftId);
  const gift = row && ownRecurringGift(row);
  const to = row?.supporterId ? await findOpenMailbox(db, row.supporterId) : null;
  if (!row || !gift?.money || !mayPayOverdue(gift) || !to || !(await findInvoicePayPage(row.subscriptionId)))
    return false;
  const values = { subscriptionId: row.subscriptionId, ...gift.money };
  const now = currentTime();
  await db.$transaction(async (tx) => {
    const isNew = await queueMail(tx, { kind: "payment-link", factKey: `payment-link:${requestId}`, to, now, values });
    if (isNew)
      await recordActInAuditLog(tx, { colleague, kind: "payment-link-sent", about: `recurring-gift:${gift.id}` });
  });
  runBackgroundJobsSoon();
  return true;
}

async function findOpenMailbox(db: Db, supporterId: string) {
  const to = await findMailAddress(db, supporterId);
  return to && !(await isMailToAddressStopped(db, to.emailHash)) ? to : null;
}
