// What comes in again and again: active recurring gifts and their value a month, per currency.
import type { RecurringTotal } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { perMonthMinor } from "../giving/frequency";
import { type Currency, currencyFromStripe, type Money, moneyOf } from "../money";

export type RecurringValue = {
  currency: Currency;
  active: number;
  /** Of the active: how many their givers have asked to end when the paid time is over. */
  ending: number;
  /** Each active gift by its interval: a twelfth of a yearly one, say. Rounded down to a whole minor unit. */
  perMonth: Money;
  /** The last payment failed, and Stripe tries again or has given up; not in `active`, not in `perMonth`. */
  pastDue: number;
};

/** Read from the sums that are kept with the gifts. */
export async function listRecurringValues(db: Db): Promise<RecurringValue[]> {
  return recurringValues(await db.$queryRaw<RecurringTotal[]>`SELECT * FROM "RecurringTotal" WHERE "gifts" > 0`);
}

export function recurringValues(rows: readonly RecurringTotal[]): RecurringValue[] {
  const currencies = [...new Set(rows.map((row) => row.currency))].sort();
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const active = own.filter((row) => row.status === "active");
    return {
      currency: currencyFromStripe(currency),
      active: countOf(active),
      ending: active.reduce((total, row) => total + row.ending, 0),
      perMonth: moneyOf(perMonthMinor(active), currency),
      pastDue: countOf(own.filter((row) => row.status === "past_due" || row.status === "unpaid")),
    };
  });
}

function countOf(rows: readonly RecurringTotal[]): number {
  return rows.reduce((total, row) => total + row.gifts, 0);
}
