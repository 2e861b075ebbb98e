// Finds payments and supporters whose derived columns differ from the payments. The columns are right where a supporter's earliest
// payment that has not failed is `new`, and all others are `returning`.
import type { Payment } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

/** An erased payment keeps its kind, and nobody can say any more whether it is right. */
export function listWrongPaymentKinds(db: Db): Promise<Payment[]> {
  return db.$queryRaw<Payment[]>`
    SELECT * FROM "Payment" AS "own"
    WHERE ("supporterId" IS NOT NULL AND COALESCE("supporterKind", '') <> CASE WHEN "id" = (
        SELECT "id" FROM "Payment" WHERE "supporterId" = "own"."supporterId" AND "status" <> 'failed'
        ORDER BY "paidAt", "id" LIMIT 1
      ) THEN 'new' ELSE 'returning' END)
      OR ("supporterId" IS NULL AND "supporterKind" IS NOT NULL AND "erasedAt" IS NULL AND NOT EXISTS (
        SELECT 1 FROM "RecurringGift" WHERE "id" = "own"."recurringGiftId" AND "erasedAt" IS NOT NULL))`;
}

export async function countWrongLastPaid(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<[{ supporters: bigint | number }]>`
    SELECT COUNT(*) AS "supporters" FROM "Supporter" WHERE "lastPaidAt" IS DISTINCT FROM (
      SELECT MAX("paidAt") FROM "Payment" WHERE "supporterId" = "Supporter"."id" AND "status" <> 'failed')`;
  return Number(row.supporters);
}

export async function setEveryLastPaidAt(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Supporter" SET "lastPaidAt" = (SELECT MAX("paidAt") FROM "Payment"
      WHERE "supporterId" = "Supporter"."id" AND "status" <> 'failed')`;
}
