// Reads and checks a typed card fee. Proposes none: Stripe's fee differs by country and contract, and readers would pay
// for a wrong guess.
import { type Currency, usableDecimalsOf } from "../../domain/currencies";
import type { CardFee } from "../../domain/publication";

/**
 * Examples for the question about the card fee. Each is the fee that Stripe publishes for cards from the currency's own
 * country.
 */
const USUAL: Partial<Record<Currency, string>> = {
  ...{ USD: "2.9 0.30", EUR: "1.5 0.25", GBP: "1.5 0.20", CHF: "2.9 0.30", CAD: "2.9 0.30", JPY: "3.6 0" },
};
const OTHER_EXAMPLE = "2.9 0";
const HIGHEST_PERCENT = 20;

export function cardFeeExampleText(currency: Currency): string {
  return USUAL[currency] ?? OTHER_EXAMPLE;
}

/** Splits a typed fee into percentage and fixed part, without checking them. Returns null if nothing is typed. */
export function splitCardFee(text: string): CardFee | null {
  if (!text.trim()) return null;
  const [percent = "", ...fixed] = text.trim().replaceAll(",", ".").replaceAll("%", " ").split(/\s+/);
  return { percent, fixed: fixed.join(" ").trim() || "0" };
}

export function findCardFeeProblem({ percent, fixed }: CardFee, currency: Currency): string | null {
  if (!/^\d{1,2}(\.\d{1,4})?$/.test(percent) || Number(percent) > HIGHEST_PERCENT)
    return `write a percentage from 0 to ${HIGHEST_PERCENT} with at most four decimals, as in 2.9`;
  const decimals = usableDecimalsOf(currency);
  const isAmount = new RegExp(decimals > 0 ? `^\\d{1,6}(\\.\\d{1,${decimals}})?$` : "^\\d{1,6}$");
  if (!isAmount.test(fixed)) return `the fixed part ${fixed} is not an amount in ${currency}`;
  return Number(percent) + Number(fixed) === 0 ? "leave out a fee that is zero" : null;
}
