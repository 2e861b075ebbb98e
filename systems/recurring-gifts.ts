// What a supporter does to a recurring gift: Stripe first, then the ledger takes what Stripe now shows. The webhook tells the
// same again and changes nothing more.

import { noteChange, takeState } from "../domain/ledger/recurring-gifts";
import type { Money } from "../domain/money";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { stripe } from "./stripe/client";
import { cancelAt, changeAmountAt, recurringStateOf, retrieveSubscription, undoCancelAt } from "./stripe/subscription";

type Which = { recurringGiftId: string };

/** From the next payment on. Throws where Stripe refuses or cannot be reached; then nothing has changed here. */
export async function changeAmount(db: Db, { recurringGiftId, money }: Which & { money: Money }): Promise<void> {
  const gift = await db.recurringGift.findUniqueOrThrow({ where: { id: recurringGiftId } });
  const { subscriptionId, subscriptionItemId: itemId, productId, frequency } = gift;
  if (!itemId || !productId) throw new Error(`recurring gift ${gift.id} has not been looked at yet`);
  const which = { subscriptionId, itemId, productId, money };
  await changeAmountAt(stripe(), { ...which, frequency: frequency === "yearly" ? "yearly" : "monthly", key: newKey() });
  await lookAt(db, { id: gift.id, subscriptionId });
}

/** With the end of the period that is paid for; at once where it is not. */
export function cancelRecurringGift(db: Db, { recurringGiftId }: Which): Promise<void> {
  return ask(db, { recurringGiftId, change: cancelAt });
}

export function undoCancel(db: Db, { recurringGiftId }: Which): Promise<void> {
  return ask(db, { recurringGiftId, change: undoCancelAt });
}

async function ask(db: Db, { recurringGiftId, change }: Which & { change: typeof cancelAt }): Promise<void> {
  const { id, subscriptionId } = await db.recurringGift.findUniqueOrThrow({ where: { id: recurringGiftId } });
  await change(stripe(), { subscriptionId, key: newKey() });
  await lookAt(db, { id, subscriptionId });
}

async function lookAt(db: Db, { id, subscriptionId }: { id: string; subscriptionId: string }): Promise<void> {
  const seen = await noteChange(db, { id, now: currentTime() });
  await takeFromStripe(db, { id, subscriptionId, seen });
}

/** Asks Stripe for the state after change number `seen` and takes it. */
export async function takeFromStripe(
  db: Db,
  which: { id: string; subscriptionId: string; seen: number },
): Promise<void> {
  const state = recurringStateOf(await retrieveSubscription(stripe(), which.subscriptionId));
  if (!state) throw new Error(`subscription ${which.subscriptionId} is not ours`);
  await takeState(db, { id: which.id, seen: which.seen, state });
}

/** One press of a button, one key: the package's own retry of it is the same call to Stripe. */
function newKey(): string {
  return crypto.randomUUID();
}
