import type { MovementTotal, RecurringGift, RecurringNote, RenewalTotal } from "../../../../generated/sqlite/client";
import type { Tx } from "../../../database";
import { historyNeedsLastPaidAt } from "../../gift-history";
import type { RecurringMovementWithKind } from "../../movement-steps";
import { addToUpcomingRenewalTotals } from "../../store/recurring-gifts";

/**
 * The number of gifts that are read at once. The number is small, because the process answers no request while it
 * derives the movements of these gifts.
 */
const PAGE = 100;

export type StoredGiftHistory = {
  gift: RecurringGift;
  notes: RecurringNote[];
  lastPaidAt: Date | null;
  /** The stored movements, in the order of `position`. */
  movements: RecurringMovementWithKind[];
};

export async function* listStoredGiftHistories(tx: Tx): AsyncGenerator<StoredGiftHistory> {
  let after = "";
  while (true) {
    const gifts = await tx.recurringGift.findMany({ where: { id: { gt: after } }, orderBy: { id: "asc" }, take: PAGE });
    const ofGifts = { subscriptionId: { in: gifts.map(({ subscriptionId }) => subscriptionId) } };
    const [notes, movements] = [
      groupBySubscription(await tx.recurringNote.findMany({ where: ofGifts })),
      groupBySubscription(
        await tx.recurringMovement.findMany({
          where: ofGifts,
          orderBy: [{ subscriptionId: "asc" }, { position: "asc" }],
        }),
      ),
    ];
    const paidAt = await lastPaidAtOf(tx, gifts.filter(historyNeedsLastPaidAt));
    for (const gift of gifts) {
      const { id, subscriptionId } = gift;
      const stored = (movements.get(subscriptionId) ?? []) as RecurringMovementWithKind[];
      yield { gift, notes: notes.get(subscriptionId) ?? [], lastPaidAt: paidAt.get(id) ?? null, movements: stored };
    }
    if (gifts.length < PAGE) return;
    after = gifts.at(-1)?.id ?? "";
  }
}

export function listRecurringMovementTotals(tx: Tx): Promise<MovementTotal[]> {
  return tx.movementTotal.findMany();
}

export function listScheduledRenewalTotals(tx: Tx): Promise<RenewalTotal[]> {
  return tx.renewalTotal.findMany();
}

export async function addCorrectionsToExpectedRenewalTotals(tx: Tx, changes: RenewalTotal[]): Promise<void> {
  await addToUpcomingRenewalTotals(tx, changes);
}

/**
 * Lists gifts whose `supporterKind` is wrong. Ignores gifts of erased supporters: their `supporterKind` never changes
 * after the erasure.
 */
export function listGiftsWithWrongSupporterKind(tx: Tx) {
  return tx.$queryRaw<Pick<RecurringGift, "subscriptionId" | "supporterId" | "supporterKind">[]>`
    SELECT "subscriptionId", "supporterId", "supporterKind" FROM "RecurringGift" AS "gift"
    WHERE "erasedAt" IS NULL AND COALESCE("supporterKind", '') <> CASE WHEN EXISTS (
      SELECT 1 FROM "RecurringGift" AS "other" WHERE "other"."supporterId" = "gift"."supporterId"
        AND "other"."endedAt" <= "gift"."startedAt" AND "other"."id" <> "gift"."id" AND EXISTS (
          SELECT 1 FROM "RecurringMovement" WHERE "subscriptionId" = "other"."subscriptionId")
    ) THEN 'returning' ELSE '' END`;
}

async function lastPaidAtOf(tx: Tx, gifts: readonly RecurringGift[]): Promise<Map<string | null, Date | null>> {
  if (gifts.length === 0) return new Map();
  const where = { recurringGiftId: { in: gifts.map(({ id }) => id) }, status: "succeeded" };
  const rows = await tx.payment.groupBy({ by: ["recurringGiftId"], where, _max: { paidAt: true } });
  return new Map(rows.map(({ recurringGiftId, _max }) => [recurringGiftId, _max.paidAt]));
}

function groupBySubscription<Row extends { subscriptionId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.subscriptionId, [...(groups.get(row.subscriptionId) ?? []), row]);
  return groups;
}
