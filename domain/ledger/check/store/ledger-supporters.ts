// Finds and corrects values that are derived from a supporter's payments. A payment is `returning` if the supporter has an
// earlier payment that has not failed. The payments of an erased supporter keep their kind, because their supporter is no
// longer known.
import type { Payment } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

type KindRow = Pick<Payment, "id" | "invoiceId" | "paymentIntentId" | "supporterKind">;

export function listPaymentsOfWrongKind(db: Db): Promise<KindRow[]> {
  return db.$queryRaw<KindRow[]>`
    SELECT "id", "invoiceId", "paymentIntentId", "supporterKind" FROM "Payment" AS "own"
    WHERE ("supporterId" IS NOT NULL AND COALESCE("supporterKind", '') <> CASE WHEN EXISTS (
        SELECT 1 FROM "Payment" AS "other" WHERE "other"."supporterId" = "own"."supporterId"
          AND "other"."status" <> 'failed' AND ("other"."paidAt" < "own"."paidAt"
            OR ("other"."paidAt" = "own"."paidAt" AND "other"."id" < "own"."id"))) THEN 'returning' ELSE '' END)
      OR ("supporterId" IS NULL AND "supporterKind" IS NOT NULL AND "erasedAt" IS NULL AND NOT EXISTS (
        SELECT 1 FROM "RecurringGift" WHERE "id" = "own"."recurringGiftId" AND "erasedAt" IS NOT NULL))`;
}

export async function resetEverySupporterKind(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Payment" SET "supporterKind" = CASE WHEN EXISTS (
        SELECT 1 FROM "Payment" AS "other" WHERE "other"."supporterId" = "Payment"."supporterId"
          AND "other"."status" <> 'failed' AND ("other"."paidAt" < "Payment"."paidAt"
            OR ("other"."paidAt" = "Payment"."paidAt" AND "other"."id" < "Payment"."id"))) THEN 'returning' ELSE NULL END
    WHERE "supporterId" IS NOT NULL`;
  await tx.$executeRaw`
    UPDATE "Payment" SET "supporterKind" = NULL
    WHERE "supporterId" IS NULL AND "supporterKind" IS NOT NULL AND "erasedAt" IS NULL AND NOT EXISTS (
      SELECT 1 FROM "RecurringGift" WHERE "id" = "Payment"."recurringGiftId" AND "erasedAt" IS NOT NULL)`;
}

export async function countWrongLastPaid(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<[{ supporters: bigint | number }]>`
    SELECT COUNT(*) AS "supporters" FROM "Supporter" WHERE "lastPaidAt" IS DISTINCT FROM (
      SELECT MAX("paidAt") FROM "Payment" WHERE "supporterId" = "Supporter"."id" AND "status" <> 'failed')`;
  return Number(row.supporters);
}

export async function resetEveryLastPaidAt(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Supporter" SET "lastPaidAt" = (SELECT MAX("paidAt") FROM "Payment"
      WHERE "supporterId" = "Supporter"."id" AND "status" <> 'failed')`;
}

/** Returns null if the sums have never been derived. */
export function findSumRules(db: Db | Tx) {
  return db.keptSums.findUnique({ where: { name: "all" } });
}

export async function saveSumRules(tx: Tx, kept: { rules: number; timeZone: string }): Promise<void> {
  await tx.keptSums.upsert({ where: { name: "all" }, create: { name: "all", ...kept }, update: kept });
}
