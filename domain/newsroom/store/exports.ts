// Every statement of the exports. Raw SQL: Prisma takes longer to translate so many rows than the database takes to read them.
import type { Db } from "../../database";

export type ExportRow = {
  id: string;
  kind: string;
  paymentId: string;
  sourceId: string;
  currency: string;
  amountMinor: bigint;
  feeMinor: bigint;
  netMinor: bigint;
  occurredAt: Date;
  article: string | null;
  givenCurrency: string;
  paymentMinor: bigint;
  /** Of the refund or dispute, signed, in the currency of the gift. */
  entryMinor: bigint | null;
};

type Page = { after: Pick<ExportRow, "occurredAt" | "id">; before: Date; most: number };

/** By time and id, after the row `after`. */
export function selectExportRows(db: Db, { after, before, most }: Page): Promise<ExportRow[]> {
  return db.$queryRaw<ExportRow[]>`
    SELECT "b"."id", "b"."kind", "b"."paymentId", "b"."sourceId", "b"."currency", "b"."amountMinor", "b"."feeMinor", "b"."netMinor",
      "b"."occurredAt", "p"."article", "p"."currency" AS "givenCurrency", "p"."amountMinor" AS "paymentMinor",
      "e"."amountMinor" AS "entryMinor"
    FROM "BalanceEntry" AS "b"
    JOIN "Payment" AS "p" ON "p"."id" = "b"."paymentId"
    LEFT JOIN "Entry" AS "e" ON "e"."key" = CASE
      WHEN "b"."kind" IN ('refund', 'refund-returned') THEN "b"."kind" || ':' || "b"."sourceId"
      WHEN "b"."kind" IN ('dispute', 'dispute-returned') THEN "b"."kind" || ':' || "b"."id" END
    WHERE ("b"."occurredAt", "b"."id") > (${after.occurredAt}, ${after.id}) AND "b"."occurredAt" < ${before}
    ORDER BY "b"."occurredAt", "b"."id" LIMIT ${most}`;
}

export async function countExportRows(db: Db, { from, before }: { from: Date; before: Date }): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: bigint }]>`
    SELECT COUNT(*) AS "count" FROM "BalanceEntry" WHERE "occurredAt" >= ${from} AND "occurredAt" < ${before}`;
  return Number(row.count);
}
