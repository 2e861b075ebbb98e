import type { ExperimentVerdict } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import type { ExperimentPaymentEntry } from "../experiments/values";

export function selectExperimentPaymentEntries(db: Db, experiment: string): Promise<ExperimentPaymentEntry[]> {
  return db.$queryRaw<ExperimentPaymentEntry[]>`
    SELECT "Payment"."arm", "Payment"."exposedOn", COALESCE("supporterId", "giftId", "Payment"."id") AS "giverKey", "Payment"."paidAt",
      "Entry"."occurredAt", "Entry"."amountMinor", "Entry"."currency"
    FROM "Payment" JOIN "Entry" ON "Entry"."paymentId" = "Payment"."id"
    WHERE "Payment"."experiment" = ${experiment}`;
}

export type FirstPaymentOfGift = { arm: string; exposedOn: number; paidAt: Date };

/** Selects the first payment of each gift that came from the experiment. Leaves out failed payments. */
export function selectFirstPaymentsOfExperiment(db: Db, experiment: string): Promise<FirstPaymentOfGift[]> {
  return db.$queryRaw<FirstPaymentOfGift[]>`
    SELECT "arm", "exposedOn", "paidAt" FROM "Payment"
    WHERE "experiment" = ${experiment} AND "status" <> 'failed' AND NOT EXISTS (
      SELECT 1 FROM "Payment" AS "earlier" WHERE "earlier"."recurringGiftId" = "Payment"."recurringGiftId"
        AND "earlier"."status" <> 'failed' AND "earlier"."paidAt" < "Payment"."paidAt")
    ORDER BY "paidAt"`;
}

export type EndedAndUnsubscribedCountsOfArm = { arm: string; ended: bigint; unsubscribed: bigint };

/**
 * Counts, for each variant (`arm`), the recurring gifts that were cancelled or ended, and the supporters who stopped
 * e-mails.
 */
export function countEndedGiftsAndUnsubscribedByArm(
  db: Db,
  experiment: string,
): Promise<EndedAndUnsubscribedCountsOfArm[]> {
  return db.$queryRaw<EndedAndUnsubscribedCountsOfArm[]>`
    SELECT "arm",
      COUNT(DISTINCT CASE WHEN "RecurringGift"."endedAt" IS NOT NULL OR "RecurringGift"."cancelAt" IS NOT NULL
        THEN "RecurringGift"."id" END) AS "ended",
      COUNT(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM "MailRefusal" WHERE "supporterId" = "Payment"."supporterId")
        OR EXISTS (SELECT 1 FROM "MailStop" JOIN "SupporterAddress" ON "SupporterAddress"."emailHash" = "MailStop"."emailHash"
          WHERE "SupporterAddress"."supporterId" = "Payment"."supporterId")
        THEN "Payment"."supporterId" END) AS "unsubscribed"
    FROM "Payment" LEFT JOIN "RecurringGift" ON "RecurringGift"."id" = "Payment"."recurringGiftId"
    WHERE "experiment" = ${experiment} GROUP BY "arm"`;
}

/**
 * Counts how often, on or after `fromDay`, devices reported that they showed the appeal for the first time in 30 days.
 */
export async function countFirstShownEventsSince(db: Db, fromDay: string): Promise<number> {
  const { _sum } = await db.appealCount.aggregate({
    where: { event: "first-shown", day: { gte: fromDay } },
    _sum: { count: true },
  });
  return _sum.count ?? 0;
}

export type KeptFirstPaymentAmount = { amountMinor: bigint; currency: string };

/**
 * Selects the payments since `since` that were the first payment of a gift from an article. The amounts are those after
 * refunds and disputes.
 */
export function selectKeptAmountsOfArticleGifts(db: Db, since: Date): Promise<KeptFirstPaymentAmount[]> {
  return db.$queryRaw<KeptFirstPaymentAmount[]>`
    SELECT CAST("amountMinor" - "refundedMinor" - "disputedMinor" AS BIGINT) AS "amountMinor", "currency" FROM "Payment"
    WHERE "status" = 'succeeded' AND "paidAt" >= ${since} AND "article" IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM "Payment" AS "earlier" WHERE "earlier"."recurringGiftId" = "Payment"."recurringGiftId"
        AND "earlier"."status" <> 'failed' AND "earlier"."paidAt" < "Payment"."paidAt")`;
}

export type ExperimentWithResultRow = {
  id: string;
  name: string;
  currency: string;
  startedAt: Date;
  endedAt: Date | null;
  lastDay: number;
  judgedAt: Date | null;
  judgement: string | null;
};

export function selectStartedExperiments(
  db: Db,
  { earliestLastDay }: { earliestLastDay: number },
): Promise<ExperimentWithResultRow[]> {
  return db.$queryRaw<ExperimentWithResultRow[]>`
    SELECT "id", "name", "currency", "startedAt", "endedAt", "lastDay", "judgedAt", "judgement"
    FROM "Experiment" LEFT JOIN "ExperimentVerdict" ON "ExperimentVerdict"."experiment" = "Experiment"."id"
    WHERE "startedAt" IS NOT NULL AND "lastDay" >= ${earliestLastDay} ORDER BY "startedAt" DESC`;
}

export async function saveVerdict(db: Db, { experiment, ...verdict }: ExperimentVerdict): Promise<void> {
  await db.experimentVerdict.upsert({ where: { experiment }, create: { experiment, ...verdict }, update: verdict });
}
