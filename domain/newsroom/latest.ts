// The newest payments, whatever became of them. Staff see that somebody gave, never who.
import type { Payment } from "../../generated/sqlite/client";
import type { Db } from "../database";
import type { PaymentFrequency } from "../giving/frequency";
import { type PaymentStanding, type StandingColumns, standingOf } from "../ledger/payment-standing";
import { type Money, moneyOf } from "../money";

export type LatestPayment = {
  id: string;
  paidAt: Date;
  money: Money;
  /** The amount that came, less refunds and disputes. */
  kept: Money;
  standing: PaymentStanding;
  frequency: PaymentFrequency;
  /** Opaque article id. */
  article: string | null;
  /** A few signs of an opaque id: enough to see that two payments are one supporter's. */
  supporter: string | null;
};

const SUPPORTER_SIGNS = 6;

type Row = StandingColumns & Pick<Payment, "id" | "paidAt" | "frequency" | "article" | "supporterId">;

/** By the newest of each status, as they stand in an index: a look at all of them at once would read the whole table. */
export async function listLatestPayments(db: Db, { most }: { most: number }): Promise<LatestPayment[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT "id", "paidAt", "amountMinor", "refundedMinor", "disputedMinor", "currency", "frequency", "status", "article", "supporterId"
    FROM (
      SELECT * FROM (SELECT * FROM "Payment" WHERE "status" = 'succeeded' ORDER BY "paidAt" DESC LIMIT ${most}) AS "came"
      UNION ALL
      SELECT * FROM (SELECT * FROM "Payment" WHERE "status" = 'pending' ORDER BY "paidAt" DESC LIMIT ${most}) AS "comes"
      UNION ALL
      SELECT * FROM (SELECT * FROM "Payment" WHERE "status" = 'failed' ORDER BY "paidAt" DESC LIMIT ${most}) AS "failed"
    ) AS "newest" ORDER BY "paidAt" DESC LIMIT ${most}`;
  return rows.map((row) => ({
    id: row.id,
    paidAt: row.paidAt,
    money: moneyOf(row.amountMinor, row.currency),
    ...standingOf(row),
    frequency: row.frequency as PaymentFrequency,
    article: row.article,
    supporter: row.supporterId?.slice(-SUPPORTER_SIGNS) ?? null,
  }));
}
