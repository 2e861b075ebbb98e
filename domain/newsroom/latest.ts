import type { Db } from "../database";
import type { OnceOrRecurringFrequency } from "../giving/frequency";
import { type PaymentStanding, paymentStandingOf } from "../ledger/payment-standing";
import { type Money, moneyOf } from "../money";
import { type PaymentListRow, selectLatestPayments } from "./store";

export type PaymentListItem = {
  id: string;
  paidAt: Date;
  money: Money;
  /** The part of the amount that is left after refunds and disputes. */
  kept: Money;
  standing: PaymentStanding;
  frequency: OnceOrRecurringFrequency;
  article: string | null;
  /**
   * The last characters of the supporter's id, by which staff recognise two payments of the same supporter. Null if the
   * payment has no supporter.
   */
  shortSupporterId: string | null;
};

const SHOWN_CHARACTERS = 6;

export async function listLatestPayments(db: Db, { limit }: { limit: number }): Promise<PaymentListItem[]> {
  return (await selectLatestPayments(db, limit)).map(paymentListItemOf);
}

export function paymentListItemOf(row: PaymentListRow): PaymentListItem {
  return {
    id: row.id,
    paidAt: row.paidAt,
    money: moneyOf(row.amountMinor, row.currency),
    ...paymentStandingOf(row),
    frequency: row.frequency as OnceOrRecurringFrequency,
    article: row.article,
    shortSupporterId: row.supporterId ? lastCharactersOfId(row.supporterId) : null,
  };
}

export function lastCharactersOfId(id: string): string {
  return id.slice(-SHOWN_CHARACTERS);
}
