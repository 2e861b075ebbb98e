// Selects the rows of a supporter's timeline. CROSS JOIN makes SQLite's query planner start from the supporter's rows.
// Otherwise the planner could scan all rows of a table by time.
import type {
  Act,
  Entry,
  FailedAttempt,
  Gift,
  OutboxMail,
  Payment,
  RecurringNote,
} from "../../../../generated/sqlite/client";
import type { Db } from "../../../database";
import { listSupporterAndMergedIds } from "./supporter";

export type PaymentRow = Payment;
export type LedgerEntryOfPayment = Entry;
export type TimelineSourceRows = {
  gifts: { id: string; subscriptionId: string }[];
  startedGifts: Gift[];
  payments: PaymentRow[];
  entries: LedgerEntryOfPayment[];
  attempts: FailedAttempt[];
  mails: OutboxMail[];
  notes: RecurringNote[];
  acts: Act[];
};

type Asked = { supporterId: string; upTo: Date; limit: number };
const FOR_EVER = new Date("9999-12-31T00:00:00Z");

/**
 * Returns the supporter's newest rows from each table of the timeline, at most `limit` per table. `gifts` in the result
 * contains the ids of all their recurring gifts. `upTo`: the latest time to include; null includes all times.
 */
export async function listTimelineSources(
  db: Db,
  { supporterId, upTo, limit }: { supporterId: string; upTo: Date | null; limit: number },
): Promise<TimelineSourceRows> {
  const span = { supporterId, upTo: upTo ?? FOR_EVER, limit };
  const gifts = await db.recurringGift.findMany({
    where: { supporterId },
    select: { id: true, subscriptionId: true },
  });
  const subscriptions = gifts.map(({ subscriptionId }) => subscriptionId);
  const [begun, payments, entries, attempts, mails, notes, acts] = await Promise.all([
    selectBegun(db, span),
    db.payment.findMany({
      where: { supporterId, paidAt: { lte: span.upTo } },
      orderBy: { paidAt: "desc" },
      take: limit,
    }),
    selectEntries(db, span),
    selectAttempts(db, { ...span, subscriptions }),
    selectMails(db, span),
    db.recurringNote.findMany({
      // Leaves out `repriced`, because the notes `amount` and `frequency` show the same change.
      where: { subscriptionId: { in: subscriptions }, notedAt: { lte: span.upTo }, kind: { not: "repriced" } },
      orderBy: { notedAt: "desc" },
      take: limit,
    }),
    selectActs(db, { ...span, gifts: gifts.map(({ id }) => id) }),
  ]);
  return { gifts, startedGifts: begun, payments, entries, attempts, mails, notes, acts };
}

function selectBegun(db: Db, { supporterId, upTo, limit }: Asked): Promise<Gift[]> {
  return db.$queryRaw<Gift[]>`
    SELECT "Gift".* FROM (
      SELECT "giftId" FROM "Payment" WHERE "supporterId" = ${supporterId} AND "giftId" IS NOT NULL
      UNION SELECT "giftId" FROM "RecurringGift" WHERE "supporterId" = ${supporterId} AND "giftId" IS NOT NULL
    ) AS "own" CROSS JOIN "Gift" WHERE "Gift"."id" = "own"."giftId" AND "Gift"."createdAt" <= ${upTo}
    ORDER BY "Gift"."createdAt" DESC LIMIT ${limit}`;
}

function selectEntries(db: Db, { supporterId, upTo, limit }: Asked): Promise<Entry[]> {
  return db.$queryRaw<Entry[]>`
    SELECT "Entry".* FROM "Payment" CROSS JOIN "Entry"
    WHERE "Payment"."supporterId" = ${supporterId} AND "Entry"."paymentId" = "Payment"."id"
      AND "Entry"."kind" <> 'payment' AND "Entry"."occurredAt" <= ${upTo}
    ORDER BY "Entry"."occurredAt" DESC LIMIT ${limit}`;
}

/**
 * Selects the failed charges of the supporter's recurring gifts. Also selects the failed attempts to pay after a gift
 * form was sent, if the same form later led to a payment by the supporter.
 */
async function selectAttempts(db: Db, span: Asked & { subscriptions: string[] }): Promise<FailedAttempt[]> {
  const { supporterId, subscriptions, upTo, limit } = span;
  const ofGifts = await db.failedAttempt.findMany({
    where: { subscriptionId: { in: subscriptions }, failedAt: { lte: upTo } },
    orderBy: { failedAt: "desc" },
    take: limit,
  });
  const ofForms = await db.$queryRaw<FailedAttempt[]>`
    SELECT "FailedAttempt".* FROM (
      SELECT DISTINCT "giftId" FROM "Payment" WHERE "supporterId" = ${supporterId} AND "giftId" IS NOT NULL
    ) AS "own" CROSS JOIN "FailedAttempt"
    WHERE "FailedAttempt"."giftId" = "own"."giftId" AND "FailedAttempt"."subscriptionId" IS NULL
      AND "FailedAttempt"."failedAt" <= ${upTo}
    ORDER BY "FailedAttempt"."failedAt" DESC LIMIT ${limit}`;
  return newestOf([...ofGifts, ...ofForms], { limit, atOf: ({ failedAt }) => failedAt });
}

async function selectMails(db: Db, { supporterId, upTo, limit }: Asked): Promise<OutboxMail[]> {
  const addresses = await db.supporterAddress.findMany({ where: { supporterId }, select: { emailHash: true } });
  const personHash = { in: addresses.map(({ emailHash }) => emailHash) };
  const mails = await db.outboxMail.findMany({ where: { personHash } });
  const atOf = ({ sentAt, queuedAt }: OutboxMail) => sentAt ?? queuedAt;
  return newestOf(
    mails.filter((mail) => atOf(mail) <= upTo),
    { limit, atOf },
  );
}

/**
 * Selects the entries of the audit log about the supporter, those who were merged into them, their recurring gifts and
 * their payments.
 */
async function selectActs(db: Db, { supporterId, upTo, limit, gifts }: Asked & { gifts: string[] }): Promise<Act[]> {
  const ids = await listSupporterAndMergedIds(db, supporterId);
  const about = [...ids.map((id) => `supporter:${id}`), ...gifts.map((id) => `recurring-gift:${id}`)];
  const own = await db.act.findMany({
    where: { about: { in: about }, at: { lte: upTo } },
    orderBy: { at: "desc" },
    take: limit,
  });
  const ofPayments = await db.$queryRaw<Act[]>`
    SELECT "Act".* FROM "Payment" CROSS JOIN "Act"
    WHERE "Payment"."supporterId" = ${supporterId} AND "Act"."about" = 'payment:' || "Payment"."id" AND "Act"."at" <= ${upTo}
    ORDER BY "Act"."at" DESC LIMIT ${limit}`;
  return newestOf([...own, ...ofPayments], { limit, atOf: ({ at }) => at });
}

function newestOf<Row>(rows: Row[], { limit, atOf }: { limit: number; atOf: (row: Row) => Date }): Row[] {
  return rows.toSorted((a, b) => atOf(b).getTime() - atOf(a).getTime()).slice(0, limit);
}
