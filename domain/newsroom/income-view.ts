// The view of the Income page that its address holds: which period, in which steps, compared with what, in which currency.
import { type Currency, isCurrency } from "../currencies";
import { isDay } from "./exports/payments";
import { PERIODS, type Period } from "./periods";

export const COMPARISONS = ["year", "before", "none"] as const;
/** Compares a period with the one before it, or with the same period a year before. */
export type Comparison = (typeof COMPARISONS)[number];

/** `until`: a day; the period is the one that contains it. `currency`: null for all of them, converted into one. */
export type IncomeView = { step: Period; until: string; compare: Comparison; currency: Currency | null };
export type ParsedIncomeView = {
  view: IncomeView;
  /** The typed day, if it is no day or still to come. The view then shows today. */
  refusedDay: string | null;
};

type Query = Readonly<Record<string, unknown>>;

/** Replaces a choice that the form does not offer by the form's first one. */
export function parseIncomeView(query: Query, today: string): ParsedIncomeView {
  const { step, until, compare, currency } = query;
  const typed = typeof until === "string" ? until.trim().slice(0, 40) : "";
  const isGood = typed === "" || (isDay(typed) && typed <= today);
  return {
    view: {
      step: PERIODS.find((each) => each === step) ?? "month",
      until: isGood && typed !== "" ? typed : today,
      compare: COMPARISONS.find((each) => each === compare) ?? "year",
      currency: typeof currency === "string" && isCurrency(currency) ? currency : null,
    },
    refusedDay: isGood ? null : typed,
  };
}

/** The whole view as the query of an address. */
export function incomeQuery({ step, until, compare, currency }: IncomeView): string {
  return String(new URLSearchParams({ step, until, compare, currency: currency ?? "all" }));
}
