// The newest payments, whatever became of them. Staff see that somebody gave, never who.
import type { Payment } from "../../generated/sqlite/client";
import type { Db } from "../../systems/database";
import type { PaymentFrequency } from "../giving/frequency";
import type { PaymentStatus } from "../ledger/fact";
import type { Money } from "../money";
import { moneyOf } from "./totals";

export type LatestPayment = {
  id: string;
  paidAt: Date;
  money: Money;
  frequency: PaymentFrequency;
  status: PaymentStatus;
  /** Opaque article id. */
  article: string | null;
  /** A few signs of an opaque id: enough to see that two payments are one supporter's. */
  supporter: string | null;
};

const SUPPORTER_SIGNS = 6;

type Row = Pick<
  Payment,
  "id" | "paidAt" | "amountMinor" | "currency" | "frequency" | "status" | "article" | "supporterId"
>;

/** By the newest of each status, as they stand in an index: a look at all of them at once would read the whole table. */
export async function listLatestPayments(db: Db, { most }: { most: number }): Promise<LatestPayment[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT "id", "paidAt", "amountMinor", "currency", "frequency", "status", "article", "supporterId" FROM (
      SELECT * FROM (SELECT * FROM "Payment" WHERE "status" = 'succeeded' ORDER BY "paidAt" DESC LIMIT ${most}) AS "came"
      UNION ALL
      SELECT * FROM (SELECT * FROM "Payment" WHERE "status" = 'pending' ORDER BY "paidAt" DESC LIMIT ${most}) AS "comes"
      UNION ALL
      SELECT * FROM (SELECT * FROM "Payment" WHERE "status" = 'failed' ORDER BY "paidAt" DESC LIMIT ${most}) AS "failed"
    ) AS "newest" ORDER BY "paidAt" DESC LIMIT ${most}`;
  return rows.map(({ amountMinor, currency, frequency, status, supporterId, ...row }) => ({
    ...row,
    status: status as PaymentStatus,
    frequency: frequency as PaymentFrequency,
    money: moneyOf(amountMinor, currency),
    supporter: supporterId?.slice(-SUPPORTER_SIGNS) ?? null,
  }));
}
