import type { Db, Tx } from "../../../database";
import {
  type ComparedRowKind,
  ERASED_SUPPORTER_PLACEHOLDER,
  NOT_ERASED_AT_STRIPE_PLACEHOLDER,
  READDRESSED_SUPPORTER_PLACEHOLDER,
  SUPPORTER_COLUMN_OF_COMPARABLE_ROWS,
} from "../row";

export type LedgerRowValues = Record<string, unknown>;
type Keyed = [key: string, values: LedgerRowValues];
export type LedgerRowPageQuery = { after: string; until: Date | null; take: number };

const SUPPORTER = { select: { addresses: { where: { until: null }, select: { emailHash: true } } } } as const;
const RECURRING_GIFT = { select: { subscriptionId: true, erasedAt: true } } as const;
const PAYMENT = { include: { supporter: SUPPORTER, recurringGift: RECURRING_GIFT } } as const;
const WITH_PAYMENT = { include: { payment: { select: { invoiceId: true, paymentIntentId: true } } } } as const;

const READERS: Record<ComparedRowKind, (db: Db | Tx, keys: string[]) => Promise<Keyed[]>> = {
  payment: async (db, keys) => {
    const where = { OR: [{ paymentIntentId: { in: keys } }, { invoiceId: { in: keys } }] };
    const rows = await db.payment.findMany({ where, ...PAYMENT });
    const erased = rows
      .filter(({ erasedAt }) => erasedAt)
      .map(({ paymentIntentId }) => `erase-intent:${paymentIntentId}`);
    const unmarked = await listUnmarked(db, erased);
    return rows.flatMap(({ supporter, recurringGift, ...row }) => {
      const subscriptionId = recurringGift?.subscriptionId;
      const who = row.erasedAt
        ? erasedWords(unmarked.has(`erase-intent:${row.paymentIntentId}`))
        : recurringGift?.erasedAt
          ? ERASED_SUPPORTER_PLACEHOLDER
          : ofPayment(row, hashesOf(supporter));
      const values = { ...row, [SUPPORTER_COLUMN_OF_COMPARABLE_ROWS]: who, subscriptionId };
      return [row.invoiceId, row.paymentIntentId].flatMap((key): Keyed[] => (key ? [[key, values]] : []));
    });
  },
  entry: async (db, keys) =>
    (await db.entry.findMany({ where: { key: { in: keys } }, ...WITH_PAYMENT })).map(({ payment, ...row }) => [
      row.key,
      { ...row, of: row.kind === "payment" ? (payment.invoiceId ?? payment.paymentIntentId) : payment.paymentIntentId },
    ]),
  balance: async (db, keys) =>
    (await db.balanceEntry.findMany({ where: { id: { in: keys } }, ...WITH_PAYMENT })).map(({ payment, ...row }) => [
      row.id,
      { ...row, of: payment.paymentIntentId },
    ]),
  refund: async (db, keys) => byId(await db.refund.findMany({ where: { id: { in: keys } } })),
  dispute: async (db, keys) => byId(await db.dispute.findMany({ where: { id: { in: keys } } })),
  payout: async (db, keys) => byId(await db.payout.findMany({ where: { id: { in: keys } } })),
  "payout-entry": async (db, keys) => byId(await db.payoutEntry.findMany({ where: { id: { in: keys } } })),
  "recurring-gift": async (db, keys) => {
    const where = { subscriptionId: { in: keys } };
    const rows = await db.recurringGift.findMany({ where, include: { supporter: SUPPORTER } });
    const erased = rows
      .filter(({ erasedAt }) => erasedAt)
      .map(({ subscriptionId }) => `erase-subscription:${subscriptionId}`);
    const unmarked = await listUnmarked(db, erased);
    return rows.map(({ supporter, ...row }) => {
      const isUnmarked = unmarked.has(`erase-subscription:${row.subscriptionId}`);
      const who = row.erasedAt ? erasedWords(isUnmarked) : hashesOf(supporter);
      return [row.subscriptionId, { ...row, [SUPPORTER_COLUMN_OF_COMPARABLE_ROWS]: who }];
    });
  },
  "recurring-note": async (db, keys) => byKey(await db.recurringNote.findMany({ where: { key: { in: keys } } })),
  attempt: async (db, keys) => byKey(await db.failedAttempt.findMany({ where: { key: { in: keys } } })),
};

const ID = { select: { id: true } } as const;

/**
 * One row on a page of the ledger's rows. `id`: the position from which the next page continues. `key`: the key by
 * which the comparison finds the row's object at Stripe.
 */
type PagedRow = { id: string; key: string };
type Pager = (db: Db, page: LedgerRowPageQuery) => Promise<PagedRow[]>;

/**
 * The functions that read pages of the ledger's rows, one function per kind of row. There is no function for failed
 * attempts and for changes of gifts. Refunds and disputes are left out if the ledger lacks their payment. They can
 * belong to another site on the same Stripe account.
 */
const PAGERS: Partial<Record<ComparedRowKind, Pager>> = {
  payment: async (db, page) => {
    const select = { id: true, invoiceId: true, paymentIntentId: true };
    const rows = await db.payment.findMany({ where: whereOn(page), ...sliceOf(page), select });
    return rows.map(({ id, invoiceId, paymentIntentId }) => ({ id, key: invoiceId ?? paymentIntentId ?? id }));
  },
  entry: async (db, { after, until, take }) => {
    const where = { key: { gt: after }, ...before(until) };
    const rows = await db.entry.findMany({ where, orderBy: { key: "asc" }, take, select: { key: true } });
    return rows.map(({ key }) => ({ id: key, key }));
  },
  balance: async (db, page) => named(await db.balanceEntry.findMany({ where: whereOn(page), ...sliceOf(page), ...ID })),
  refund: async (db, page) => {
    const where = { ...whereOn(page), paymentId: { not: null } };
    return named(await db.refund.findMany({ where, ...sliceOf(page), ...ID }));
  },
  dispute: async (db, page) => {
    const where = { ...whereOn(page), paymentId: { not: null } };
    return named(await db.dispute.findMany({ where, ...sliceOf(page), ...ID }));
  },
  payout: async (db, page) => named(await db.payout.findMany({ where: whereOn(page), ...sliceOf(page), ...ID })),
  "payout-entry": async (db, page) =>
    named(await db.payoutEntry.findMany({ where: whereOn(page), ...sliceOf(page), ...ID })),
  "recurring-gift": async (db, page) => {
    const select = { id: true, subscriptionId: true };
    const rows = await db.recurringGift.findMany({ where: whereOn(page), ...sliceOf(page), select });
    return rows.map(({ id, subscriptionId }) => ({ id, key: subscriptionId }));
  },
};

export const ROW_KINDS_READ_IN_PAGES = Object.keys(PAGERS) as ComparedRowKind[];

export function readLedgerRows(db: Db | Tx, place: ComparedRowKind, keys: string[]): Promise<Keyed[]> {
  return READERS[place](db, keys);
}

/**
 * Returns one page of the ledger's rows. `rowKind`: one of ROW_KINDS_READ_IN_PAGES. `page.until`: only rows recorded
 * before this time; null for all rows.
 */
export async function readLedgerRowPage(
  db: Db,
  rowKind: ComparedRowKind,
  page: LedgerRowPageQuery,
): Promise<PagedRow[]> {
  return (await PAGERS[rowKind]?.(db, page)) ?? [];
}

export async function listRecordedIntentIds(db: Db, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const where = { paymentIntentId: { in: ids } };
  const payments = await db.payment.findMany({ where, select: { paymentIntentId: true } });
  return payments.flatMap(({ paymentIntentId }) => paymentIntentId ?? []);
}

export function findRecurringGiftBySubscription(db: Db, subscriptionId: string) {
  return db.recurringGift.findUnique({ where: { subscriptionId } });
}

/**
 * Returns the subscriptions for which Stripe reported a change after `since`, and which the site has not yet tried to
 * fetch again.
 */
export async function listChangedSubscriptionsNotYetFetched(
  db: Db,
  { subscriptionIds, since }: { subscriptionIds: string[]; since: Date },
) {
  if (subscriptionIds.length === 0) return [];
  const where = { subscriptionId: { in: subscriptionIds }, fetchAfter: { gt: since }, fetchAttempts: 0 };
  const gifts = await db.recurringGift.findMany({ where, select: { subscriptionId: true } });
  return gifts.map(({ subscriptionId }) => subscriptionId);
}

/**
 * Returns the ids of those payouts for which a request for balance transactions, queued after `since`, is still
 * waiting. Leaves out requests that the site has already tried.
 */
export async function listPayoutIdsWithUnfetchedTransactions(
  db: Db,
  { payoutIds, since }: { payoutIds: string[]; since: Date },
) {
  if (payoutIds.length === 0) return [];
  const where = { key: { startsWith: "payout:" }, after: { gt: since }, attempts: 0 };
  const followUps = await db.followUp.findMany({ where, select: { key: true } });
  const waiting = new Set(followUps.map(({ key }) => key.split(":")[1]));
  return payoutIds.filter((id) => waiting.has(id));
}

function whereOn({ after, until }: LedgerRowPageQuery) {
  return { id: { gt: after }, ...before(until) };
}

function sliceOf({ take }: LedgerRowPageQuery) {
  return { orderBy: { id: "asc" }, take } as const;
}

function before(until: Date | null) {
  return until ? { recordedAt: { lt: until } } : {};
}

/**
 * Returns those of the keys whose follow-up is still waiting, for a first or another attempt. A waiting follow-up means
 * that Stripe's metadata does not show the erasure yet.
 */
async function listUnmarked(db: Db | Tx, keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db.followUp.findMany({ where: { key: { in: keys } }, select: { key: true } });
  return new Set(rows.map(({ key }) => key));
}

function ofPayment({ readdressedAt }: { readdressedAt: Date | null }, hashes: string | null): string | null {
  return readdressedAt ? `${hashes ?? ""} ${READDRESSED_SUPPORTER_PLACEHOLDER}`.trimStart() : hashes;
}

function erasedWords(isUnmarked: boolean): string {
  return isUnmarked
    ? `${ERASED_SUPPORTER_PLACEHOLDER} ${NOT_ERASED_AT_STRIPE_PLACEHOLDER}`
    : ERASED_SUPPORTER_PLACEHOLDER;
}

function hashesOf(supporter: { addresses: { emailHash: string }[] } | null): string | null {
  return supporter?.addresses.map(({ emailHash }) => emailHash).join(" ") || null;
}

function byId<T extends { id: string }>(rows: T[]): [string, T][] {
  return rows.map((row) => [row.id, row]);
}

function byKey<T extends { key: string }>(rows: T[]): [string, T][] {
  return rows.map((row) => [row.key, row]);
}

function named(rows: { id: string }[]): PagedRow[] {
  return rows.map(({ id }) => ({ id, key: id }));
}
