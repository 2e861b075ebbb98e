// Queries for the newsroom's pages. Most are raw SQL: for such small queries, Prisma's own work would take longer than
// the database's.
import type { Payment, RecurringTotal } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import type { PaymentStandingColumns } from "../ledger/payment-standing";

export const NON_PENDING_TOTALS_COLUMNS = [
  "payments",
  "grossMinor",
  "refundedMinor",
  "disputedMinor",
  "settledPayments",
  "settledMinor",
  "feeMinor",
  "netMinor",
] as const;
export const PENDING_TOTALS_COLUMNS = [
  "pendingPayments",
  "pendingMinor",
  "pendingFeeMinor",
  "pendingNetMinor",
] as const;

/**
 * `settledCurrency`: in a row with converted amounts, the currency in which Stripe settled the payments. In a row with
 * amounts in the gifts' own currency, it is "".
 */
export type TotalsRow = { currency: string; settledCurrency: string } & Record<
  (typeof NON_PENDING_TOTALS_COLUMNS)[number] | (typeof PENDING_TOTALS_COLUMNS)[number],
  bigint
>;

export function selectTotalsOfDayMonthAndAllTime(db: Db, { day, month }: { day: string; month: string }) {
  return db.$queryRaw<(TotalsRow & { period: string })[]>`
    SELECT "period", "currency", "settledCurrency",
      CAST(SUM("payments") AS BIGINT) AS "payments", CAST(SUM("grossMinor") AS BIGINT) AS "grossMinor",
      CAST(SUM("refundedMinor") AS BIGINT) AS "refundedMinor", CAST(SUM("disputedMinor") AS BIGINT) AS "disputedMinor",
      CAST(SUM("settledPayments") AS BIGINT) AS "settledPayments", CAST(SUM("settledMinor") AS BIGINT) AS "settledMinor",
      CAST(SUM("feeMinor") AS BIGINT) AS "feeMinor", CAST(SUM("netMinor") AS BIGINT) AS "netMinor",
      CAST(SUM("pendingPayments") AS BIGINT) AS "pendingPayments", CAST(SUM("pendingMinor") AS BIGINT) AS "pendingMinor",
      CAST(SUM("pendingFeeMinor") AS BIGINT) AS "pendingFeeMinor", CAST(SUM("pendingNetMinor") AS BIGINT) AS "pendingNetMinor"
    FROM "Total"
    WHERE ("period" = 'ever' AND "by" = 'frequency' AND "start" = '')
      OR ("period" = 'month' AND "by" = 'frequency' AND "start" = ${month})
      OR ("period" = 'day' AND "by" = 'frequency' AND "start" = ${day})
    GROUP BY "period", "currency", "settledCurrency"`;
}

export function selectRecurringTotals(db: Db) {
  return db.$queryRaw<RecurringTotal[]>`SELECT * FROM "RecurringTotal" WHERE "gifts" > 0`;
}

export function selectDisputesOfLedgerPayments(db: Db, statuses: string[]) {
  return db.dispute.findMany({
    where: { paymentId: { not: null }, status: { in: statuses } },
    orderBy: { openedAt: "asc" },
  });
}

/**
 * Selects disputes with these statuses for which Stripe still holds evidence about an erased supporter, the nearest
 * deadline first.
 */
export function selectDisputesWithUnerasedEvidence(db: Db, statuses: string[]) {
  return db.dispute.findMany({
    where: { evidenceLeft: { not: null }, status: { in: statuses } },
    orderBy: [{ answerBy: { sort: "asc", nulls: "last" } }, { id: "asc" }],
  });
}

export function selectDecidedDisputes(
  db: Db,
  { statuses, openedFrom, limit }: { statuses: string[]; openedFrom: Date; limit: number },
) {
  return db.dispute.findMany({
    where: { paymentId: { not: null }, status: { in: statuses }, openedAt: { gte: openedFrom } },
    orderBy: { openedAt: "desc" },
    take: limit,
  });
}

export function countEndedRecurringGiftsByReason(db: Db, from: Date) {
  return db.$queryRaw<{ reason: string | null; gifts: bigint }[]>`
    SELECT "endReason" AS "reason", COUNT(*) AS "gifts" FROM "RecurringGift" WHERE "endedAt" >= ${from} GROUP BY "endReason"`;
}

export type FailedRenewalAttemptRow = {
  key: string;
  code: string | null;
  amountMinor: bigint;
  currency: string;
  failedAt: Date;
  giftStatus: string | null;
  recurringGiftId: string | null;
};

/**
 * One page of the list of failed renewal attempts. `from`: the earliest time. `after`: the last row of the previous
 * page; null for the first page.
 */
type FailedPage = { from: Date; after: Pick<FailedRenewalAttemptRow, "failedAt" | "key"> | null; limit: number };

const END_OF_TIME = new Date("9999-12-31T00:00:00Z");

export function selectFailedRenewalAttempts(db: Db, { from, after, limit }: FailedPage) {
  const { failedAt, key } = after ?? { failedAt: END_OF_TIME, key: "" };
  return db.$queryRaw<FailedRenewalAttemptRow[]>`
    SELECT "key", "code", "FailedAttempt"."amountMinor", "FailedAttempt"."currency", "failedAt",
      "RecurringGift"."status" AS "giftStatus", "RecurringGift"."id" AS "recurringGiftId"
    FROM "FailedAttempt" LEFT JOIN "RecurringGift" ON "RecurringGift"."subscriptionId" = "FailedAttempt"."subscriptionId"
    WHERE "failedAt" >= ${from} AND ("failedAt" < ${failedAt} OR ("failedAt" = ${failedAt} AND "key" < ${key}))
      AND "FailedAttempt"."subscriptionId" IS NOT NULL AND "isRenewal"
    ORDER BY "failedAt" DESC, "key" DESC LIMIT ${limit}`;
}

export async function selectPaidInvoiceIds(db: Db, invoiceIds: string[]): Promise<Set<string | null>> {
  const payments = await db.payment.findMany({
    where: { invoiceId: { in: invoiceIds }, status: "succeeded" },
    select: { invoiceId: true },
  });
  return new Set(payments.map(({ invoiceId }) => invoiceId));
}

export type PaymentListRow = PaymentStandingColumns &
  Pick<Payment, "id" | "paidAt" | "frequency" | "article" | "supporterId">;

/**
 * Selects the newest payments of all statuses. Reads the newest of each status from an index, because sorting all
 * statuses together would read the whole table.
 */
export function selectLatestPayments(db: Db, limit: number) {
  return db.$queryRaw<PaymentListRow[]>`
    SELECT "id", "paidAt", "amountMinor", "refundedMinor", "disputedMinor", "currency", "frequency", "status", "article", "supporterId"
    FROM (
      SELECT * FROM (SELECT * FROM "Payment" WHERE "status" = 'succeeded' ORDER BY "paidAt" DESC LIMIT ${limit}) AS "came"
      UNION ALL
      SELECT * FROM (SELECT * FROM "Payment" WHERE "status" = 'pending' ORDER BY "paidAt" DESC LIMIT ${limit}) AS "comes"
      UNION ALL
      SELECT * FROM (SELECT * FROM "Payment" WHERE "status" = 'failed' ORDER BY "paidAt" DESC LIMIT ${limit}) AS "failed"
    ) AS "newest" ORDER BY "paidAt" DESC LIMIT ${limit}`;
}

export type LastFinishedBooksCheck = {
  id: string;
  startedAt: Date;
  finishedAt: Date;
  differences: bigint;
  unreadable: bigint;
};
export type UnfinishedBooksCheck = { startedAt: Date; stoppedAt: Date | null };

/**
 * Returns the last finished books check, with its number of differences that were not repaired and its number of
 * unreadable objects.
 */
export async function findLastFinishedBooksCheck(db: Db): Promise<LastFinishedBooksCheck | undefined> {
  const [last] = await db.$queryRaw<LastFinishedBooksCheck[]>`
    SELECT "id", "startedAt", "finishedAt",
      (SELECT COUNT(*) FROM "BooksDifference"
        WHERE "checkId" = "BooksCheck"."id" AND NOT "repaired" AND "cause" <> 'unreadable') AS "differences",
      (SELECT COUNT(*) FROM "BooksDifference"
        WHERE "checkId" = "BooksCheck"."id" AND "cause" = 'unreadable') AS "unreadable"
    FROM "BooksCheck" WHERE "finishedAt" IS NOT NULL ORDER BY "startedAt" DESC LIMIT 1`;
  return last;
}

export function selectUnfinishedBooksChecks(db: Db, from: Date) {
  return db.$queryRaw<UnfinishedBooksCheck[]>`
    SELECT "startedAt", "stoppedAt" FROM "BooksCheck" WHERE "startedAt" >= ${from} AND "finishedAt" IS NULL`;
}

export type BurstOfSlowedGifts = { action: string; beganAt: Date; lastAt: Date; slowed: number };

export function findBurstOfSlowedGifts(tx: Tx, action: string): Promise<BurstOfSlowedGifts | null> {
  return tx.rateLimitAlert.findUnique({ where: { action } });
}

export async function saveRateLimitBurst(tx: Tx, { action, ...burst }: BurstOfSlowedGifts): Promise<void> {
  await tx.rateLimitAlert.upsert({ where: { action }, create: { action, ...burst }, update: burst });
}

/**
 * Adds a row for a burst that has ended. The row's `action` also contains the time when the burst began, because
 * `action` must be unique.
 */
export async function insertEndedRateLimitBurst(tx: Tx, { action, ...burst }: BurstOfSlowedGifts): Promise<void> {
  await tx.rateLimitAlert.create({ data: { action: `${action} ${burst.beganAt.toISOString()}`, ...burst } });
}

/** Deletes the bursts whose last slowed gift was before this time. */
export async function deleteRateLimitBursts(tx: Tx, { before }: { before: Date }): Promise<void> {
  await tx.rateLimitAlert.deleteMany({ where: { lastAt: { lt: before } } });
}

/**
 * Selects the bursts, also ended ones, with at least `minSlowed` slowed gifts. The last gift of a burst must have been
 * slowed at or after `since`. Puts the newest burst first.
 */
export async function selectRateLimitBursts(
  db: Db,
  { minSlowed, since }: { minSlowed: number; since: Date },
): Promise<BurstOfSlowedGifts[]> {
  const rows = await db.rateLimitAlert.findMany({
    where: { slowed: { gte: minSlowed }, lastAt: { gte: since } },
    orderBy: { lastAt: "desc" },
  });
  return rows.map(({ action, ...burst }) => ({ action: action.split(" ", 1)[0] ?? action, ...burst }));
}

type MailStopRow = {
  emailHash: string;
  stoppedAt: Date;
  customerId: string | null;
  paymentIntentId: string | null;
};

/**
 * Selects at most 50 stopped addresses that staff have not dealt with, the oldest stop first. `customerId` comes from
 * the newest recurring gift of the supporter with this address. `paymentIntentId` comes from the same supporter's
 * newest payment.
 */
export function selectUnhandledStoppedAddresses(db: Db): Promise<MailStopRow[]> {
  return db.$queryRaw<MailStopRow[]>`
    SELECT "MailStop"."emailHash", "MailStop"."stoppedAt",
      (SELECT "customerId" FROM "RecurringGift" WHERE "supporterId" = "address"."supporterId"
        ORDER BY "recordedAt" DESC LIMIT 1) AS "customerId",
      (SELECT "paymentIntentId" FROM "Payment" WHERE "supporterId" = "address"."supporterId"
        ORDER BY "paidAt" DESC LIMIT 1) AS "paymentIntentId"
    FROM "MailStop" LEFT JOIN "SupporterAddress" AS "address" ON "address"."emailHash" = "MailStop"."emailHash"
    WHERE "MailStop"."handledAt" IS NULL ORDER BY "MailStop"."stoppedAt" LIMIT 50`;
}

type GiftRow = { id: string; amountMinor: bigint; currency: string; frequency: string };

export function selectEndedGifts(db: Db, { from, limit }: { from: Date; limit: number }) {
  return db.$queryRaw<(GiftRow & { endsAt: Date; reason: string | null })[]>`
    SELECT "id", "amountMinor", "currency", "frequency", "endedAt" AS "endsAt", "endReason" AS "reason" FROM "RecurringGift"
    WHERE "endedAt" >= ${from} ORDER BY "endedAt" DESC, "id" LIMIT ${limit}`;
}

/**
 * Selects the running gifts that have no end date, and whose card expires before the next charge or at the same time.
 * The earliest expiry comes first.
 */
export function selectGiftsWithExpiringCard(db: Db, { limit }: { limit: number }) {
  return db.$queryRaw<(GiftRow & { endsAt: Date; reason: null })[]>`
    SELECT "id", "amountMinor", "currency", "frequency", "cardExpiresAt" AS "endsAt", NULL AS "reason" FROM "RecurringGift"
    WHERE "cardExpiresAt" <= "chargesNextAt" AND "status" = 'active' AND "cancelAt" IS NULL
    ORDER BY "cardExpiresAt", "id" LIMIT ${limit}`;
}

export function selectSupportersLastPaidBefore(db: Db, { before, limit }: { before: Date; limit: number }) {
  return db.$queryRaw<{ id: string; lastPaidAt: Date }[]>`
    SELECT "id", "lastPaidAt" FROM "Supporter" WHERE "lastPaidAt" < ${before}
    ORDER BY "lastPaidAt" DESC, "id" LIMIT ${limit}`;
}
