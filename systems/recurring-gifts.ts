// A supporter's changes to a recurring gift. Stripe changes first, then the ledger takes over Stripe's new state. The webhook
// that follows repeats it and changes nothing more.
import "server-only";
import { applyFetchedState, noteChange } from "../domain/ledger/recurring-gifts";
import type { Money } from "../domain/money";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { ledgerContext } from "./ledger-context";
import { type StripeClient, stripe } from "./stripe/client";
import { cancelAt, changeAmountAt, recurringStateOf, retrieveSubscription, undoCancelAt } from "./stripe/subscription";

type Target = { recurringGiftId: string };

/**
 * Takes effect from the next payment on. An unusual gift is not changed at Stripe. Either way the ledger then shows Stripe's state.
 * Throws when Stripe refuses or is unreachable; the ledger is unchanged then.
 */
export function changeAmount(db: Db, { recurringGiftId, money }: Target & { money: Money }): Promise<void> {
  return apply(db, { recurringGiftId, change: (client, target) => changeAmountAt(client, { ...target, money }) });
}

/** Ends the gift with its paid period, or at once when the current period is unpaid. */
export function cancelRecurringGift(db: Db, { recurringGiftId }: Target): Promise<void> {
  return apply(db, { recurringGiftId, change: cancelAt });
}

export function undoCancel(db: Db, { recurringGiftId }: Target): Promise<void> {
  return apply(db, { recurringGiftId, change: undoCancelAt });
}

type Change = (stripe: StripeClient, target: Parameters<typeof cancelAt>[1]) => Promise<unknown>;

async function apply(db: Db, { recurringGiftId, change }: Target & { change: Change }): Promise<void> {
  const { id, subscriptionId } = await db.recurringGift.findUniqueOrThrow({ where: { id: recurringGiftId } });
  await change(stripe(), { subscriptionId, key: newKey() });
  await refresh(db, { id, subscriptionId });
}

async function refresh(db: Db, { id, subscriptionId }: { id: string; subscriptionId: string }): Promise<void> {
  const seen = await noteChange(db, { id, now: currentTime() });
  await takeFromStripe(db, { id, subscriptionId, seen });
}

/** Fetches the subscription's state from Stripe and stores it. `seen`: the number of the latest change that it includes. */
export async function takeFromStripe(
  db: Db,
  which: { id: string; subscriptionId: string; seen: number },
): Promise<void> {
  const state = recurringStateOf(await retrieveSubscription(stripe(), which.subscriptionId));
  if (!state) throw new Error(`subscription ${which.subscriptionId} is not ours`);
  await applyFetchedState(db, { id: which.id, seen: which.seen, state, options: ledgerContext(currentTime()) });
}

/** One idempotency key per click: the Stripe package's own retry repeats the same call. */
function newKey(): string {
  return crypto.randomUUID();
}
