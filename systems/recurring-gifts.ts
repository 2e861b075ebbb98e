// Changes recurring gifts. Each change is made at Stripe first, then the ledger stores Stripe's new state.
import "server-only";
import type Stripe from "stripe";
import type { Gift } from "../domain/giving/gift";
import type { RecurringGiftAtStripe } from "../domain/ledger/fact";
import { recordFacts } from "../domain/ledger/record";
import { applyFetchedRecurringGiftState, requestRecurringGiftFetch } from "../domain/ledger/recurring-gifts";
import type { CancelReason } from "../domain/supporters/own-recurring-gifts";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { buildRecordFactsOptions } from "./ledger-context";
import { openStripeCardUpdatePage, payOpenInvoices, switchToNewerDefaultCard } from "./stripe/card";
import { type StripeClient, stripe } from "./stripe/client";
import { newIdempotencyKey } from "./stripe/key";
import {
  changeAmountAndFrequencyAtStripe,
  moveChargesBackToChosenDay,
  movePaymentDateAtStripe,
  type NextPaymentChangeOutcome,
  putOffNextPaymentAtStripe,
  skipNextPaymentAtStripe,
} from "./stripe/move-payment";
import { restartEndedGift, type StartAgainRefusal } from "./stripe/start-again";
import {
  cancelAtStripe,
  changeAmountAtStripe,
  pauseAtStripe,
  recurringStateOf,
  resumeAtStripe,
  retrieveSubscription,
  undoCancelAtStripe,
} from "./stripe/subscription";
import { voidInvoicesOfEndedOrPausedGift } from "./stripe/void-invoices-of-stopped-gift";

/** The amount of one payment, and the part of it that covers the card fee. */
type Amount = Pick<Gift, "money" | "coveredFeeMinor">;

/**
 * `by`: who makes the change, for the gift's history. `key`: the idempotency key for Stripe, if the caller has stored
 * one. Otherwise each call uses a new key.
 */
type Target = { recurringGiftId: string; by?: "supporter" | "link"; key?: string };

/**
 * Changes the amount of later payments. Changes nothing if the subscription is unusual, such as one with a discount.
 * Throws if Stripe refuses or is down.
 */
export async function changeGiftAmount(db: Db, { money, coveredFeeMinor, ...target }: Target & Amount): Promise<void> {
  await apply(db, {
    ...target,
    change: (client, on) => changeAmountAtStripe(client, { ...on, money, coveredFeeMinor }),
  });
}

/**
 * `shownDate`: the end of the paid period that the supporter's page showed. If the period now ends at another time,
 * nothing is changed.
 */
type Move = Target & { shownDate: Date };

export function skipPayment(db: Db, { shownDate, ...target }: Move): Promise<NextPaymentChangeOutcome> {
  return apply(db, { ...target, change: (client, on) => skipNextPaymentAtStripe(client, { ...on, shownDate }) });
}

/** Moves the next payment. `newDate`: its new day and hour. `day`: the day of the month of later payments. */
export function changeChargeDate(
  db: Db,
  { shownDate, newDate, day, ...target }: Move & { newDate: Date; day: number },
): Promise<NextPaymentChangeOutcome> {
  return apply(db, {
    ...target,
    change: (client, on) => movePaymentDateAtStripe(client, { ...on, shownDate, until: newDate, day }),
  });
}

/** Changes the frequency from the next payment on. Nothing is charged before the end of the paid period. */
export function changeGiftFrequency(
  db: Db,
  { shownDate, frequency, money, coveredFeeMinor, ...target }: Move & Amount & { frequency: "monthly" | "yearly" },
): Promise<NextPaymentChangeOutcome> {
  const change: Change<NextPaymentChangeOutcome> = (client, on) =>
    changeAmountAndFrequencyAtStripe(client, { ...on, shownDate, frequency, money, coveredFeeMinor });
  return apply(db, { ...target, change });
}

/** Ends the gift at the end of the paid period, or at once if the current period is unpaid. */
export async function cancelRecurringGift(
  db: Db,
  { reason = null, ...target }: Target & { reason?: CancelReason | null },
): Promise<void> {
  await apply(db, { ...target, change: (client, on) => cancelAtStripe(client, { ...on, reason }) });
}

export async function undoGiftCancellation(db: Db, target: Target): Promise<void> {
  await apply(db, { ...target, change: undoCancelAtStripe });
}

/**
 * Pauses the gift for `months` months, counted from the end of the current period. Nothing is charged during the pause.
 */
export async function pauseRecurringGift(db: Db, { months, ...target }: Target & { months: number }): Promise<void> {
  await apply(db, { ...target, change: (client, on) => pauseAtStripe(client, { ...on, months }) });
}

/**
 * Postpones the gift's next payment by `months` months. Use this function instead of pauseRecurringGift() for a gift
 * that is charged less often than monthly.
 */
export function putOffPayment(
  db: Db,
  { shownDate, months, ...target }: Move & { months: number },
): Promise<NextPaymentChangeOutcome> {
  return apply(db, {
    ...target,
    change: (client, on) => putOffNextPaymentAtStripe(client, { ...on, shownDate, months }),
  });
}

/** Ends the pause. The payments that the pause left out are never charged. */
export async function resumeRecurringGift(db: Db, target: Target): Promise<void> {
  await apply(db, { ...target, change: resumeAtStripe });
}

/**
 * Switches the gift to the supporter's newer card, if there is one. Then charges each open invoice of the gift once,
 * the oldest first. Stops if the bank refuses a charge.
 */
export function payOpenInvoicesOf(db: Db, target: Target): Promise<Awaited<ReturnType<typeof payOpenInvoices>>> {
  const change: Change<Awaited<ReturnType<typeof payOpenInvoices>>> = async (client, on) => {
    await switchToNewerDefaultCard(client, await retrieveSubscription(client, on.subscriptionId));
    return payOpenInvoices(client, on);
  };
  return apply(db, { ...target, change });
}

/**
 * Starts an ended gift again. Returns the id of the gift that now runs, or the reason why no gift was started. If the
 * reason is `changed`, first copies the gift from Stripe to the ledger, because the gift there has not ended or is
 * unusual.
 */
export async function startGiftAgain(
  db: Db,
  { recurringGiftId }: Target,
): Promise<{ kind: "started"; id: string } | { kind: StartAgainRefusal }> {
  const { subscriptionId } = await db.recurringGift.findUniqueOrThrow({ where: { id: recurringGiftId } });
  const started = await restartEndedGift(stripe(), { subscriptionId });
  if (started.kind === "changed") await refresh(db, { id: recurringGiftId, subscriptionId });
  if (started.kind !== "started") return started;
  const state = stateOf(started.subscription);
  const options = buildRecordFactsOptions(currentTime());
  await recordFacts(db, { ...options, facts: [{ kind: "recurring-gift-changed", state, notes: [] }] });
  const gift = await db.recurringGift.findUniqueOrThrow({ where: { subscriptionId: state.subscriptionId } });
  await refresh(db, gift);
  return { kind: "started", id: gift.id };
}

/**
 * Returns the URL of Stripe's page where the supporter can set another card. The page links back to `path`. Returns
 * null if the ledger contains no customer for the gift, for example because the customer was deleted at Stripe.
 */
export async function openCardPageForGift(
  db: Db,
  { recurringGiftId, path: returnPath }: Target & { path: string },
): Promise<string | null> {
  const { customerId } = await db.recurringGift.findUniqueOrThrow({ where: { id: recurringGiftId } });
  return customerId ? openStripeCardUpdatePage(stripe(), { customerId, returnPath }) : null;
}

type Change<Result> = (stripe: StripeClient, target: { subscriptionId: string; key: string }) => Promise<Result>;

async function apply<Result>(
  db: Db,
  { recurringGiftId, by = "supporter", key = newIdempotencyKey(by), change }: Target & { change: Change<Result> },
): Promise<Result> {
  const { id, subscriptionId } = await db.recurringGift.findUniqueOrThrow({ where: { id: recurringGiftId } });
  // If Stripe's response is lost, Stripe may still have made the change, or only a part of it. Therefore a background
  // job later fetches the gift's state.
  await requestRecurringGiftFetch(db, { id, fetchAfter: new Date(currentTime().getTime() + FETCH_AFTER_MS) });
  const result = await change(stripe(), { subscriptionId, key });
  await refresh(db, { id, subscriptionId });
  return result;
}

/**
 * The time between a request to change a gift and the background job that fetches the gift from Stripe. By then the
 * request has ended, because nobody waits that long for a response.
 */
const FETCH_AFTER_MS = 20 * 1000;

async function refresh(db: Db, { id, subscriptionId }: { id: string; subscriptionId: string }): Promise<void> {
  const seen = await requestRecurringGiftFetch(db, { id, fetchAfter: currentTime() });
  await syncRecurringGift(db, { id, subscriptionId, changeNumber: seen, isMadeHere: true });
}

const SOON_MS = 60 * 60 * 1000;

/**
 * `changeNumber`: the number of the latest known change of the gift. `isMadeHere`: the change was just made with a
 * button on this site.
 */
type Fetching = { id: string; subscriptionId: string; changeNumber: number; isMadeHere?: boolean };

/**
 * Copies the gift's current state from Stripe to the ledger. First corrects the gift at Stripe: voids missed payments,
 * switches to a new card, and restores the charge day.
 */
export async function syncRecurringGift(
  db: Db,
  { id, subscriptionId, changeNumber, isMadeHere = false }: Fetching,
): Promise<void> {
  const found = await retrieveSubscription(stripe(), subscriptionId);
  // Throws if the subscription does not belong to this site. This check must come before the first change at Stripe.
  stateOf(found);
  const settled = await voidInvoicesOfEndedOrPausedGift(stripe(), found);
  const withCard = (await switchToNewerDefaultCard(stripe(), settled)) ?? settled;
  const returned = await moveChargesBackToChosenDay(stripe(), withCard);
  const state = stateOf(returned === null || returned === "later" ? withCard : returned);
  await applyFetchedRecurringGiftState(db, {
    id,
    changeNumber,
    state,
    options: buildRecordFactsOptions(currentTime()),
    isMadeHere,
  });
  if (returned === "later")
    await requestRecurringGiftFetch(db, { id, fetchAfter: new Date(currentTime().getTime() + SOON_MS) });
}

function stateOf(subscription: Stripe.Subscription): RecurringGiftAtStripe {
  const state = recurringStateOf(subscription);
  if (!state) throw new Error(`subscription ${subscription.id} does not belong to this site`);
  return state;
}
