import type { Act } from "../../../../generated/sqlite/client";
import type { Db } from "../../../database";

/**
 * Includes the supporter's e-mail addresses: first the current ones, beginning with the newest, then the replaced ones,
 * beginning with the one that was replaced first.
 */
export function findSupporterWithAddresses(db: Db, id: string) {
  return db.supporter.findUnique({
    where: { id },
    include: { addresses: { orderBy: [{ until: { sort: "asc", nulls: "first" } }, { since: "desc" }] } },
  });
}

export function findDeletedOrMergedSupporter(db: Db, id: string) {
  return db.formerSupporter.findUnique({ where: { id } });
}

export function selectRecurringGiftsOf(db: Db, supporterId: string) {
  return db.recurringGift.findMany({ where: { supporterId }, orderBy: { recordedAt: "desc" } });
}

export function findRecurringGiftById(db: Db, id: string) {
  return db.recurringGift.findUnique({ where: { id } });
}

export function countPayments(db: Db, supporterId: string): Promise<number> {
  return db.payment.count({ where: { supporterId } });
}

/**
 * Sums, per currency, what is left of the supporter's succeeded payments after refunds and disputes. The currency with
 * the most payments comes first. Leaves out fully returned payments.
 */
export function sumKeptAmounts(db: Db, supporterId: string) {
  return db.$queryRaw<{ currency: string; payments: bigint; minor: bigint }[]>`
    SELECT "currency", COUNT(*) AS "payments", CAST(SUM("amountMinor" - "refundedMinor" - "disputedMinor") AS BIGINT) AS "minor"
    FROM "Payment"
    WHERE "supporterId" = ${supporterId} AND "status" = 'succeeded' AND "amountMinor" > "refundedMinor" + "disputedMinor"
    GROUP BY "currency" ORDER BY "payments" DESC, "currency"`;
}

export function findPendingAddressChange(db: Db, supporterId: string) {
  return db.addressChange.findUnique({ where: { supporterId } });
}

export async function listFreeSeatsAndStoppedAddresses(db: Db, emailHashes: string[]) {
  const where = { emailHash: { in: emailHashes } };
  const [seats, stops] = await Promise.all([
    db.freeSeat.findMany({ where, select: { emailHash: true, until: true } }),
    db.mailStop.findMany({ where, select: { emailHash: true, stoppedAt: true } }),
  ]);
  return { seats, stops };
}

/**
 * Returns the supporter's id and the ids of all supporters who were merged into this one, directly or through others.
 */
export async function listSupporterAndMergedIds(db: Db, supporterId: string): Promise<string[]> {
  const ids = [supporterId];
  for (const becameId of ids) {
    const former = await db.formerSupporter.findMany({ where: { becameId }, select: { id: true } });
    ids.push(...former.map(({ id }) => id).filter((id) => !ids.includes(id)));
  }
  return ids;
}

export function selectActsOfKind(db: Db, { about, kind }: { about: string[]; kind: string }): Promise<Act[]> {
  return db.act.findMany({ where: { about: { in: about }, kind }, orderBy: { number: "desc" } });
}
