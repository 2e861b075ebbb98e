// Queries for the list of payments, which is sorted by time and id. selectFilteredPayments() uses the index by status
// and time.
import type { Db } from "../../database";
import type { PaymentListRow } from "../store";

/** The position of a payment in the list. */
export type PaymentCursor = { paidAt: Date; id: string };

/**
 * A filter for the list. `status` must be set; for the other fields, "" means no filter. `wentBack`: "yes" finds
 * payments that were refunded or disputed, at least in part; "no" finds all others.
 */
export type PaymentRowFilter = {
  status: string;
  wentBack: "" | "yes" | "no";
  currency: string;
  kind: "" | "once" | "recurring";
};

/**
 * Which part of the list to read. `after`: begins after the payment at this position. `since`: leaves out payments that
 * were made before this time. `limit`: the maximum number of payments.
 */
type Span = { after: PaymentCursor; since: Date; limit: number };

export function selectFilteredPayments(
  db: Db,
  wanted: PaymentRowFilter,
  { after, since, limit }: Span,
): Promise<PaymentListRow[]> {
  const { status, wentBack, currency, kind } = wanted;
  const { paidAt, id } = after;
  return db.$queryRaw<PaymentListRow[]>`
    SELECT "id", "paidAt", "amountMinor", "refundedMinor", "disputedMinor", "currency", "frequency", "status", "article", "supporterId"
    FROM "Payment"
    WHERE "status" = ${status} AND "paidAt" >= ${since} AND "paidAt" <= ${paidAt} AND ("paidAt" < ${paidAt} OR "id" < ${id})
      AND (${wentBack} = '' OR (${wentBack} = 'yes') = ("refundedMinor" > 0 OR "disputedMinor" > 0))
      AND (${currency} = '' OR "currency" = ${currency})
      AND (${kind} = '' OR (${kind} = 'once') = ("frequency" = 'once'))
    ORDER BY "paidAt" DESC, "id" DESC LIMIT ${limit}`;
}

/**
 * Sorts payment ids in descending order, with the database's own text order. Uses raw SQL, because Prisma's own query
 * accepts too few ids at once.
 */
export async function sortPaymentIdsByCollationDescending(db: Db, ids: readonly string[]): Promise<string[]> {
  const commas = ids.slice(1).map(() => ", ");
  const text = ['SELECT "id" FROM "Payment" WHERE "id" IN (', ...commas, ') ORDER BY "id" DESC'];
  const rows = await db.$queryRaw<{ id: string }[]>(Object.assign(text, { raw: text }), ...ids);
  return rows.map(({ id }) => id);
}

/**
 * Skips the `skipped` newest payments with this status before `before`, and returns the time of the next one. Returns
 * null if no other payment is left.
 */
export async function findPaymentTimeAtOffset(
  db: Db,
  { status, before, skipped }: { status: string; before: Date; skipped: number },
): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ paidAt: Date }[]>`
    SELECT "paidAt" FROM "Payment" WHERE "status" = ${status} AND "paidAt" < ${before}
    ORDER BY "paidAt" DESC LIMIT 1 OFFSET ${skipped}`;
  return row?.paidAt ?? null;
}
