// The newest payments, whatever became of them. Staff see that somebody gave, never who.
import type { Db } from "../../systems/database";
import type { Frequency } from "../giving/gift";
import type { PaymentStatus } from "../ledger/fact";
import type { Money } from "../money";
import { moneyOf } from "./totals";

export type LatestPayment = {
  id: string;
  paidAt: Date;
  money: Money;
  frequency: Frequency;
  status: PaymentStatus;
  /** Opaque article id. */
  article: string | null;
  /** A few signs of an opaque id: enough to see that two payments are one supporter's. */
  supporter: string | null;
};

const STATUSES: readonly PaymentStatus[] = ["succeeded", "pending", "failed"];
const SUPPORTER_SIGNS = 6;

/** One indexed look per status: a look at all of them would read the whole table. */
export async function listLatestPayments(db: Db, { most }: { most: number }): Promise<LatestPayment[]> {
  const perStatus = await Promise.all(STATUSES.map((status) => listNewest(db, { status, most })));
  return perStatus
    .flat()
    .sort((a, b) => b.paidAt.getTime() - a.paidAt.getTime())
    .slice(0, most);
}

async function listNewest(db: Db, { status, most }: { status: PaymentStatus; most: number }): Promise<LatestPayment[]> {
  const rows = await db.payment.findMany({
    where: { status },
    orderBy: { paidAt: "desc" },
    take: most,
    select: {
      id: true,
      paidAt: true,
      amountMinor: true,
      currency: true,
      frequency: true,
      article: true,
      supporterId: true,
    },
  });
  return rows.map(({ amountMinor, currency, frequency, supporterId, ...row }) => ({
    ...row,
    status,
    frequency: frequency as Frequency,
    money: moneyOf(amountMinor, currency),
    supporter: supporterId?.slice(-SUPPORTER_SIGNS) ?? null,
  }));
}
