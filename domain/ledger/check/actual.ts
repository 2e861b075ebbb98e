// The same rows as the ledger holds them, read a page at a time by their keys.
import type { Db } from "../../database";
import { nameOf, type Place, type Row, SUPPORTER_COLUMN } from "./row";

type Values = Record<string, unknown>;
/** The ledger's rows of one place, by Stripe's ids. */
type Reader = (db: Db, keys: string[]) => Promise<[key: string, values: Values][]>;

const SUPPORTER = { include: { addresses: { where: { until: null }, select: { emailHash: true } } } } as const;
const PAYMENT = { include: { supporter: SUPPORTER, recurringGift: true } } as const;
const WITH_PAYMENT = { include: { payment: true } } as const;

const READERS: Record<Place, Reader> = {
  payment: async (db, keys) => {
    const named = { OR: [{ paymentIntentId: { in: keys } }, { invoiceId: { in: keys } }] };
    const rows = await db.payment.findMany({ where: named, ...PAYMENT });
    return rows.flatMap(({ supporter, recurringGift, ...row }) => {
      const values = { ...row, [SUPPORTER_COLUMN]: hashesOf(supporter), subscriptionId: recurringGift?.subscriptionId };
      return [row.invoiceId, row.paymentIntentId].flatMap((key): [string, Values][] => (key ? [[key, values]] : []));
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
  "recurring-gift": async (db, keys) => {
    const where = { subscriptionId: { in: keys } };
    const rows = await db.recurringGift.findMany({ where, include: { supporter: SUPPORTER } });
    return rows.map(({ supporter, ...row }) => [
      row.subscriptionId,
      { ...row, [SUPPORTER_COLUMN]: hashesOf(supporter) },
    ]);
  },
  "recurring-note": async (db, keys) => byKey(await db.recurringNote.findMany({ where: { key: { in: keys } } })),
  attempt: async (db, keys) => byKey(await db.failedAttempt.findMany({ where: { key: { in: keys } } })),
};

/** The ledger's counterparts of rows that Stripe told of, by name. */
export async function actualRows(db: Db, wanted: readonly Row[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  for (const place of new Set(wanted.map((row) => row.place))) {
    const keys = [...new Set(wanted.filter((row) => row.place === place).map((row) => row.key))];
    for (const [key, values] of await READERS[place](db, keys)) {
      const row: Row = { place, key, columns: textsOf(values) };
      found.set(nameOf(row), row);
    }
  }
  return found;
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

function textsOf(values: Values): Row["columns"] {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}
