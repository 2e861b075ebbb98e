import type { Dispute, OutboxMail, Payment, RecurringNote } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

const MAX_ROWS = 24;

export function findDisputeRow(db: Db | Tx, id: string): Promise<Dispute | null> {
  return db.dispute.findUnique({ where: { id } });
}

export function findGiftAndRecurringGift({ giftId, recurringGiftId }: Payment, db: Db) {
  return Promise.all([
    giftId ? db.gift.findUnique({ where: { id: giftId } }) : null,
    recurringGiftId ? db.recurringGift.findUnique({ where: { id: recurringGiftId } }) : null,
  ]);
}

export function selectEarlierPaymentsOfSameGift(db: Db, { id, recurringGiftId, paidAt }: Payment): Promise<Payment[]> {
  if (!recurringGiftId) return Promise.resolve([]);
  return db.payment.findMany({
    where: { recurringGiftId, status: "succeeded", paidAt: { lt: paidAt }, NOT: { id } },
    orderBy: { paidAt: "desc" },
    take: MAX_ROWS,
  });
}

/**
 * Selects the notes about changes of a recurring gift, newest first. Leaves out `repriced`, because the notes `amount`
 * and `frequency` show the same change.
 */
export function selectRecurringGiftChanges(db: Db, subscriptionId: string): Promise<RecurringNote[]> {
  return db.recurringNote.findMany({
    where: { subscriptionId, kind: { not: "repriced" } },
    orderBy: { notedAt: "desc" },
    take: MAX_ROWS,
  });
}

/**
 * Selects the sent e-mails of the kinds `thanks` and `debit-pending` about the payment. Old e-mails are missing,
 * because the site deletes their rows.
 */
export function selectSentPaymentConfirmationMails(
  db: Db,
  paymentId: string,
): Promise<Pick<OutboxMail, "kind" | "sentAt">[]> {
  const factKey = { in: ["thanks", "debit-pending"].map((kind) => `${kind}:${paymentId}`) };
  return db.outboxMail.findMany({ where: { factKey, sentAt: { not: null } }, select: { kind: true, sentAt: true } });
}

/** Selects other succeeded payments of the same supporter with the same amount between `from` and `before`. */
export function selectSimilarPayments(
  db: Db,
  { id, supporterId, amountMinor, currency }: Payment,
  { from, before }: { from: Date; before: Date },
): Promise<Payment[]> {
  if (!supporterId) return Promise.resolve([]);
  return db.payment.findMany({
    where: { supporterId, amountMinor, currency, status: "succeeded", paidAt: { gte: from, lt: before }, NOT: { id } },
    orderBy: { paidAt: "desc" },
    take: MAX_ROWS,
  });
}
