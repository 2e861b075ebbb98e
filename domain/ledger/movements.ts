import type { RecurringGift } from "../../generated/sqlite/client";
import type { LedgerContext } from "./context";
import { deriveRecurringMovements, historyNeedsLastPaidAt } from "./gift-history";
import type { RecurringMovementWithKind } from "./movement-steps";
import { recurringMovementTotalChanges } from "./movement-totals";
import {
  addToRecurringMovementTotals,
  listGiftIdsBegunAfterAnotherEnded,
  listRecurringGiftChangesOf,
  listRecurringMovements,
  replaceRecurringMovements,
} from "./store/movements";
import { findLastPaidAt } from "./store/payments";
import { changeRecurringGift, findRecurringGiftBySubscriptionId, listRecurringGiftsOf } from "./store/recurring-gifts";

type Context = Pick<LedgerContext, "tx" | "timeZone">;

/**
 * Derives and stores a gift's movements again. Must be called after each change of data that deriveRecurringMovements()
 * uses. If the movements change, also updates `supporterKind` of the supporter's gifts. Repeated calls are safe.
 */
export async function rederiveMovementsOfRecurringGift(context: Context, subscriptionId: string): Promise<void> {
  // Reads the row again, because the caller's copy can be older than this transaction's latest change.
  const gift = await findRecurringGiftBySubscriptionId(context.tx, subscriptionId);
  const isChanged = gift !== null && (await updateOwnMovements(context, gift));
  if (isChanged && gift.supporterId) await setSupporterKindOfGifts(context, gift.supporterId);
}

/**
 * Sets `supporterKind` of all recurring gifts of a supporter to `returning` or null. Reads all these gifts, because the
 * kind of each one depends on the others.
 */
export async function setSupporterKindOfGifts(context: Context, supporterId: string): Promise<void> {
  const { tx } = context;
  const gifts = await listRecurringGiftsOf(tx, supporterId);
  const returning = gifts.length > 1 ? await listGiftIdsBegunAfterAnotherEnded(tx, supporterId) : [];
  for (const gift of gifts) {
    const supporterKind = returning.includes(gift.id) ? "returning" : null;
    if (gift.supporterKind === supporterKind) continue;
    await updateOwnMovements(context, await changeRecurringGift(context, gift, { supporterKind }));
  }
}

async function updateOwnMovements(context: Context, gift: RecurringGift): Promise<boolean> {
  const { tx, timeZone } = context;
  const { id, subscriptionId } = gift;
  const notes = await listRecurringGiftChangesOf(tx, subscriptionId);
  const lastPaidAt = historyNeedsLastPaidAt(gift) ? await findLastPaidAt(tx, id) : null;
  const { movements: after, overdueSince } = deriveRecurringMovements({ gift, notes, lastPaidAt });
  await changeRecurringGift(context, gift, { overdueSince });
  const before = await listRecurringMovements(tx, subscriptionId);
  if (hasSameRecurringMovements(before, after)) return false;
  await replaceRecurringMovements(tx, subscriptionId, after);
  await addToRecurringMovementTotals(tx, recurringMovementTotalChanges(before, after, timeZone));
  return true;
}

export function hasSameRecurringMovements(
  a: readonly RecurringMovementWithKind[],
  b: readonly RecurringMovementWithKind[],
): boolean {
  return a.length === b.length && a.every((movement, n) => isSame(movement, b[n] as RecurringMovementWithKind));
}

function isSame(a: RecurringMovementWithKind, b: RecurringMovementWithKind): boolean {
  return (
    a.kind === b.kind &&
    a.movedAt.getTime() === b.movedAt.getTime() &&
    a.currency === b.currency &&
    a.yearMinor === b.yearMinor
  );
}
