// The recurring gifts of the ledger. Stripe promises no order of events, so an event only says "look again": the state is
// what Stripe shows when it is asked, numbered so that an older answer never replaces a newer one.
import type { RecurringGift } from "../../generated/sqlite/client";
import type { Db, Tx } from "../../systems/database";
import type { RecurringFrequency } from "../giving/frequency";
import type { Money } from "../money";
import type { CustomerDeleted, Origin, RecurringGiftChanged, RecurringNote, RecurringState } from "./fact";
import { UNLESS_THERE } from "./many-rows";
import type { Recording } from "./recording";
import { addRecurringGift, changeRecurringGift, newRecurringGift, noteInRecurringGifts } from "./recurring-rows";
import { addRow, changeRow, findRow, listRows } from "./rows";
import { recordSupporter } from "./supporters";
import { queueThanks } from "./thanks";
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

/** The gifts of a customer whom Stripe has forgotten are looked at again: what Stripe then shows is taken. */
export async function recordCustomerDeleted({ tx, now }: Recording, { customerId }: CustomerDeleted): Promise<void> {
  await noteInRecurringGifts(tx, { customerId }, lookAgain(now));
}

/** The row of a recurring gift that a payment or Checkout spoke of, perhaps before Stripe told us of the gift itself. */
export async function ensureRecurringGift(
  { tx, now }: Recording,
  told: { subscriptionId: string; money: Money; frequency?: RecurringFrequency; origin: Origin },
): Promise<RecurringGift> {
  const { subscriptionId, money, origin } = told;
  const known = await findRow(tx, "RecurringGift", { subscriptionId });
  if (known) return known;
  const frequency = told.frequency ?? (await frequencyAskedFor(tx, origin));
  return addRecurringGift(tx, {
    ...newRecurringGift(now),
    subscriptionId,
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
  told: { recurring: { subscriptionId: string; money: Money }; email: string | null; origin: Origin },
): Promise<void> {
  const gift = await ensureRecurringGift(recording, { ...told.recurring, origin: told.origin });
  await nameGiver(recording, { gift, ...told });
}

/** Ties a recurring gift, and payments of it that came without a name, to who gives. The first name stays. */
export async function nameGiver(
  recording: Recording,
  { gift, email, origin }: { gift: RecurringGift; email: string | null; origin: Origin },
): Promise<RecurringGift> {
  const { tx } = recording;
  const supporterId = await recordSupporter(recording, { email, locale: origin.locale });
  if (gift.supporterId || !supporterId) return gift;
  for (const unnamed of await listRows(tx, "Payment", { recurringGiftId: gift.id, supporterId: null })) {
    const payment = await changeRow(tx, "Payment", { before: unnamed, to: { supporterId } });
    await queueThanks(recording, payment);
    await queueAllWentBack(recording, payment);
  }
  return changeRecurringGift(tx, gift, { supporterId });
}

/** Says that Stripe's side has changed, or may have: it will be looked at. Returns the number of this change. */
export async function noteChange(db: Db, { id, now }: { id: string; now: Date }): Promise<number> {
  const [gift] = await db.$transaction((tx) => noteInRecurringGifts(tx, { id }, lookAgain(now)));
  if (!gift) throw new Error(`there is no recurring gift ${id}`);
  return gift.changesSeen;
}

/** The recurring gifts that Stripe should be asked about, longest waiting first. */
export function listToLookAt(db: Db, { now, most }: { now: Date; most: number }) {
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
export async function takeState(
  db: Db,
  { id, seen, state }: { id: string; seen: number; state: RecurringState },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const gift = await tx.recurringGift.findUniqueOrThrow({ where: { id } });
    if (gift.changesFetched >= seen) return;
    const ended = gift.status === "canceled" && state.status !== "canceled";
    await changeRecurringGift(tx, gift, {
      ...(ended ? {} : columns(state)),
      changesFetched: seen,
      fetchAttempts: 0,
      fetchAfter: gift.changesSeen > seen ? gift.fetchAfter : null,
    });
  });
}

/** Stripe could not be asked after change number `seen`: again later, unless a newer look has been taken meanwhile. */
export async function postponeLook(
  db: Db,
  { id, seen, until }: { id: string; seen: number; until: Date },
): Promise<void> {
  const data = { fetchAfter: until, fetchAttempts: { increment: 1 } };
  await db.$transaction((tx) => noteInRecurringGifts(tx, { id, changesFetched: { lt: seen } }, data));
}

function columns(state: RecurringState) {
  const { money, origin, ...rest } = state;
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
