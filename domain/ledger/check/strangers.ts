// Rows of ours that Stripe's lists did not tell of: money that is in the books and not at Stripe.
import type { Db } from "../../database";
import type { Difference, Place } from "./row";

const PAGE = 500;

type Held = { id: string; key: string };
type Pager = (db: Db, page: { after: string; until: Date | null; take: number }) => Promise<Held[]>;

const before = (until: Date | null) => (until ? { recordedAt: { lt: until } } : {});

/** Only rows that are about a payment of ours: a refund or dispute that waits for one may be another product's. */
const PAGERS: Partial<Record<Place, Pager>> = {
  payment: async (db, { after, until, take }) => {
    const where = { id: { gt: after }, ...before(until) };
    const rows = await db.payment.findMany({ where, orderBy: { id: "asc" }, take });
    return rows.map(({ id, invoiceId, paymentIntentId }) => ({ id, key: invoiceId ?? paymentIntentId ?? id }));
  },
  entry: async (db, { after, until, take }) => {
    const where = { key: { gt: after }, ...before(until) };
    return (await db.entry.findMany({ where, orderBy: { key: "asc" }, take })).map(({ key }) => ({ id: key, key }));
  },
  balance: async (db, { after, until, take }) =>
    named(
      await db.balanceEntry.findMany({ where: { id: { gt: after }, ...before(until) }, orderBy: { id: "asc" }, take }),
    ),
  refund: async (db, { after, until, take }) => {
    const where = { id: { gt: after }, paymentId: { not: null }, ...before(until) };
    return named(await db.refund.findMany({ where, orderBy: { id: "asc" }, take }));
  },
  dispute: async (db, { after, until, take }) => {
    const where = { id: { gt: after }, paymentId: { not: null }, ...before(until) };
    return named(await db.dispute.findMany({ where, orderBy: { id: "asc" }, take }));
  },
  payout: async (db, { after, until, take }) =>
    named(await db.payout.findMany({ where: { id: { gt: after }, ...before(until) }, orderBy: { id: "asc" }, take })),
  "recurring-gift": async (db, { after, until, take }) => {
    const where = { id: { gt: after }, ...before(until) };
    const rows = await db.recurringGift.findMany({ where, orderBy: { id: "asc" }, take });
    return rows.map(({ id, subscriptionId }) => ({ id, key: subscriptionId }));
  },
};

/** Those recorded before `until` (null: all) that the check `checkId` has not met at Stripe. */
export async function findStrangers(
  db: Db,
  { checkId, until }: { checkId: string; until: Date | null },
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const [place, pager] of Object.entries(PAGERS)) {
    let after = "";
    while (true) {
      const page = await pager(db, { after, until, take: PAGE });
      const keys = page.map(({ key }) => `${place} ${key}`);
      const seen = await db.booksSeen.findMany({ where: { checkId, key: { in: keys } }, select: { key: true } });
      const known = new Set(seen.map(({ key }) => key));
      for (const { key } of page)
        if (!known.has(`${place} ${key}`))
          found.push({ object: key, place, cause: "not-at-stripe", ours: key, theirs: null });
      if (page.length < PAGE) break;
      after = page.at(-1)?.id ?? "";
    }
  }
  return found;
}

function named(rows: { id: string }[]): Held[] {
  return rows.map(({ id }) => ({ id, key: id }));
}
