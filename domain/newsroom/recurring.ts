// Active recurring gifts and their value per month, in each currency.
import type { RecurringTotal } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { perMonthMinor } from "../giving/frequency";
import { type Currency, currencyFromStripe, type Money, moneyOf } from "../money";
import { selectRecurringTotals } from "./store";

export type RecurringValue = {
  currency: Currency;
  active: number;
  /** Active gifts that their supporters have cancelled and that end with the paid period. */
  ending: number;
  /** The value of the active gifts per month: a twelfth of a yearly one, for example. Rounded down to a whole minor unit. */
  perMonth: Money;
  /** Gifts whose last payment failed, whether Stripe still retries or has given up. Not included in `active` and `perMonth`. */
  pastDue: number;
};

/** Reads the stored totals of recurring gifts. */
export async function listRecurringValues(db: Db): Promise<RecurringValue[]> {
  return recurringValues(await selectRecurringTotals(db));
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
