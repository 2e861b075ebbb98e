import type { FailedAttempt, Gift, Payment } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { addRow, findRow, IGNORE_CONFLICT, insertRows, listRows, updateChangedColumns } from "./statements";

export function findPaymentByIntent(tx: Tx, paymentIntentId: string): Promise<Payment | null> {
  return findRow(tx, "Payment", { paymentIntentId });
}

export function findPaymentByInvoice(tx: Tx, invoiceId: string): Promise<Payment | null> {
  return findRow(tx, "Payment", { invoiceId });
}

export async function getPayment(tx: Tx, id: string): Promise<Payment> {
  const payment = await findRow(tx, "Payment", { id });
  if (!payment) throw new Error(`payment ${id} does not exist`);
  return payment;
}

export function findPayment(db: Db, id: string): Promise<Payment | null> {
  return db.payment.findUnique({ where: { id } });
}

export async function isPaymentRecorded(tx: Tx, id: string): Promise<boolean> {
  return (await findRow(tx, "Payment", { id })) !== null;
}

export async function findLastPaidAt(tx: Tx, recurringGiftId: string): Promise<Date | null> {
  const [last] = await tx.$queryRaw<{ paidAt: Date }[]>`
    SELECT "paidAt" FROM "Payment" WHERE "recurringGiftId" = ${recurringGiftId} AND "status" = 'succeeded'
    ORDER BY "paidAt" DESC LIMIT 1`;
  return last?.paidAt ?? null;
}

export function listPaymentsOf(tx: Tx, recurringGiftId: string): Promise<Payment[]> {
  return listRows(tx, "Payment", { recurringGiftId });
}

export function listPaymentAndRefundIds(tx: Tx, recurringGiftId: string) {
  return tx.payment.findMany({
    where: { recurringGiftId },
    select: { id: true, refunds: { select: { id: true } } },
  });
}

/**
 * Moves all payments from one supporter to another. Sets `readdressedAt` on the payments of single gifts, because
 * Stripe still stores the old e-mail address with these payments. Returns the payment intents of the marked payments.
 */
export async function reassignPaymentsToSupporter(
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

/** Changes the columns of a payment. `before` must have been read in this transaction. */
export function changePayment(tx: Tx, before: Payment, to: Partial<Payment>): Promise<Payment> {
  return updateChangedColumns(tx, "Payment", { before, to });
}

/**
 * Sets the refunded or the disputed amount of a payment. Unlike changePayment(), does not require that the payment's
 * row was read in this transaction.
 */
export async function setPaymentDeductions(
  tx: Tx,
  id: string,
  deductions: { refundedMinor: bigint } | { disputedMinor: bigint },
): Promise<void> {
  if ("refundedMinor" in deductions)
    await tx.$executeRaw`UPDATE "Payment" SET "refundedMinor" = ${deductions.refundedMinor} WHERE "id" = ${id}`;
  else await tx.$executeRaw`UPDATE "Payment" SET "disputedMinor" = ${deductions.disputedMinor} WHERE "id" = ${id}`;
}

/** Returns the row of a gift form. Returns null if the ledger does not have it. */
export function findStartedGiftRow(tx: Tx, id: string): Promise<Gift | null> {
  return findRow(tx, "Gift", { id });
}

/** Returns true if the recurring gift has a successful payment before this one. */
export async function hasEarlierPayment(tx: Tx, { recurringGiftId, paidAt }: Payment): Promise<boolean> {
  const earlier = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Payment"
    WHERE "recurringGiftId" = ${recurringGiftId} AND "status" = 'succeeded' AND "paidAt" < ${paidAt} LIMIT 1`;
  return earlier.length > 0;
}

/**
 * Returns true if another running recurring gift of the supporter has a successful payment before `paidAt`, but the
 * gift `recurringGiftId` has none.
 */
export async function isFirstPaymentBesideOlderRunningGift(
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

/** Adds the row, unless its key already exists. Returns the row that is in the ledger. */
export async function addFailedPaymentAttempt(tx: Tx, row: FailedAttempt): Promise<FailedAttempt> {
  const added = await insertRows(tx, { into: "FailedAttempt", rows: [row], onConflict: IGNORE_CONFLICT });
  if (added > 0) return row;
  return (await findRow(tx, "FailedAttempt", { key: row.key })) ?? row;
}

export function listFailedRenewals(
  tx: Tx,
  { subscriptionId, since = new Date(0) }: { subscriptionId: string; since?: Date },
): Promise<FailedAttempt[]> {
  return tx.$queryRaw<FailedAttempt[]>`
    SELECT * FROM "FailedAttempt"
    WHERE "subscriptionId" = ${subscriptionId} AND "isRenewal" = ${true} AND "failedAt" >= ${since}`;
}

/** Returns true if the first attempt to pay this renewal's invoice failed. */
export async function hasRenewalFailedAtFirstAttempt(tx: Tx, invoiceId: string): Promise<boolean> {
  return (await findRow(tx, "FailedAttempt", { key: `${invoiceId}:1` }))?.isRenewal ?? false;
}

/** Sets the failure code of an attempt, unless it already has one. */
export async function setFailedAttemptCode(tx: Tx, { key, code }: { key: string; code: string }): Promise<void> {
  await tx.$executeRaw`UPDATE "FailedAttempt" SET "code" = ${code} WHERE "key" = ${key} AND "code" IS NULL`;
}
