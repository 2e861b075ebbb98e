// Reads an amount as people type it, and rewrites it in the plain digits that parseAmount takes. Accepts only what has one
// meaning; never guesses what a separator stands for. Part of the reader's script, so keep it small.
import { type AmountRefusal, type Currency, decimalsOf, type Money, parseAmount } from "../money";

export type TypedRefusal = AmountRefusal | "negative" | "unclear-separator" | "other-currency";
export type TypedAmount = { kind: "amount"; money: Money } | { kind: "refused"; reason: TypedRefusal };

/** Signs and codes that people write before or after the digits, in upper case, separated by spaces. */
const SIGNS: Record<Currency, string> = {
  USD: "$ US$ USD",
  EUR: "€ EUR",
  GBP: "£ GBP",
  JPY: "¥ JP¥ JPY 円",
  KWD: "KWD KD د.ك",
};

export function parseTypedAmount(text: string, currency: Currency): TypedAmount {
  // NFKC would make a price with raised cents, 20⁵⁰, a hundred times larger.
  if (/\p{No}/u.test(text)) return refused("not-a-number");
  const typed = fold(text);
  const [amount] = /[.,]?\d([\d.,' ]*[\d.,])?/.exec(typed) ?? [];
  if (amount === undefined) return parseAmount(typed, currency);
  // All that stands around the amount: further digits, as in 1e9, are no sign and are refused.
  const around = typed.replace(amount, "").replace(/ /g, "").toUpperCase();
  const sign = around.replace(/^\+|-/, "");
  if (sign && !SIGNS[currency].split(" ").includes(sign))
    return refused(isCurrencySign(sign) ? "other-currency" : "not-a-number");
  if (around.includes("-")) return refused("negative");
  const plain = plainDigits(amount, currency);
  return plain === null ? refused("unclear-separator") : parseAmount(plain, currency);
}

function refused(reason: TypedRefusal): TypedAmount {
  return { kind: "refused", reason };
}

/** One form for digits, spaces, signs and apostrophes; without the invisible marks that come along with a copied amount. */
function fold(text: string): string {
  return (
    text
      .normalize("NFKC")
      .replace(/\p{Cf}/gu, "")
      // Arabic-Indic and Persian digits, which NFKC leaves alone.
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) % 16))
      .replace(/[\u2212\u2013]/g, "-")
      .replace(/\u066b/g, ".")
      .replace(/[\u066c\u2019]/g, "'")
      .replace(/\s/g, " ")
      .trim()
  );
}

function isCurrencySign(sign: string): boolean {
  // Not every browser knows the codes; the server asks again.
  return /^[A-Z]{0,2}\p{Sc}$/u.test(sign) || Intl.supportedValuesOf?.("currency").includes(sign);
}

/**
 * Digits with a point at most, or null where a separator could mean two things: `1,000` and `1.000` are a thousand to some and
 * one to others. A separator before groups of three is for thousands, and another one after them for decimals.
 */
function plainDigits(amount: string, currency: Currency): string | null {
  const plain = /^(\d*)[.,]?(\d*)$/.exec(amount);
  const grouped = /^([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?$/.exec(amount);
  // The site itself writes 1.5 dinars with three decimals, and yen have none.
  const isDinar = currency === "KWD" && grouped?.[2] === ".";
  if (plain && grouped && !isDinar && decimalsOf(currency) > 0) return null;
  if (plain && (!grouped || isDinar)) return join(plain[1], plain[2]);
  return grouped && join(grouped[1]?.replace(/\D/g, ""), grouped[3]);
}

function join(whole: string | undefined, fraction: string | undefined): string {
  return (whole || "0") + (fraction ? `.${fraction}` : "");
}
