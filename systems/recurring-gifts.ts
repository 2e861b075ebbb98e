// What a supporter does to a recurring gift: Stripe first, then the ledger takes what Stripe now shows. The webhook tells the
// same again and changes nothing more.

import { applyFetchedState, noteChange } from "../domain/ledger/recurring-gifts";
import type { Money } from "../domain/money";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { recordingTerms } from "./recording";
import { type StripeClient, stripe } from "./stripe/client";
import { cancelAt, changeAmountAt, recurringStateOf, retrieveSubscription, undoCancelAt } from "./stripe/subscription";

type Which = { recurringGiftId: string };

/**
 * From the next payment on, where the gift is one plain price at Stripe; else nothing changes there. The ledger then shows what became
 * of it. Throws where Stripe refuses or cannot be reached; then nothing has changed here.
 */
export function changeAmount(db: Db, { recurringGiftId, money }: Which & { money: Money }): Promise<void> {
  return ask(db, { recurringGiftId, change: (stripes, pressed) => changeAmountAt(stripes, { ...pressed, money }) });
}

/** With the end of the period that is paid for; at once where it is not. */
export function cancelRecurringGift(db: Db, { recurringGiftId }: Which): Promise<void> {
  return ask(db, { recurringGiftId, change: cancelAt });
}

export function undoCancel(db: Db, { recurringGiftId }: Which): Promise<void> {
  return ask(db, { recurringGiftId, change: undoCancelAt });
}

type Change = (stripe: StripeClient, pressed: Parameters<typeof cancelAt>[1]) => Promise<unknown>;

async function ask(db: Db, { recurringGiftId, change }: Which & { change: Change }): Promise<void> {
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
  await applyFetchedState(db, { id: which.id, seen: which.seen, state, options: recordingTerms(currentTime()) });
}

/** One press of a button, one key: the package's own retry of it is the same call to Stripe. */
function newKey(): string {
  return crypto.randomUUID();
}
