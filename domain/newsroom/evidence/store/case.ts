// Statements about one dispute and the gift that it is about.
import type { Dispute, OutboxMail, Payment, RecurringNote } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

const MOST_LINES = 24;

export function findDisputeRow(db: Db | Tx, id: string): Promise<Dispute | null> {
  return db.dispute.findUnique({ where: { id } });
}

export function findGiftOfPayment({ giftId, recurringGiftId }: Payment, db: Db) {
  return Promise.all([
    giftId ? db.gift.findUnique({ where: { id: giftId } }) : null,
    recurringGiftId ? db.recurringGift.findUnique({ where: { id: recurringGiftId } }) : null,
  ]);
}

/** The earlier payments of the same recurring gift, newest first. */
export function selectEarlierPayments(db: Db, { id, recurringGiftId, paidAt }: Payment): Promise<Payment[]> {
  if (!recurringGiftId) return Promise.resolve([]);
  return db.payment.findMany({
    where: { recurringGiftId, status: "succeeded", paidAt: { lt: paidAt }, NOT: { id } },
    orderBy: { paidAt: "desc" },
    take: MOST_LINES,
  });
}

/** Changes of the recurring gift. Beside each "repriced" stands a note with the new amount or interval. */
export function selectNotes(db: Db, subscriptionId: string): Promise<RecurringNote[]> {
  return db.recurringNote.findMany({
    where: { subscriptionId, kind: { not: "repriced" } },
    orderBy: { notedAt: "desc" },
    take: MOST_LINES,
  });
}

/** Mails about one payment that have left. Their rows go after 60 days (domain/ages.ts). */
export function selectSentMails(db: Db, paymentId: string): Promise<Pick<OutboxMail, "kind" | "sentAt">[]> {
  const factKey = { in: ["thanks", "debit-pending"].map((kind) => `${kind}:${paymentId}`) };
  return db.outboxMail.findMany({ where: { factKey, sentAt: { not: null } }, select: { kind: true, sentAt: true } });
}

/** Other payments of the same supporter and amount, from the days around this one. */
export function selectLikePayments(
  db: Db,
  { id, supporterId, amountMinor, currency }: Payment,
  { from, before }: { from: Date; before: Date },
): Promise<Payment[]> {
  if (!supporterId) return Promise.resolve([]);
  return db.payment.findMany({
    where: { supporterId, amountMinor, currency, status: "succeeded", paidAt: { gte: from, lt: before }, NOT: { id } },
    orderBy: { paidAt: "desc" },
    take: MOST_LINES,
  });
}
