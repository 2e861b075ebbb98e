// Finds the recurring gift that a link in an e-mail leads to. The link works without signing in, so its page must not
// show anything about the supporter.
import type { Db } from "../database";
import { queueMail } from "../ledger/outbox";
import { findMailAddress } from "../ledger/store/supporters";
import { type OwnRecurringGift, ownRecurringGift } from "./own-recurring-gifts";
import { findRecurringGiftBySubscription } from "./store";

export type GiftOfMailedLink = {
  gift: OwnRecurringGift;
  subscriptionId: string;
  linkEpoch: number;
  supporterId: string | null;
};

export async function findGiftOfMailedLink(db: Db, subscriptionId: string): Promise<GiftOfMailedLink | null> {
  const row = await findRecurringGiftBySubscription(db, subscriptionId);
  if (!row) return null;
  const { linkEpoch, supporterId } = row;
  return { gift: ownRecurringGift(row), subscriptionId, linkEpoch, supporterId };
}

/**
 * Queues an e-mail with a new link to the gift, at most one a day (`day`). Does nothing if the supporter is unknown or
 * was erased.
 */
export async function queueNewGiftLink(
  db: Db,
  { linked, day, now }: { linked: GiftOfMailedLink; day: string; now: Date },
): Promise<void> {
  const { supporterId, subscriptionId } = linked;
  await db.$transaction(async (tx) => {
    const to = supporterId ? await findMailAddress(tx, supporterId) : null;
    if (!to) return;
    const factKey = `gift-link:${subscriptionId}:${day}`;
    await queueMail(tx, { kind: "gift-link", factKey, to, now, values: { subscriptionId } });
  });
}
