// Database statements for payments, for the gifts that they came from, and for failed attempts to pay.
import type { FailedAttempt, Gift, Payment } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { addRow, changeRow, findRow, listRows } from "./statements";

export function findPaymentByIntent(tx: Tx, paymentIntentId: string): Promise<Payment | null> {
  return findRow(tx, "Payment", { paymentIntentId });
}

export function findPaymentByInvoice(tx: Tx, invoiceId: string): Promise<Payment | null> {
  return findRow(tx, "Payment", { invoiceId });
}

export async function getPayment(tx: Tx, id: string): Promise<Payment> {
  const payment = await findRow(tx, "Payment", { id });
  if (!payment) throw new Error(`there is no payment ${id}`);
  return payment;
}

export function findPayment(db: Db | Tx, id: string): Promise<Payment | null> {
  return db.payment.findUnique({ where: { id } });
}

/** When the recurring gift was last paid; null if it never was. */
export async function findLastPaidAt(tx: Tx, recurringGiftId: string): Promise<Date | null> {
  const [last] = await tx.$queryRaw<{ paidAt: Date }[]>`
    SELECT "paidAt" FROM "Payment" WHERE "recurringGiftId" = ${recurringGiftId} AND "status" = 'succeeded'
    ORDER BY "paidAt" DESC LIMIT 1`;
  return last?.paidAt ?? null;
}

export function listPaymentsOf(tx: Tx, recurringGiftId: string): Promise<Payment[]> {
  return listRows(tx, "Payment", { recurringGiftId });
}

/** The ids of a recurring gift's payments, each with the ids of its refunds. */
export function listPaymentAndRefundIds(tx: Tx, recurringGiftId: string) {
  return tx.payment.findMany({
    where: { recurringGiftId },
    select: { id: true, refunds: { select: { id: true } } },
  });
}

/**
 * Moves a supporter's payments to another supporter. Single ones are marked, because Stripe goes on naming the address that they were
 * given with.
 */
export async function movePayments(
  tx: Tx,
  { from, to, now }: { from: string; to: string; now: Date },
): Promise<string[]> {
  const single = { supporterId: from, recurringGiftId: null };
  const payments = await tx.payment.findMany({ where: single, select: { paymentIntentId: true } });
  await tx.payment.updateMany({ where: single, data: { readdressedAt: now } });
  await tx.payment.updateMany({ where: { supporterId: from }, data: { supporterId: to } });
  return payments.flatMap(({ paymentIntentId }) => paymentIntentId ?? []);
}

export function addPayment(tx: Tx, payment: Payment): Promise<Payment> {
  return addRow(tx, "Payment", payment);
}

/** `before` must have been read in this transaction. */
export function changePayment(tx: Tx, before: Payment, to: Partial<Payment>): Promise<Payment> {
  return changeRow(tx, "Payment", { before, to });
}

/** Sets the amount that was refunded, or the amount that disputes hold. */
export async function setPaymentBalance(
  tx: Tx,
  id: string,
  balance: { refundedMinor: bigint } | { disputedMinor: bigint },
): Promise<void> {
  await tx.payment.update({ where: { id }, data: balance });
}

/** Null if this ledger does not hold the gift: its payments are recorded all the same. */
export function findGift(tx: Tx, id: string): Promise<Gift | null> {
  return findRow(tx, "Gift", { id });
}

/** True if the recurring gift has an earlier payment than this one. */
export async function hasEarlierPayment(tx: Tx, { recurringGiftId, paidAt }: Payment): Promise<boolean> {
  const earlier = { recurringGiftId, status: "succeeded", paidAt: { lt: paidAt } };
  return (await tx.payment.findFirst({ where: earlier, select: { id: true } })) !== null;
}

/** True if another recurring gift of this supporter was paid before `paidAt` and still runs, and this one had not been paid before then. */
export async function hasOlderRunningGift(
  db: Db | Tx,
  { recurringGiftId, supporterId, paidAt }: { recurringGiftId: string; supporterId: string; paidAt: Date },
): Promise<boolean> {
  const [found] = await db.$queryRaw<{ gifts: bigint | number }[]>`
    SELECT COUNT(*) AS "gifts" FROM "RecurringGift"
    WHERE "supporterId" = ${supporterId} AND "id" <> ${recurringGiftId}
      AND "status" IN ('starting', 'active', 'past_due') AND "cancelAt" IS NULL
      AND EXISTS (SELECT 1 FROM "Payment" WHERE "recurringGiftId" = "RecurringGift"."id"
        AND "status" = 'succeeded' AND "paidAt" < ${paidAt})
      AND NOT EXISTS (SELECT 1 FROM "Payment" WHERE "recurringGiftId" = ${recurringGiftId}
        AND "status" = 'succeeded' AND "paidAt" < ${paidAt})`;
  return Number(found?.gifts ?? 0) > 0;
}

/** Adds the row, unless its key exists. Returns the row in the ledger. */
export function addFailedAttempt(tx: Tx, row: FailedAttempt): Promise<FailedAttempt> {
  return tx.failedAttempt.upsert({ where: { key: row.key }, update: {}, create: row });
}

/** Failed attempts at renewals of a recurring gift since `since`. */
export function listFailedRenewals(
  tx: Tx,
  { subscriptionId, since = new Date(0) }: { subscriptionId: string; since?: Date },
) {
  return tx.failedAttempt.findMany({ where: { subscriptionId, isRenewal: true, failedAt: { gte: since } } });
}

/** True if the invoice is a renewal whose first attempt failed. */
export async function hasFailedAttempt(tx: Tx, invoiceId: string): Promise<boolean> {
  return (await tx.failedAttempt.findUnique({ where: { key: `${invoiceId}:1` } }))?.isRenewal ?? false;
}

/** Sets the code, unless one is known. */
export async function setFailureCode(tx: Tx, { key, code }: { key: string; code: string }): Promise<void> {
  await tx.failedAttempt.updateMany({ where: { key, code: null }, data: { code } });
}
