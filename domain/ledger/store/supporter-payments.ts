import type { Payment } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";

/** Returns the supporter's earliest payment that has not failed. */
export async function findFirstPayment(tx: Tx, supporterId: string): Promise<Pick<Payment, "id" | "paidAt"> | null> {
  const [first] = await tx.$queryRaw<Pick<Payment, "id" | "paidAt">[]>`
    SELECT "id", "paidAt" FROM "Payment" WHERE "supporterId" = ${supporterId} AND "status" <> 'failed'
    ORDER BY "paidAt", "id" LIMIT 1`;
  return first ?? null;
}

export function listSupporterPaymentsWithWrongSupporterKind(tx: Tx, supporterId: string): Promise<Payment[]> {
  return tx.$queryRaw<Payment[]>`
    SELECT * FROM "Payment" AS "own" WHERE "supporterId" = ${supporterId}
      AND COALESCE("supporterKind", '') <> CASE WHEN EXISTS (
        SELECT 1 FROM "Payment" AS "other" WHERE "other"."supporterId" = ${supporterId} AND "other"."status" <> 'failed'
          AND ("other"."paidAt" < "own"."paidAt" OR ("other"."paidAt" = "own"."paidAt" AND "other"."id" < "own"."id"))
      ) THEN 'returning' ELSE '' END`;
}

/** Sets the supporter's `lastPaidAt` to `paidAt`, unless the stored time is later. */
export async function advanceLastPaidAt(
  tx: Tx,
  { supporterId, paidAt }: { supporterId: string; paidAt: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Supporter" SET "lastPaidAt" = ${paidAt}
    WHERE "id" = ${supporterId} AND ("lastPaidAt" IS NULL OR "lastPaidAt" < ${paidAt})`;
}

export async function rederiveLastPaidAt(tx: Tx, supporterId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Supporter" SET "lastPaidAt" = (SELECT MAX("paidAt") FROM "Payment"
      WHERE "supporterId" = "Supporter"."id" AND "status" <> 'failed')
    WHERE "id" = ${supporterId}`;
}
