// What comes in again and again: active recurring gifts and their value a month, per currency.
import type { Db } from "../../systems/database";
import { type Currency, currencyFromStripe, type Money } from "../money";
import { moneyOf } from "./totals";

export type RecurringRow = {
  currency: string;
  frequency: string;
  status: string;
  gifts: number;
  /** Of these: how many have a day on which they end. */
  ending: number;
  amountMinor: bigint;
};

export type RecurringValue = {
  currency: Currency;
  active: number;
  /** Of the active: how many their givers have asked to end when the paid time is over. */
  ending: number;
  /** Monthly gifts, and a twelfth of the sum of the yearly ones, rounded down to a whole minor unit. Active gifts only. */
  perMonth: Money;
  /** The last payment failed and Stripe tries again; not in `active`, not in `perMonth`. */
  pastDue: number;
};

const SHOWN = ["active", "past_due"];

export async function listRecurringValues(db: Db): Promise<RecurringValue[]> {
  const groups = await db.recurringGift.groupBy({
    by: ["currency", "frequency", "status"],
    where: { status: { in: SHOWN } },
    _count: { _all: true, cancelAt: true },
    _sum: { amountMinor: true },
  });
  return recurringValues(
    groups.map(({ _count, _sum, ...row }) => ({
      ...row,
      gifts: _count._all,
      ending: _count.cancelAt,
      amountMinor: _sum.amountMinor ?? 0n,
    })),
  );
}

export function recurringValues(rows: readonly RecurringRow[]): RecurringValue[] {
  const currencies = [...new Set(rows.map((row) => row.currency))].sort();
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const active = own.filter((row) => row.status === "active");
    const sumOf = (frequency: string) =>
      active.filter((row) => row.frequency === frequency).reduce((total, row) => total + row.amountMinor, 0n);
    return {
      currency: currencyFromStripe(currency),
      active: countOf(active),
      ending: active.reduce((total, row) => total + row.ending, 0),
      // BigInt division drops the remainder.
      perMonth: moneyOf(sumOf("monthly") + sumOf("yearly") / 12n, currency),
      pastDue: countOf(own.filter((row) => row.status === "past_due")),
    };
  });
}

function countOf(rows: readonly RecurringRow[]): number {
  return rows.reduce((total, row) => total + row.gifts, 0);
}
