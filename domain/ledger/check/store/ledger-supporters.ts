// Finds and corrects wrong values of `supporterKind` and `lastPaidAt`. `supporterKind` must be `returning` if the
// supporter has an earlier payment that has not failed. After an erasure, `supporterKind` stays unchanged, because it
// can no longer be derived.
import type { Payment } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

const RANGE = 1_000;

type KindRow = Pick<Payment, "id" | "invoiceId" | "paymentIntentId" | "supporterKind">;

/**
 * Lists the payments whose `supporterKind` is wrong. Reads in ranges, because one statement about all payments would
 * block the process for seconds.
 */
export async function listPaymentsWithWrongSupporterKind(db: Db): Promise<KindRow[]> {
  const wrong: KindRow[] = [];
  for await (const { after, last } of everyRange((from) => listPaymentIds(db, from)))
    wrong.push(
      ...(await db.$queryRaw<KindRow[]>`
        SELECT "id", "invoiceId", "paymentIntentId", "supporterKind" FROM "Payment" AS "own"
        WHERE "id" > ${after} AND "id" <= ${last} AND (
          ("supporterId" IS NOT NULL AND COALESCE("supporterKind", '') <> CASE WHEN EXISTS (
            SELECT 1 FROM "Payment" AS "other" WHERE "other"."supporterId" = "own"."supporterId"
              AND "other"."status" <> 'failed' AND ("other"."paidAt" < "own"."paidAt"
                OR ("other"."paidAt" = "own"."paidAt" AND "other"."id" < "own"."id"))) THEN 'returning' ELSE '' END)
          OR ("supporterId" IS NULL AND "supporterKind" IS NOT NULL AND "erasedAt" IS NULL AND NOT EXISTS (
            SELECT 1 FROM "RecurringGift" WHERE "id" = "own"."recurringGiftId" AND "erasedAt" IS NOT NULL)))`),
    );
  return wrong;
}

export async function rederiveSupporterKindOfEveryPayment(tx: Tx): Promise<void> {
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

export async function countSupportersWithWrongLastPaidAt(db: Db): Promise<number> {
  let wrong = 0;
  for await (const { after, last } of everyRange((from) => listSupporterIds(db, from))) {
    const [row] = await db.$queryRaw<[{ supporters: bigint | number }]>`
      SELECT COUNT(*) AS "supporters" FROM "Supporter"
      WHERE "id" > ${after} AND "id" <= ${last} AND "lastPaidAt" IS DISTINCT FROM (
        SELECT MAX("paidAt") FROM "Payment" WHERE "supporterId" = "Supporter"."id" AND "status" <> 'failed')`;
    wrong += Number(row.supporters);
  }
  return wrong;
}

export async function rederiveEveryLastPaidAt(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Supporter" SET "lastPaidAt" = (SELECT MAX("paidAt") FROM "Payment"
      WHERE "supporterId" = "Supporter"."id" AND "status" <> 'failed')`;
}

/**
 * Returns the TOTALS_DERIVATION_VERSION and the time zone with which the stored sums were derived. Returns null if they
 * were never derived.
 */
export function findDerivationVersionOfTotals(db: Db | Tx) {
  return db.keptSums.findUnique({ where: { name: "all" } });
}

export async function saveDerivationVersionOfTotals(
  tx: Tx,
  values: { rules: number; timeZone: string },
): Promise<void> {
  await tx.keptSums.upsert({ where: { name: "all" }, create: { name: "all", ...values }, update: values });
}

type Id = { id: string };

function listPaymentIds(db: Db, after: string): Promise<Id[]> {
  return db.$queryRaw<Id[]>`SELECT "id" FROM "Payment" WHERE "id" > ${after} ORDER BY "id" LIMIT ${RANGE}`;
}

function listSupporterIds(db: Db, after: string): Promise<Id[]> {
  return db.$queryRaw<Id[]>`SELECT "id" FROM "Supporter" WHERE "id" > ${after} ORDER BY "id" LIMIT ${RANGE}`;
}

/**
 * Yields ranges of at most RANGE rows, which together contain all rows. `list`: returns the ids of at most RANGE rows
 * that follow after the id `after`, in order.
 */
async function* everyRange(list: (after: string) => Promise<Id[]>): AsyncGenerator<{ after: string; last: string }> {
  for (let after = ""; ; ) {
    const last = (await list(after)).at(-1)?.id;
    if (last === undefined) return;
    yield { after, last };
    after = last;
  }
}
