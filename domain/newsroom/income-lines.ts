import type { MoneyInAnyCurrency } from "../money";
import { type ConvertedTotal, convertToTotal, type ExchangeRate, type ExchangeRates } from "./exchange";
import type { CurrencyIncome } from "./income";

export const INCOME_AMOUNT_NAMES = ["gross", "returned", "kept", "fees", "covered", "net", "unsettled"] as const;
export type IncomeAmountName = (typeof INCOME_AMOUNT_NAMES)[number];

/**
 * `exact`: the income in each currency. `converted`: the sums of `exact` in one currency. `missing`: the currencies
 * without a rate, whose sums are not in `converted`.
 */
export type IncomeExactAndConverted = {
  payments: number;
  exact: readonly CurrencyIncome[];
  converted: Record<IncomeAmountName, MoneyInAnyCurrency>;
  rates: ExchangeRate[];
  missing: string[];
};

export type RatesAndGiftCurrencyFilter = { rates: ExchangeRates; giftCurrency: string | null };

/**
 * Returns the incomes, and their sums converted to one currency. `giftCurrency`: leaves out gifts in other currencies;
 * null includes all gifts.
 */
export function incomeLineOf(
  incomes: readonly CurrencyIncome[],
  { rates, giftCurrency }: RatesAndGiftCurrencyFilter,
): IncomeExactAndConverted {
  const exact = incomes.filter((income) => giftCurrency === null || income.currency === giftCurrency);
  const converted = Object.fromEntries(
    INCOME_AMOUNT_NAMES.map((sum) => [
      sum,
      convertToTotal(
        exact.flatMap((income) => amountsOf(income, sum)),
        rates,
      ),
    ]),
  ) as Record<IncomeAmountName, ConvertedTotal>;
  const all = Object.values(converted);
  const used = new Map(all.flatMap((each) => each.rates).map((rate) => [rate.currency, rate]));
  return {
    payments: exact.reduce((sum, { payments }) => sum + payments, 0),
    exact,
    converted: Object.fromEntries(
      INCOME_AMOUNT_NAMES.map((sum) => [sum, converted[sum].sum]),
    ) as IncomeExactAndConverted["converted"],
    rates: [...used.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    missing: [...new Set(all.flatMap((each) => each.missing))].sort(),
  };
}

function amountsOf(income: CurrencyIncome, sum: IncomeAmountName): readonly MoneyInAnyCurrency[] {
  if (sum === "fees" || sum === "net") return income[sum];
  return [sum === "unsettled" ? income.unsettled.gross : income[sum]];
}
