// Records recurring gifts. Stripe does not guarantee the order of events, so most events only request a fetch of the
// gift's current state. Fetches are numbered, so that an older answer never replaces a newer one.
import type { RecurringGift } from "../../generated/sqlite/client";
import type { Db } from "../database";
import type { RecurringFrequency } from "../giving/frequency";
import type { Money } from "../money";
import { queueGiftChangedMail } from "./changed-mail";
import type { LedgerContext, RecordFactsOptions } from "./context";
import { deleteSupporterIfWithoutGifts, queueErasuresAtStripe } from "./erasure";
import type { CustomerChanged, ParsedGiftMetadata, RecurringGiftAtStripe, RecurringGiftChanged } from "./fact";
import { rederiveFirstAndLastPayment } from "./first-payments";
import { rederiveMovementsOfRecurringGift, setSupporterKindOfGifts } from "./movements";
import { queueDueMailAboutPayment, redirectUnsentGiftMail } from "./payment-mail";
import {
  affectsRecurringMovements,
  amountColumns,
  chosenFrequencyOrMonthly,
  newRecurringGiftColumns,
  originColumns,
  recurringGiftColumnsFromState,
  recurringGiftHistoryRow,
  recurringGiftUpdateAfterEvent,
  recurringGiftUpdateAfterFetch,
} from "./recurring-gift-rules";
import { queueMailsOfAllRefunds } from "./refund-mail";
import { queueMailForRecentFailedRenewals } from "./renewal-mail";
import { changePayment, findStartedGiftRow, listPaymentsOf } from "./store/payments";
import {
  addRecurringGift,
  changeRecurringGift,
  findRecurringGiftBySubscriptionId,
  getRecurringGift,
  insertNewRecurringGiftChanges,
  postponeNextFetch,
  scheduleGiftFetch,
} from "./store/recurring-gifts";
import {
  ensureSupporterAfterEmailChange,
  hasCurrentAddress,
  mergeSupporterIfWithoutGifts,
  recordSupporter,
} from "./supporters";

/**
 * Records an event about a recurring gift, and requests a fetch of the gift's state from Stripe. The event's own state
 * can be outdated, so it is stored only for a new gift or an ended one.
 */
export async function recordRecurringGift(context: LedgerContext, fact: RecurringGiftChanged): Promise<void> {
  const { tx, now } = context;
  const { state, notes } = fact;
  const { subscriptionId, origin } = state;
  const isNews =
    (await insertNewRecurringGiftChanges(
      tx,
      notes.map((note) => recurringGiftHistoryRow(subscriptionId, note, now)),
    )) > 0;
  const before = await findRecurringGiftBySubscriptionId(tx, subscriptionId);
  const gift = before ? await changeByEvent(context, before, state) : await addByEvent(context, state);
  if (isNews || !before || affectsRecurringMovements(before, gift))
    await rederiveMovementsOfRecurringGift(context, subscriptionId);
  if (origin.erasedAt) await nameNobody(context, { gift, erasedAt: origin.erasedAt });
}

async function changeByEvent(context: LedgerContext, before: RecurringGift, state: RecurringGiftAtStripe) {
  if (before.status === "canceled") return before;
  const after = await changeRecurringGift(context, before, recurringGiftUpdateAfterEvent(before, state, context.now));
  if (!state.origin.erasedAt) await queueGiftChangedMail(context, { before, after });
  return after;
}

async function addByEvent(context: LedgerContext, state: RecurringGiftAtStripe): Promise<RecurringGift> {
  const { tx, now } = context;
  const { origin } = state;
  const columns = {
    ...recurringGiftColumnsFromState(state),
    ...originColumns(origin, await findStartedGiftRow(tx, origin.giftId)),
  };
  return addRecurringGift(context, { ...newRecurringGiftColumns(now), ...columns });
}

/** Requests a fetch of all gifts of this customer. The fetch also reads the customer's e-mail address and card. */
export async function scheduleGiftFetchesOfCustomer(
  { tx, now }: LedgerContext,
  { customerId }: CustomerChanged,
): Promise<void> {
  await scheduleGiftFetch(tx, { customerId }, now);
}

/** Returns the recurring gift. Adds it if Stripe's event about the gift itself has not arrived yet. */
export async function ensureRecurringGift(
  context: LedgerContext,
  details: {
    subscriptionId: string;
    customerId: string | null;
    money: Money;
    frequency?: RecurringFrequency;
    origin: ParsedGiftMetadata;
  },
): Promise<RecurringGift> {
  const { tx, now } = context;
  const { subscriptionId, customerId, money, origin } = details;
  const before = await findRecurringGiftBySubscriptionId(tx, subscriptionId);
  if (before) return before;
  const gift = await findStartedGiftRow(tx, origin.giftId);
  return addRecurringGift(context, {
    ...newRecurringGiftColumns(now),
    subscriptionId,
    customerId,
    ...amountColumns({ money, origin }),
    frequency: details.frequency ?? chosenFrequencyOrMonthly(gift),
    status: "starting",
    ...originColumns(origin, gift),
  });
}

export async function recordRecurringGiftSupporter(
  context: LedgerContext,
  session: {
    recurring: { subscriptionId: string; customerId: string | null; money: Money };
    closedAt?: Date;
    email: string | null;
    origin: ParsedGiftMetadata;
  },
): Promise<void> {
  const { recurring, origin, closedAt: at = context.now } = session;
  await linkGiftToSupporter(context, {
    gift: await ensureRecurringGift(context, { ...recurring, origin }),
    ...session,
    at,
  });
}

/**
 * Links a recurring gift and its payments to the supporter with this `email`, unless the supporter was erased. A gift
 * that already has a supporter keeps that supporter. If `email` is not a current address of that supporter, requests a
 * fetch of the gift from Stripe, because `email` may be outdated. `at`: the time of the fact. If the gift's start is
 * unknown, `at` is used instead of it.
 */
export async function linkGiftToSupporter(
  context: LedgerContext,
  { gift, email, origin, at }: { gift: RecurringGift; email: string | null; origin: ParsedGiftMetadata; at: Date },
): Promise<RecurringGift> {
  const { tx, now, silent } = context;
  const { supporterId, erasedAt } = gift;
  if (erasedAt) return gift;
  if (origin.erasedAt) return nameNobody(context, { gift, erasedAt: origin.erasedAt });
  if (!supporterId) return nameFirst(context, { gift, email, locale: origin.locale, at });
  if (silent || !email || (await hasCurrentAddress(context, { supporterId, email }))) return gift;
  const [requested] = await scheduleGiftFetch(tx, { id: gift.id }, now);
  return requested ?? gift;
}

async function nameFirst(
  context: LedgerContext,
  { gift, email, locale, at }: { gift: RecurringGift; email: string | null; locale: string; at: Date },
): Promise<RecurringGift> {
  const who = await recordSupporter(context, { email, locale, at: gift.startedAt ?? at });
  if (!who.erasedAt) return assignTo(context, gift, who.supporterId);
  await queueErasuresAtStripe(context, {
    "erase-subscription": gift.subscriptionId,
    "erase-customer": gift.customerId,
  });
  return nameNobody(context, { gift, erasedAt: who.erasedAt });
}

/**
 * Removes the erased supporter from a gift and its payments. The supporter can be in the ledger again, because it was
 * restored from an older backup.
 */
async function nameNobody(
  context: LedgerContext,
  { gift, erasedAt }: { gift: RecurringGift; erasedAt: Date },
): Promise<RecurringGift> {
  if (gift.erasedAt) return gift;
  const { tx } = context;
  for (const payment of await listPaymentsOf(tx, gift.id)) await changePayment(tx, payment, { supporterId: null });
  const erased = await changeRecurringGift(context, gift, { supporterId: null, erasedAt, paymentMethodId: null });
  if (!gift.supporterId) return erased;
  await rederiveFirstAndLastPayment(context, gift.supporterId);
  await setSupporterKindOfGifts(context, gift.supporterId);
  await deleteSupporterIfWithoutGifts(context, gift.supporterId);
  return erased;
}

/**
 * Moves the gift and its payments to this supporter, and queues e-mails that waited for a supporter. Does nothing if
 * `supporterId` is null.
 */
async function assignTo(
  context: LedgerContext,
  gift: RecurringGift,
  supporterId: string | null,
): Promise<RecurringGift> {
  const { tx } = context;
  if (!supporterId) return gift;
  for (const before of await listPaymentsOf(tx, gift.id)) {
    if (before.supporterId === supporterId) continue;
    const payment = await changePayment(tx, before, { supporterId });
    await queueDueMailAboutPayment(context, payment);
    await queueMailsOfAllRefunds(context, payment);
    for (const one of [supporterId, before.supporterId]) if (one) await rederiveFirstAndLastPayment(context, one);
  }
  if (gift.supporterId === supporterId) return gift;
  const assigned = await changeRecurringGift(context, gift, { supporterId });
  for (const one of [supporterId, gift.supporterId]) if (one) await setSupporterKindOfGifts(context, one);
  await queueMailForRecentFailedRenewals(context, assigned);
  return assigned;
}

/**
 * Assigns the gift to the supporter who has the e-mail address `email`. This is the current address of the gift's
 * customer at Stripe.
 */
async function followCustomer(
  context: LedgerContext,
  { gift, email, locale }: { gift: RecurringGift; email: string; locale: string },
): Promise<void> {
  const { supporterId, customerId } = gift;
  if (!supporterId) return void (await nameFirst(context, { gift, email, locale, at: context.now }));
  if (await hasCurrentAddress(context, { supporterId, email }))
    return void (await assignTo(context, gift, supporterId));
  const owner = await ensureSupporterAfterEmailChange(context, { supporterId, customerId, email, locale });
  if (!owner) return;
  await assignTo(context, gift, owner);
  if (owner !== supporterId) await mergeSupporterIfWithoutGifts(context, { from: supporterId, to: owner });
  await redirectUnsentGiftMail(context, { gift, supporterId: owner });
}

/**
 * Requests a fetch of the gift's state. Returns the number of this request, which applyFetchedRecurringGiftState()
 * needs as `changeNumber`.
 */
export async function requestRecurringGiftFetch(
  db: Db,
  { id, fetchAfter }: { id: string; fetchAfter: Date },
): Promise<number> {
  const [gift] = await db.$transaction((tx) => scheduleGiftFetch(tx, { id }, fetchAfter));
  if (!gift) throw new Error(`recurring gift ${id} does not exist`);
  return gift.changesSeen;
}

/** `isMadeHere`: the change was just made with a button on this site. */
type Fetched = {
  id: string;
  changeNumber: number;
  state: RecurringGiftAtStripe;
  options: RecordFactsOptions;
  isMadeHere?: boolean;
};

/**
 * Applies the gift's state that was fetched from Stripe. `changeNumber`: from requestRecurringGiftFetch(). Does nothing
 * if a state with this or a higher number has been applied.
 */
export async function applyFetchedRecurringGiftState(
  db: Db,
  { id, changeNumber, state, options, isMadeHere }: Fetched,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const before = await getRecurringGift(tx, id);
    const changes = recurringGiftUpdateAfterFetch(before, { changeNumber, state });
    if (!changes) return;
    const context = { ...options, tx };
    const gift = await changeRecurringGift(context, before, changes);
    if (affectsRecurringMovements(before, gift)) await rederiveMovementsOfRecurringGift(context, gift.subscriptionId);
    const { email, origin } = state;
    if (gift.erasedAt) return;
    if (origin.erasedAt) {
      await nameNobody(context, { gift, erasedAt: origin.erasedAt });
      return;
    }
    if (email) await followCustomer(context, { gift, email, locale: origin.locale });
    const { periodStartedAt } = state;
    await queueGiftChangedMail(context, { before, after: gift, periodStartedAt, isMadeHere });
  });
}

/**
 * Postpones the next fetch of the gift, after the fetch for the change `changeNumber` has failed. Does nothing if the
 * ledger already has the gift's state after this change or after a later one.
 */
export async function postponeGiftFetch(
  db: Db,
  fetch: { id: string; changeNumber: number; until: Date },
): Promise<void> {
  await db.$transaction((tx) => postponeNextFetch(tx, fetch));
}
