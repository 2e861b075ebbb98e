import { type Currency, isStripeCurrency } from "../currencies";

export const SHOWN_MONTHS_CHOICES = [12, 24] as const;
/**
 * The choices on the page about recurring gifts. `until`: the last month, such as `2026-11`. `months`: the number of
 * months. `currency`: null shows gifts in all currencies, converted into one.
 */
export type RecurringGiftsPageChoices = {
  until: string;
  months: (typeof SHOWN_MONTHS_CHOICES)[number];
  currency: Currency | null;
};

type Query = Readonly<Record<string, unknown>>;

export function parseRecurringView({ until, months, currency }: Query, today: string): RecurringGiftsPageChoices {
  const thisMonth = today.slice(0, 7);
  const isGood = typeof until === "string" && /^20\d\d-(0[1-9]|1[0-2])$/.test(until) && until <= thisMonth;
  return {
    until: isGood ? until : thisMonth,
    months: SHOWN_MONTHS_CHOICES.find((each) => String(each) === months) ?? SHOWN_MONTHS_CHOICES[0],
    currency: typeof currency === "string" && isStripeCurrency(currency) ? currency : null,
  };
}

export function recurringViewQuery({ until, months, currency }: RecurringGiftsPageChoices): string {
  return String(new URLSearchParams({ until, months: String(months), currency: currency ?? "all" }));
}
