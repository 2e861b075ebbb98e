// The recurring gifts of the ledger. Stripe promises no order of events, so an event only says "look again": the state is
// what Stripe shows when it is asked, numbered so that an older answer never replaces a newer one.
import type { RecurringGift } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import type { RecurringFrequency } from "../giving/frequency";
import type { Money } from "../money";
import type { CustomerChanged, Origin, RecurringGiftChanged, RecurringNote, RecurringState } from "./fact";
import { UNLESS_THERE } from "./many-rows";
import { queuePaymentMail, redirectMail } from "./payment-mail";
import type { RecordOptions } from "./record";
import type { Recording } from "./recording";
import { addRecurringGift, changeRecurringGift, newRecurringGift, noteInRecurringGifts } from "./recurring-rows";
import { addRow, changeRow, findRow } from "./rows";
import { followAddress, hasAddress, leaveEmpty, recordSupporter } from "./supporters";
import { queueAllWentBack } from "./went-back";

/** A first sight is taken as it is, a later one asks for a look at Stripe, an end is final. */
export async function recordRecurringGift(recording: Recording, fact: RecurringGiftChanged): Promise<void> {
  const { tx, now } = recording;
  const { state, notes } = fact;
  const { subscriptionId } = state;
  for (const note of notes) await recordNote(recording, { subscriptionId, note });
  const known = await findRow(tx, "RecurringGift", { subscriptionId });
  if (known?.status === "canceled") return;
  if (known) {
    const end = state.status === "canceled" ? columns(state) : {};
    await changeRecurringGift(tx, known, { ...end, changesSeen: known.changesSeen + 1, fetchAfter: now });
  } else {
    const began = await beginning(tx, state.origin);
    await addRecurringGift(tx, { ...newRecurringGift(now), ...columns(state), ...began });
  }
}

async function recordNote(
  { tx, now }: Recording,
  { subscriptionId, note }: { subscriptionId: string; note: RecurringNote },
): Promise<void> {
  const { key, kind, money, reason, notedAt } = note;
  const told = { kind, reason, notedAt, ...sumOf(money) };
  await addRow(tx, "RecurringNote", { key, subscriptionId, ...told, recordedAt: now }, UNLESS_THERE);
}

/** All gifts of the customer are looked at again: what Stripe then shows is taken, the customer's address with it. */
export async function recordCustomer({ tx, now }: Recording, { customerId }: CustomerChanged): Promise<void> {
  await noteInRecurringGifts(tx, { customerId }, lookAgain(now));
}

/** The row of a recurring gift that a payment or Checkout spoke of, perhaps before Stripe told us of the gift itself. */
export async function ensureRecurringGift(
  { tx, now }: Recording,
  told: {
    subscriptionId: string;
    customerId: string | null;
    money: Money;
    frequency?: RecurringFrequency;
    origin: Origin;
  },
): Promise<RecurringGift> {
  const { subscriptionId, customerId, money, origin } = told;
  const known = await findRow(tx, "RecurringGift", { subscriptionId });
  if (known) return known;
  const frequency = told.frequency ?? (await frequencyAskedFor(tx, origin));
  return addRecurringGift(tx, {
    ...newRecurringGift(now),
    subscriptionId,
    customerId,
    amountMinor: BigInt(money.amountMinor),
    currency: money.currency,
    frequency,
    status: "starting",
    ...(await beginning(tx, origin)),
  });
}

/** Who gives, as Checkout told it. */
export async function recordSubscriber(
  recording: Recording,
  told: {
    recurring: { subscriptionId: string; customerId: string | null; money: Money };
    email: string | null;
    origin: Origin;
  },
): Promise<void> {
  const gift = await ensureRecurringGift(recording, { ...told.recurring, origin: told.origin });
  await nameGiver(recording, { gift, ...told });
}

/**
 * Ties a recurring gift, and payments of it that came without a name, to who gives. The first name stays: a telling that names
 * another may be older or newer, so Stripe is asked.
 */
export async function nameGiver(
  recording: Recording,
  { gift, email, origin }: { gift: RecurringGift; email: string | null; origin: Origin },
): Promise<RecurringGift> {
  const { tx, now, silent } = recording;
  const { supporterId } = gift;
  if (!supporterId) return giveTo(recording, gift, await recordSupporter(recording, { email, locale: origin.locale }));
  if (silent || !email || (await hasAddress(recording, { supporterId, email }))) return gift;
  const [asked] = await noteInRecurringGifts(tx, { id: gift.id }, lookAgain(now));
  return asked ?? gift;
}

/** The gift and its payments become this supporter's, with the mail that waited for a name. Nothing where nobody is named. */
async function giveTo(recording: Recording, gift: RecurringGift, supporterId: string | null): Promise<RecurringGift> {
  const { tx } = recording;
  if (!supporterId) return gift;
  for (const before of await tx.payment.findMany({ where: { recurringGiftId: gift.id } })) {
    if (before.supporterId === supporterId) continue;
    const payment = await changeRow(tx, "Payment", { before, to: { supporterId } });
    await queuePaymentMail(recording, payment);
    await queueAllWentBack(recording, payment);
  }
  return gift.supporterId === supporterId ? gift : changeRecurringGift(tx, gift, { supporterId });
}

/** `email`: what Stripe has now for the gift's customer. What they gave follows it, and mail that has not left goes there. */
async function followCustomer(
  recording: Recording,
  { gift, email, locale }: { gift: RecurringGift; email: string; locale: string },
): Promise<void> {
  const { id, supporterId, customerId } = gift;
  if (!supporterId) return void (await giveTo(recording, gift, await recordSupporter(recording, { email, locale })));
  if (await hasAddress(recording, { supporterId, email })) return void (await giveTo(recording, gift, supporterId));
  const owner = await followAddress(recording, { supporterId, customerId, email, locale });
  if (!owner) return;
  await giveTo(recording, gift, owner);
  if (owner !== supporterId) await leaveEmpty(recording, { from: supporterId, to: owner });
  await redirectMail(recording, { recurringGiftId: id, supporterId: owner });
}

/** Says that Stripe's side has changed, or may have: it will be looked at. Returns the number of this change. */
export async function noteChange(db: Db, { id, now }: { id: string; now: Date }): Promise<number> {
  const [gift] = await db.$transaction((tx) => noteInRecurringGifts(tx, { id }, lookAgain(now)));
  if (!gift) throw new Error(`there is no recurring gift ${id}`);
  return gift.changesSeen;
}

/** The recurring gifts that Stripe should be asked about, longest waiting first. */
export function listRecurringGiftsToFetch(db: Db, { now, most }: { now: Date; most: number }) {
  return db.recurringGift.findMany({
    where: { fetchAfter: { lte: now } },
    orderBy: { fetchAfter: "asc" },
    take: most,
    select: { id: true, subscriptionId: true, changesSeen: true, fetchAttempts: true },
  });
}

/**
 * Takes what Stripe showed after change number `seen`. An answer to an older question than the last one taken is dropped;
 * an end that is known stays.
 */
export async function applyFetchedState(
  db: Db,
  { id, seen, state, terms }: { id: string; seen: number; state: RecurringState; terms: RecordOptions },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const known = await tx.recurringGift.findUniqueOrThrow({ where: { id } });
    if (known.changesFetched >= seen) return;
    const ended = known.status === "canceled" && state.status !== "canceled";
    const gift = await changeRecurringGift(tx, known, {
      ...(ended ? {} : columns(state)),
      changesFetched: seen,
      fetchAttempts: 0,
      fetchAfter: known.changesSeen > seen ? known.fetchAfter : null,
    });
    const { email, origin } = state;
    if (email) await followCustomer({ ...terms, tx }, { gift, email, locale: origin.locale });
  });
}

/** Stripe could not be asked after change number `seen`: again later, unless a newer look has been taken meanwhile. */
export async function postponeFetch(
  db: Db,
  { id, seen, until }: { id: string; seen: number; until: Date },
): Promise<void> {
  const data = { fetchAfter: until, fetchAttempts: { increment: 1 } };
  await db.$transaction((tx) => noteInRecurringGifts(tx, { id, changesFetched: { lt: seen } }, data));
}

function columns(state: RecurringState) {
  const { money, origin, email: _, ...rest } = state;
  return { ...rest, amountMinor: BigInt(money.amountMinor), currency: money.currency };
}

/** Checkout does not say how often; the form did. */
async function frequencyAskedFor(tx: Tx, { giftId }: Origin): Promise<RecurringFrequency> {
  const asked = await findRow(tx, "Gift", { id: giftId });
  return asked?.frequency === "yearly" ? "yearly" : "monthly";
}

async function beginning(tx: Tx, { giftId, article, appeal, variant }: Origin) {
  const gift = await findRow(tx, "Gift", { id: giftId });
  return { giftId: gift?.id ?? null, article, appeal, variant };
}

function sumOf(money: Money | null | undefined) {
  return { amountMinor: money ? BigInt(money.amountMinor) : null, currency: money?.currency ?? null };
}

function lookAgain(now: Date) {
  return { changesSeen: { increment: 1 }, fetchAfter: now };
}
