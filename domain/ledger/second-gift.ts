// Someone who begins a second recurring gift beside one that runs may not have meant to: the thank-you page and the mail say so.
import type { Payment } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";

/**
 * This payment is the first of its recurring gift, and another recurring gift of the same supporter had been paid for before it and
 * runs on. Known by payments and their times, so that the order in which Stripe told of them changes nothing.
 */
export async function beginsSecondGift(db: Db | Tx, payment: Payment): Promise<boolean> {
  const { recurringGiftId, supporterId, paidAt } = payment;
  if (!recurringGiftId || !supporterId) return false;
  const [found] = await db.$queryRaw<{ isSecond: bigint | number }[]>`
    SELECT COUNT(*) AS "isSecond" FROM "RecurringGift"
    WHERE "supporterId" = ${supporterId} AND "id" <> ${recurringGiftId}
      AND "status" IN ('starting', 'active', 'past_due') AND "cancelAt" IS NULL
      AND EXISTS (SELECT 1 FROM "Payment" WHERE "recurringGiftId" = "RecurringGift"."id"
        AND "status" = 'succeeded' AND "paidAt" < ${paidAt})
      AND NOT EXISTS (SELECT 1 FROM "Payment" WHERE "recurringGiftId" = ${recurringGiftId}
        AND "status" = 'succeeded' AND "paidAt" < ${paidAt})`;
  return Number(found?.isSecond ?? 0) > 0;
}
