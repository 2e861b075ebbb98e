import type { MovementTotal, RecurringNote } from "../../../generated/sqlite/client";
import type { Tx } from "../../database";
import type { RecurringMovementWithKind } from "../movement-steps";
import { deleteRows, insertRows, listRows } from "./statements";

export function listRecurringGiftChangesOf(tx: Tx, subscriptionId: string): Promise<RecurringNote[]> {
  return listRows(tx, "RecurringNote", { subscriptionId });
}

export async function listRecurringMovements(tx: Tx, subscriptionId: string): Promise<RecurringMovementWithKind[]> {
  const rows = await listRows(tx, "RecurringMovement", { subscriptionId });
  return rows.sort((a, b) => a.position - b.position) as RecurringMovementWithKind[];
}

export async function replaceRecurringMovements(
  tx: Tx,
  subscriptionId: string,
  movements: readonly RecurringMovementWithKind[],
): Promise<void> {
  await deleteRows(tx, "RecurringMovement", { subscriptionId });
  if (movements.length > 0) await insertRows(tx, { into: "RecurringMovement", rows: movements });
}

export async function addToRecurringMovementTotals(tx: Tx, changes: readonly MovementTotal[]): Promise<void> {
  if (changes.length > 0) await insertRows(tx, { into: "MovementTotal", rows: changes, onConflict: ADD });
}

/**
 * Lists the ids of a supporter's gifts that began after an earlier gift had ended. An earlier gift without movements
 * does not count.
 */
export async function listGiftIdsBegunAfterAnotherEnded(tx: Tx, supporterId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "gift"."id" FROM "RecurringGift" AS "gift" WHERE "gift"."supporterId" = ${supporterId} AND EXISTS (
      SELECT 1 FROM "RecurringGift" AS "other" WHERE "other"."supporterId" = ${supporterId}
        AND "other"."endedAt" <= "gift"."startedAt" AND "other"."id" <> "gift"."id" AND EXISTS (
          SELECT 1 FROM "RecurringMovement" WHERE "subscriptionId" = "other"."subscriptionId"))`;
  return rows.map(({ id }) => id);
}

const ADD = `ON CONFLICT ("period", "by", "start", "value", "currency") DO UPDATE SET
  "gifts" = "MovementTotal"."gifts" + excluded."gifts", "yearMinor" = "MovementTotal"."yearMinor" + excluded."yearMinor"`;
