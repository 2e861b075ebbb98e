// Parses an amount that a reader types. Accepts only unambiguous text and never guesses the meaning of a separator.
// Also runs in the reader's browser, so keep this file small.
import { type Currency, exponentOf, usableDecimalsOf } from "../currencies";
import { type AmountRefusal, type Money, parseAmount } from "../money";

export type TypedAmountRefusal = AmountRefusal | "negative" | "unclear-separator" | "other-currency";
export type ParseTypedAmountResult = { kind: "amount"; money: Money } | { kind: "refused"; reason: TypedAmountRefusal };

/** Currency signs that people type but that Intl does not know. Upper case, as signText() returns them. */
const OTHER_SIGNS: Partial<Record<Currency, string>> = { CHF: "FR SFR", JPY: "円", KWD: "KD" };

export function parseTypedAmount(text: string, currency: Currency): ParseTypedAmountResult {
  // Refuse superscript digits: fold() would turn 20⁵⁰, which means 20.50, into 2050.
  if (/\p{No}/u.test(text)) return refused("not-a-number");
  const typed = fold(text);
  // `Fr.50` can mean 50 or 0.50.
  if (/\p{L}[.,]\d/u.test(typed)) return refused("unclear-separator");
  const [digits] = /[.,]?\d([\d.,' ]*[\d.,])?/.exec(typed) ?? [];
  if (digits === undefined) return parseAmount(typed, currency);
  // Allows only a plus, and a sign or code of the currency, before and after the digits. This rule refuses the `e` of
  // `1e9`. A minus is refused below, as `negative`.
  const around = signText(typed.replace(digits, ""));
  const sign = around.replace(/^\+|-/, "");
  if (sign && !signsOf(currency).includes(sign))
    return refused(isCurrencySign(sign) ? "other-currency" : "not-a-number");
  if (around.includes("-")) return refused("negative");
  const plain = plainDigits(digits, currency);
  return plain === null ? refused("unclear-separator") : parseAmount(plain, currency);
}

/**
 * Returns the texts that stand for the currency: its code, and its signs in English and in the country's language
 * (`zł`). Also returns the country's code followed by the sign (`US$`), and the signs in OTHER_SIGNS.
 */
function signsOf(currency: Currency): string[] {
  const country = currency.slice(0, 2);
  const inCountry = new Intl.Locale(`und-${country}`).maximize().toString();
  const signs = ["en", inCountry].flatMap((locale) =>
    (["symbol", "narrowSymbol"] as const).map((currencyDisplay) => signIn(locale, { currency, currencyDisplay })),
  );
  const prefixed = signs.filter((sign) => /^\p{Sc}$/u.test(sign)).map((sign) => country + sign);
  return [currency, ...signs, ...prefixed, ...(OTHER_SIGNS[currency] ?? "").split(" ")];
}

function signIn(locale: string, format: { currency: Currency; currencyDisplay: "symbol" | "narrowSymbol" }): string {
  const parts = new Intl.NumberFormat(locale, { style: "currency", ...format }).formatToParts(0);
  return signText(fold(parts.find(({ type }) => type === "currency")?.value ?? ""));
}

function signText(text: string): string {
  return text.replace(/ /g, "").replace(/\.$/, "").toUpperCase();
}

function refused(reason: TypedAmountRefusal): ParseTypedAmountResult {
  return { kind: "refused", reason };
}

/**
 * Replaces full-width, Arabic-Indic and Persian digits, and many other spaces and separators, with ASCII ones. Removes
 * invisible characters, and a dash for "no cents": `20,-`, `20.–` and `20:-`.
 */
function fold(text: string): string {
  return (
    text
      // Must come before NFKC, which splits an acute accent into a space and a combining mark.
      .replace(/[\u0060\u00b4\u02bc\u066c\u2018\u2019]/g, "'")
      .normalize("NFKC")
      .replace(/\p{Cf}/gu, "")
      // Arabic-Indic and Persian digits, which NFKC does not change.
      .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) % 16))
      .replace(/[\u2012-\u2015\u2212]/g, "-")
      .replace(":-", ",-")
      .replace(/(\d[.,])-+(?!.*\d)/, "$1")
      .replace(/\u066b/g, ".")
      .replace(/\s/g, " ")
      .trim()
  );
}

function isCurrencySign(sign: string): boolean {
  // Some browsers do not have Intl.supportedValuesOf() and find no codes here. The server parses the amount again.
  return /^[A-Z]{0,2}\p{Sc}$/u.test(sign) || Intl.supportedValuesOf?.("currency").includes(sign);
}

/**
 * Removes the separators of thousands, and replaces the decimal separator by a point. Returns null if a separator is
 * misplaced or ambiguous. For example, `1,000` and `1.000` are ambiguous in a currency with two decimals: they mean
 * 1000 to some people and 1 to others. In an unambiguous amount, a separator before each group of three digits
 * separates thousands. The exceptions are in the comment below. If a different separator follows these groups, it is
 * the decimal separator.
 */
function plainDigits(digits: string, currency: Currency): string | null {
  const plain = /^(\d*)[.,]?(\d*)$/.exec(digits);
  const grouped = /^([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d*))?$/.exec(digits);
  // In a currency with three decimals, the site itself writes one and a half as `1.500`, so there the dot is always a
  // decimal point. In currencies without decimals, `1,000` can only mean 1000.
  const hasThreeDecimals = exponentOf(currency) === 3 && grouped?.[2] === ".";
  if (plain && grouped && !hasThreeDecimals && usableDecimalsOf(currency) > 0) return null;
  if (plain && (!grouped || hasThreeDecimals)) return join(plain[1], plain[2]);
  return grouped && join(grouped[1]?.replace(/\D/g, ""), grouped[3]);
}

function join(whole: string | undefined, fraction: string | undefined): string {
  return (whole || "0") + (fraction ? `.${fraction}` : "");
}
