// Selects the rows of the export for accounting. The database joins all columns of a row, except the time, into one
// text. This is faster, because Prisma then converts only two columns of each row.
import type { Db } from "../../database";

export type AccountingRow = {
  id: string;
  kind: string;
  paymentId: string;
  sourceId: string;
  currency: string;
  amountMinor: number;
  feeMinor: number;
  netMinor: number;
  occurredAt: Date;
  article: string;
  givenCurrency: string;
  paymentMinor: number;
  /** The part of the payment that covers the card fee, in minor units of `givenCurrency`. */
  coveredFeeMinor: number;
  /**
   * The amount of the refund's or dispute's entry, in minor units of `givenCurrency`; negative if money was returned.
   * Null if the ledger has no such entry.
   */
  entryMinor: number | null;
  /**
   * The payout that contained the balance transaction, and the day on which the payout arrived. Both are "" until
   * Stripe reports the payout as paid.
   */
  payoutId: string;
  payoutDay: string;
};

export type AccountingExportCursor = { occurredAt: Date; id: string };
type Page = { after: AccountingExportCursor; before: Date; limit: number };

/**
 * Separates the columns in a row's text. Only the article's id could contain this character, so it is the last column.
 */
const SEPARATOR = "\u001f";
const COLUMNS = 15;

/** Selects the rows after the row `after`, sorted by time and id. */
export async function selectAccountingRows(db: Db, { after, before, limit }: Page): Promise<AccountingRow[]> {
  const s = SEPARATOR;
  const rows = await db.$queryRaw<{ occurredAt: Date; columns: string }[]>`
    SELECT "b"."occurredAt",
      "b"."id" || ${s} || "b"."kind" || ${s} || "b"."paymentId" || ${s} || "b"."sourceId" || ${s} || "b"."currency" || ${s}
        || CAST("b"."amountMinor" AS TEXT) || ${s} || CAST("b"."feeMinor" AS TEXT) || ${s} || CAST("b"."netMinor" AS TEXT) || ${s}
        || "p"."currency" || ${s} || CAST("p"."amountMinor" AS TEXT) || ${s}
        || COALESCE(CAST("e"."amountMinor" AS TEXT), '') || ${s} || CAST("p"."coveredFeeMinor" AS TEXT) || ${s}
        || COALESCE("o"."id", '') || ${s} || COALESCE(SUBSTR(CAST("o"."arrivesAt" AS TEXT), 1, 10), '') || ${s}
        || COALESCE("p"."article", '') AS "columns"
    FROM "BalanceEntry" AS "b"
    JOIN "Payment" AS "p" ON "p"."id" = "b"."paymentId"
    LEFT JOIN "Entry" AS "e" ON "e"."key" = CASE
      WHEN "b"."kind" IN ('refund', 'refund-returned') THEN "b"."kind" || ':' || "b"."sourceId"
      WHEN "b"."kind" IN ('dispute', 'dispute-returned') THEN "b"."kind" || ':' || "b"."id" END
    LEFT JOIN "PayoutEntry" AS "l" ON "l"."id" = "b"."id"
    LEFT JOIN "Payout" AS "o" ON "o"."id" = "l"."payoutId" AND "o"."status" = 'paid'
    WHERE ("b"."occurredAt", "b"."id") > (${after.occurredAt}, ${after.id}) AND "b"."occurredAt" < ${before}
    ORDER BY "b"."occurredAt", "b"."id" LIMIT ${limit}`;
  return rows.map(({ occurredAt, columns }) => rowOf(occurredAt, columns));
}

function rowOf(occurredAt: Date, columns: string): AccountingRow {
  const c = columns.split(SEPARATOR);
  return {
    occurredAt,
    id: c[0] ?? "",
    kind: c[1] ?? "",
    paymentId: c[2] ?? "",
    sourceId: c[3] ?? "",
    currency: c[4] ?? "",
    amountMinor: minorOf(c[5]),
    feeMinor: minorOf(c[6]),
    netMinor: minorOf(c[7]),
    givenCurrency: c[8] ?? "",
    paymentMinor: minorOf(c[9]),
    entryMinor: c[10] === "" ? null : minorOf(c[10]),
    coveredFeeMinor: minorOf(c[11]),
    payoutId: c[12] ?? "",
    payoutDay: c[13] ?? "",
    article: c.length > COLUMNS ? c.slice(COLUMNS - 1).join(SEPARATOR) : (c[14] ?? ""),
  };
}

/** Converts a column to a number. Throws an error if it is not a safe integer. */
function minorOf(text: string | undefined): number {
  const minor = Number(text);
  if (!Number.isSafeInteger(minor)) throw new Error("the amount of an exported row is not a safe integer");
  return minor;
}

export async function countAccountingExportRows(
  db: Db,
  { from, before }: { from: Date; before: Date },
): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: bigint }]>`
    SELECT COUNT(*) AS "count" FROM "BalanceEntry" WHERE "occurredAt" >= ${from} AND "occurredAt" < ${before}`;
  return Number(row.count);
}
