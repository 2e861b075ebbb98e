import type { Db } from "../database";
import { splitTotalGroupValue } from "../ledger/total-values";
import { type Currency, currencyFromStripe, type Money, moneyOf } from "../money";
import { groupBy } from "./group-by";
import { readRowsOfDayRanges } from "./income";
import type { DayRange } from "./periods";
import { selectIncome } from "./store/totals";

/**
 * The average and the median payment in one currency and frequency. Refunds and disputes do not change them. Defined in
 * docs/figures.md: `average-gift`, `median-gift`.
 */
export type AverageAndMedianGift = {
  currency: Currency;
  frequency: string;
  payments: number;
  average: Money;
  median: Money;
};

/**
 * Returns the average and median gift of each range, per currency and frequency. An average over several currencies or
 * frequencies would mean nothing.
 */
export async function getGiftSizes(db: Db, ranges: readonly DayRange[]): Promise<AverageAndMedianGift[][]> {
  const rows = await readRowsOfDayRanges(ranges, (range) => selectIncome(db, { by: "amount", ...range }));
  return rows.map((own) => {
    const groups = groupBy(own, ({ currency, value }) => `${currency} ${splitTotalGroupValue(value, 2)[0]}`);
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, group]) => giftSize(name, group));
  });
}

function giftSize(name: string, rows: readonly { value: string; payments: bigint }[]): AverageAndMedianGift[] {
  const [currency = "", frequency = ""] = name.split(" ");
  const amounts = rows
    .map(({ value, payments }) => ({ minor: BigInt(splitTotalGroupValue(value, 2)[1]), payments }))
    .sort((a, b) => (a.minor < b.minor ? -1 : 1));
  const payments = amounts.reduce((sum, each) => sum + each.payments, 0n);
  if (payments === 0n) return [];
  const gross = amounts.reduce((sum, each) => sum + each.minor * each.payments, 0n);
  // Rounds half a minor unit up.
  const average = moneyOf((gross * 2n + payments) / (payments * 2n), currency);
  const median = moneyOf(middleOf(amounts, payments), currency);
  return [{ currency: currencyFromStripe(currency), frequency, payments: Number(payments), average, median }];
}

/**
 * Returns the median amount. For an even number of payments, this is the lower of the two middle amounts, so that it is
 * an amount that somebody gave. `amounts`: the lowest first.
 */
function middleOf(amounts: readonly { minor: bigint; payments: bigint }[], payments: bigint): bigint {
  let passed = 0n;
  for (const each of amounts) {
    passed += each.payments;
    if (passed * 2n >= payments) return each.minor;
  }
  return 0n;
}
