// Statements of the list of payments. Each uses the index by status and time and reads at most the given number of rows, so a filter
// that matches few payments costs no more than one that matches all.
import type { Db } from "../../database";
import type { LatestRow } from "../store";

/** The place of a payment in the list, which is sorted by time and id. */
export type PaymentPlace = { paidAt: Date; id: string };

/** Empty texts: all. `wentBack`: refunded or disputed, also in part. */
export type WantedPayments = {
  status: string;
  wentBack: "" | "yes" | "no";
  currency: string;
  kind: "" | "once" | "recurring";
};

/** `since`: the first moment to read. */
type Look = { after: PaymentPlace; since: Date; most: number };

/** Selects the payments after a place in the list, newest first. */
export function selectPayments(db: Db, wanted: WantedPayments, { after, since, most }: Look): Promise<LatestRow[]> {
  const { status, wentBack, currency, kind } = wanted;
  const { paidAt, id } = after;
  return db.$queryRaw<LatestRow[]>`
    SELECT "id", "paidAt", "amountMinor", "refundedMinor", "disputedMinor", "currency", "frequency", "status", "article", "supporterId"
    FROM "Payment"
    WHERE "status" = ${status} AND "paidAt" >= ${since} AND "paidAt" <= ${paidAt} AND ("paidAt" < ${paidAt} OR "id" < ${id})
      AND (${wentBack} = '' OR (${wentBack} = 'yes') = ("refundedMinor" > 0 OR "disputedMinor" > 0))
      AND (${currency} = '' OR "currency" = ${currency})
      AND (${kind} = '' OR (${kind} = 'once') = ("frequency" = 'once'))
    ORDER BY "paidAt" DESC, "id" DESC LIMIT ${most}`;
}

/**
 * Sorts ids as the list does. A database may sort texts by the rules of a language, so that code cannot foresee the order. Prisma's own
 * call takes fewer ids than a file may need.
 */
export async function sortIds(db: Db, ids: readonly string[]): Promise<string[]> {
  const commas = ids.slice(1).map(() => ", ");
  const text = ['SELECT "id" FROM "Payment" WHERE "id" IN (', ...commas, ') ORDER BY "id" DESC'];
  const rows = await db.$queryRaw<{ id: string }[]>(Object.assign(text, { raw: text }), ...ids);
  return rows.map(({ id }) => id);
}

/** The moment of the payment that comes `count` places before `before`. Null if there are fewer. It reads nothing but the index. */
export async function findMomentOf(
  db: Db,
  { status, before, count }: { status: string; before: Date; count: number },
): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ paidAt: Date }[]>`
    SELECT "paidAt" FROM "Payment" WHERE "status" = ${status} AND "paidAt" < ${before}
    ORDER BY "paidAt" DESC LIMIT 1 OFFSET ${count}`;
  return row?.paidAt ?? null;
}
