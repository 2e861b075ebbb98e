import { type Currency, isStripeCurrency } from "../currencies";
import { isDay } from "./exports/payments";
import { PERIOD_UNITS, type PeriodUnit } from "./periods";

export const INCOME_COMPARISONS = ["year", "before", "none"] as const;
/** With which period the income is compared. `year`: the same period a year earlier. `before`: the period before. */
export type IncomeComparisonChoice = (typeof INCOME_COMPARISONS)[number];

/**
 * The choices that determine what the income page shows. `until`: a day in the last period that it shows. `currency`:
 * null shows gifts in all currencies, converted into one.
 */
export type IncomeView = {
  step: PeriodUnit;
  until: string;
  compare: IncomeComparisonChoice;
  currency: Currency | null;
};
export type IncomeViewWithRefusedDay = {
  view: IncomeView;
  /** The typed day, if it is invalid or in the future. The view then uses today. Otherwise null. */
  refusedDay: string | null;
};

type Query = Readonly<Record<string, unknown>>;

export function parseIncomeView(query: Query, today: string): IncomeViewWithRefusedDay {
  const { step, until, compare, currency } = query;
  const typed = typeof until === "string" ? until.trim().slice(0, 40) : "";
  const isGood = typed === "" || (isDay(typed) && typed <= today);
  return {
    view: {
      step: PERIOD_UNITS.find((each) => each === step) ?? "month",
      until: isGood && typed !== "" ? typed : today,
      compare: INCOME_COMPARISONS.find((each) => each === compare) ?? "year",
      currency: typeof currency === "string" && isStripeCurrency(currency) ? currency : null,
    },
    refusedDay: isGood ? null : typed,
  };
}

export function incomeViewUrlQuery({ step, until, compare, currency }: IncomeView): string {
  return String(new URLSearchParams({ step, until, compare, currency: currency ?? "all" }));
}
