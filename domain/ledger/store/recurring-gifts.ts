// Stores recurring gifts. A change of a gift updates the totals in the same transaction. Only this file writes
// recurring gifts and their totals. The one exception is a check, which corrects wrong totals. house.test.ts enforces
// this.
import type { Prisma, RecurringGift, RecurringNote } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import type { LedgerContext } from "../context";
import { RECURRING_TOTAL_SUMMED_COLUMNS, type RecurringTotalChange, recurringTotalChanges } from "../recurring-totals";
import { renewalTotalChanges, type UpcomingRenewalTotalChange } from "../renewal-totals";
import { addRow, findRow, IGNORE_CONFLICT, insertRows, listRows, updateChangedColumns } from "./statements";

export function findRecurringGiftBySubscriptionId(tx: Tx, subscriptionId: string): Promise<RecurringGift | null> {
  return findRow(tx, "RecurringGift", { subscriptionId });
}

export async function getRecurringGift(tx: Tx, id: string): Promise<RecurringGift> {
  const gift = await findRow(tx, "RecurringGift", { id });
  if (!gift) throw new Error(`recurring gift ${id} does not exist`);
  return gift;
}

export function listRecurringGiftsOf(tx: Tx, supporterId: string): Promise<RecurringGift[]> {
  return listRows(tx, "RecurringGift", { supporterId });
}

export async function listStripeCustomerIds(db: Db, supporterId: string): Promise<string[]> {
  const rows = await db.recurringGift.findMany({ where: { supporterId }, select: { customerId: true } });
  return [...new Set(rows.flatMap(({ customerId }) => customerId ?? []))];
}

export function listRecurringGiftsNotEnded(db: Db, supporterId: string) {
  return db.recurringGift.findMany({
    where: { supporterId, status: { not: "canceled" } },
    select: { id: true, subscriptionId: true },
  });
}

export async function addRecurringGift(context: Context, gift: RecurringGift): Promise<RecurringGift> {
  await addRow(context.tx, "RecurringGift", gift);
  await count(context, { before: null, gift });
  return gift;
}

/** Changes a gift and updates the totals. `before` must have been read in this transaction, so that it is current. */
export async function changeRecurringGift(
  context: Context,
  before: RecurringGift,
  to: Partial<RecurringGift>,
): Promise<RecurringGift> {
  const gift = await updateChangedColumns(context.tx, "RecurringGift", { before, to });
  await count(context, { before, gift });
  return gift;
}

/**
 * Schedules a fetch of these gifts from Stripe. Must run in a transaction. Otherwise a transaction that read the gift
 * earlier could overwrite `changesSeen` with the old number, and the fetch would not happen.
 */
export function scheduleGiftFetch(
  tx: Tx,
  where: Prisma.RecurringGiftWhereInput,
  fetchAfter: Date,
): Promise<RecurringGift[]> {
  return tx.recurringGift.updateManyAndReturn({
    where,
    data: { changesSeen: { increment: 1 }, fetchAfter },
  });
}

/** Revokes the mailed links to this supporter's gifts. With such a link, a gift can be changed without signing in. */
export async function revokeMailedGiftLinks(tx: Tx, supporterId: string): Promise<void> {
  await tx.recurringGift.updateMany({ where: { supporterId }, data: { linkEpoch: { increment: 1 } } });
}

/**
 * Postpones the next fetch of the gift, after the fetch for the change `changeNumber` has failed. Does nothing if a
 * fetch for this or a later change has succeeded.
 */
export async function postponeNextFetch(
  tx: Tx,
  { id, changeNumber, until }: { id: string; changeNumber: number; until: Date },
): Promise<void> {
  const data = { fetchAfter: until, fetchAttempts: { increment: 1 } };
  await tx.recurringGift.updateMany({ where: { id, changesFetched: { lt: changeNumber } }, data });
}

export function listRecurringGiftsToFetch(db: Db, { now, limit }: { now: Date; limit: number }) {
  return db.recurringGift.findMany({
    where: { fetchAfter: { lte: now } },
    orderBy: { fetchAfter: "asc" },
    take: limit,
    select: { id: true, subscriptionId: true, changesSeen: true, fetchAttempts: true },
  });
}

export function listGiftsThatResume(db: Db, { from, until }: { from: Date; until: Date }): Promise<RecurringGift[]> {
  return db.recurringGift.findMany({ where: { status: "paused", resumesAt: { gt: from, lte: until } } });
}

/**
 * Lists active, overdue and paused recurring gifts without a planned end, whose card expires in this period. Leaves out
 * gifts without a known supporter.
 */
export function listGiftsWithExpiringCard(db: Db, { from, until }: { from: Date; until: Date }) {
  return db.recurringGift.findMany({
    where: {
      cardExpiresAt: { gt: from, lte: until },
      status: { in: ["active", "past_due", "paused"] },
      cancelAt: null,
      supporterId: { not: null },
    },
    select: { subscriptionId: true, supporterId: true, cardExpiresAt: true },
  });
}

export async function insertNewRecurringGiftChanges(tx: Tx, notes: RecurringNote[]): Promise<number> {
  if (notes.length === 0) return 0;
  return insertRows(tx, { into: "RecurringNote", rows: notes, onConflict: IGNORE_CONFLICT });
}

type Context = Pick<LedgerContext, "tx" | "timeZone">;

async function count(
  { tx, timeZone }: Context,
  { before, gift }: { before: RecurringGift | null; gift: RecurringGift },
): Promise<void> {
  await addToRecurringTotals(tx, recurringTotalChanges(before, gift));
  await addToUpcomingRenewalTotals(tx, renewalTotalChanges(before, gift, timeZone));
}

async function addToRecurringTotals(tx: Tx, changes: RecurringTotalChange[]): Promise<void> {
  if (changes.length > 0) await insertRows(tx, { into: "RecurringTotal", rows: changes, onConflict: ADD });
}

export async function addToUpcomingRenewalTotals(tx: Tx, changes: UpcomingRenewalTotalChange[]): Promise<void> {
  if (changes.length > 0) await insertRows(tx, { into: "RenewalTotal", rows: changes, onConflict: ADD_RENEWALS });
}

const ADD = `ON CONFLICT ("currency", "frequency", "status") DO UPDATE SET
  ${RECURRING_TOTAL_SUMMED_COLUMNS.map((name) => `"${name}" = "RecurringTotal"."${name}" + excluded."${name}"`).join(", ")}`;
const ADD_RENEWALS = `ON CONFLICT ("day", "currency", "frequency") DO UPDATE SET
  "gifts" = "RenewalTotal"."gifts" + excluded."gifts", "amountMinor" = "RenewalTotal"."amountMinor" + excluded."amountMinor"`;
