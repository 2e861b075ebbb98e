// Proposes and checks amounts. The proposed amounts are multiples of the currency's smallest charge at Stripe, which is
// worth about the same in every currency.
import { type Currency, hasStripeMinimum } from "../../domain/currencies";
import { formatMoney, type Money, minimumCharge, parseAmount, toDecimal } from "../../domain/money";

/** The order of the questions. The limits come first, because the amounts to give must be within them. */
export const AMOUNT_LIST_NAMES = ["limits", "monthly", "yearly", "once", "secondPerson"] as const;
export type AmountQuestionName = (typeof AMOUNT_LIST_NAMES)[number];
/**
 * Amounts in major units. `secondPerson`: if a refund and the earlier refunds of the payment together exceed this
 * amount, a second colleague must confirm the refund.
 */
export type AmountsByQuestion = Record<AmountQuestionName, string[]>;

/** The proposed amounts, as multiples of the currency's smallest charge (0.50 in US dollars). */
const PROPOSED: Record<AmountQuestionName, readonly number[]> = {
  once: [30, 60, 120, 240],
  monthly: [10, 20, 40, 80],
  yearly: [100, 200, 360, 720],
  limits: [4, 20_000],
  secondPerson: [400],
};
const COUNTS: Record<AmountQuestionName, readonly [fewest: number, most: number]> = {
  ...{ once: [2, 6], monthly: [2, 6], yearly: [2, 6] },
  ...{ limits: [2, 2], secondPerson: [1, 1] },
};

/**
 * Returns the proposed amounts, or null if Stripe publishes no smallest charge for the currency. The newsroom must then
 * choose the amounts.
 */
export function proposeAmounts(currency: Currency): AmountsByQuestion | null {
  if (!hasStripeMinimum(currency)) return null;
  const { amountMinor } = minimumCharge(currency);
  const proposed = (name: AmountQuestionName) =>
    PROPOSED[name].map((times) => shortOf({ amountMinor: times * amountMinor, currency }));
  return Object.fromEntries(AMOUNT_LIST_NAMES.map((name) => [name, proposed(name)])) as AmountsByQuestion;
}

/** Splits typed amounts at spaces and semicolons, but not at commas: a comma can be a decimal comma. */
export function splitTypedAmounts(text: string): string[] {
  return text.split(/[\s;]+/).filter(Boolean);
}

export function findAmountsProblem(
  amounts: readonly string[],
  { name, currency, limits }: { name: AmountQuestionName; currency: Currency; limits?: readonly string[] },
): string | null {
  const [fewest, most] = COUNTS[name];
  if (amounts.length < fewest || amounts.length > most)
    return fewest === most ? `write ${fewest} amount${fewest > 1 ? "s" : ""}` : `write ${fewest} to ${most} amounts`;
  const parsed = amounts.map((amount) => parseAmount(amount, currency));
  const wrong = parsed.findIndex(({ kind }) => kind === "refused");
  if (wrong >= 0) return `${amounts[wrong]} is not an amount in ${currency}`;
  const read = parsed.flatMap((each) => (each.kind === "amount" ? [each.money] : []));
  if (read.some((each, index) => index > 0 && each.amountMinor <= (read[index - 1]?.amountMinor ?? 0)))
    return "write the smallest amount first";
  return outsideOf(read, { currency, limits: limits?.map((each) => parseAmount(each, currency)) });
}

function outsideOf(
  amounts: Money[],
  { currency, limits = [] }: { currency: Currency; limits?: ReturnType<typeof parseAmount>[] },
): string | null {
  const smallest = minimumCharge(currency);
  const [from = smallest, to] = limits.flatMap((each) => (each.kind === "amount" ? [each.money] : []));
  const least = from.amountMinor > smallest.amountMinor ? from : smallest;
  if (amounts.some(({ amountMinor }) => amountMinor < least.amountMinor))
    return `the smallest gift is ${formatMoney(least, { locale: "en" })}${least === smallest ? ", by Stripe's rules" : ""}`;
  if (to && amounts.some(({ amountMinor }) => amountMinor > to.amountMinor))
    return `the largest gift is ${formatMoney(to, { locale: "en" })}`;
  return null;
}

/** Returns the amount as text without zeros at its end: `15`, `1.5`. */
function shortOf(money: Money): string {
  return toDecimal(money)
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}
