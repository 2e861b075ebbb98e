// Money is a whole number of minor units and a currency. Typed amounts never become floats.

import { type Currency, exponentOf, isStripeCurrency, minimumChargeMinor, usableDecimalsOf } from "./currencies";

export { type Currency, isStripeCurrency, usableDecimalsOf };

export type Money = { amountMinor: number; currency: Currency };
/** Money in the account's settlement currency, which can be a currency in which readers cannot give. */
export type MoneyInAnyCurrency = { amountMinor: number; currency: string };

export type AmountRefusal = "missing" | "not-a-number" | "too-many-decimals" | "zero" | "too-large-to-read";
export type ParseAmountResult = { kind: "amount"; money: Money } | { kind: "refused"; reason: AmountRefusal };

/** Converts Stripe's lower-case currency code. Throws an error if the code is unknown. */
export function currencyFromStripe(code: string): Currency {
  const upper = code.toUpperCase();
  if (!isStripeCurrency(upper)) throw new Error(`unknown currency ${code}`);
  return upper;
}

export function minimumCharge(currency: Currency): Money {
  return { amountMinor: minimumChargeMinor(currency), currency };
}

/** Matches `1,000`, which can mean 1000 or 1. */
const THOUSANDS = /,\d{3}$/;

/**
 * Parses an amount in ASCII digits with at most one decimal point or comma. Text that people type must first go through
 * giving/typed-amount.ts. Never rounds: refuses the ambiguous `1,000`, and more decimals than Stripe accepts. Also
 * accepts zeros after these decimals, up to the currency's own number of decimals, as in KWD `1.500`.
 */
export function parseAmount(text: string, currency: Currency): ParseAmountResult {
  const typed = text.trim();
  if (typed === "") return { kind: "refused", reason: "missing" };
  const match = /^(\d+)(?:[.,](\d+))?$/.exec(typed);
  if (!match || THOUSANDS.test(typed)) return { kind: "refused", reason: "not-a-number" };
  const [, whole = "", fraction = ""] = match;
  if (whole.length > 12) return { kind: "refused", reason: "too-large-to-read" };
  const exponent = exponentOf(currency);
  if (fraction.length > exponent || /[1-9]/.test(fraction.slice(usableDecimalsOf(currency))))
    return { kind: "refused", reason: "too-many-decimals" };
  const amountMinor = Number.parseInt(whole + fraction.padEnd(exponent, "0"), 10);
  if (amountMinor === 0) return { kind: "refused", reason: "zero" };
  return { kind: "amount", money: { amountMinor, currency } };
}

/**
 * Parses an amount that must be valid, for example from publication.ts. Throws an error if parseAmount() refuses it.
 */
export function money(text: string, currency: Currency): Money {
  const parsed = parseAmount(text, currency);
  if (parsed.kind === "refused") throw new Error(`${text} ${currency} is not an amount: ${parsed.reason}`);
  return parsed.money;
}

/**
 * Converts the columns of a row to money. Throws an error if the amount is not a safe integer, or the currency is
 * unknown.
 */
export function moneyOf(minor: bigint, currency: string): Money {
  return { ...settledMoneyOf(minor, currency), currency: currencyFromStripe(currency) };
}

/** Like moneyOf(), but for any settlement currency. */
export function settledMoneyOf(minor: bigint, currency: string): MoneyInAnyCurrency {
  return { amountMinor: amountMinorOf(minor), currency };
}

/**
 * Returns a stored amount as a number, for a caller that knows the currency from another column. Throws an error if the
 * amount is not a safe integer.
 */
export function amountMinorOf(minor: bigint): number {
  const amountMinor = Number(minor);
  if (!Number.isSafeInteger(amountMinor)) throw new Error("the amount is not a safe integer");
  return amountMinor;
}

export function moneyColumns({ amountMinor, currency }: MoneyInAnyCurrency): { amountMinor: bigint; currency: string } {
  return { amountMinor: BigInt(amountMinor), currency };
}

/** Adds two amounts. Throws an error if the currencies differ, or the sum is not a safe integer. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`cannot add ${b.currency} to ${a.currency}`);
  const amountMinor = a.amountMinor + b.amountMinor;
  if (!Number.isSafeInteger(amountMinor)) throw new Error("the sum is not a safe integer");
  return { amountMinor, currency: a.currency };
}

const RATE = /^(\d{1,9})(?:\.(\d{1,9}))?$/;

/**
 * Returns true for a rate that convertMoney() accepts: above zero, with at most nine digits before and after the point.
 */
export function isExchangeRate(text: string): boolean {
  return RATE.test(text) && /[1-9]/.test(text);
}

/**
 * Converts money to the currency `to`. `rate`: the value in `to` of one unit of the money's currency. Rounds to the
 * nearest minor unit, halves away from zero.
 */
export function convertMoney(
  { amountMinor, currency }: MoneyInAnyCurrency,
  { to, rate }: { to: Currency; rate: string },
): Money {
  const [, whole = "", decimals = ""] = RATE.exec(rate) ?? [];
  if (!isExchangeRate(rate)) throw new Error(`${rate} is not a valid rate`);
  const numerator = BigInt(Math.abs(amountMinor)) * BigInt(whole + decimals) * 10n ** BigInt(exponentOf(to));
  const denominator = 10n ** BigInt(decimals.length + exponentOf(currency));
  const minor = (2n * numerator + denominator) / (2n * denominator);
  return moneyOf(amountMinor < 0 ? -minor : minor, to);
}

/** Returns the amount as digits with a decimal point, for form fields and machines: `10.50`, `1000`, `1.500`. */
export function toDecimal({ amountMinor, currency }: MoneyInAnyCurrency): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, "0");
  const sign = amountMinor < 0 ? "-" : "";
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Returns true for $1.50 and false for $1.00. */
export function hasFractionalPart({ amountMinor, currency }: MoneyInAnyCurrency): boolean {
  return amountMinor % 10 ** exponentOf(currency) !== 0;
}

/** Like formatMoney(), but whole amounts show decimals, too, if Stripe accepts decimals in the currency. */
export function formatMoneyWithDecimals(locale: string, money: MoneyInAnyCurrency): string {
  return formatMoney(money, { locale, alwaysDecimals: true });
}

/**
 * Formats money for people: `$20`, `CA$20`, `€12.50`, `KWD 1.500`. Whole amounts show decimals only if `alwaysDecimals`
 * is true and Stripe accepts decimals in the currency.
 */
export function formatMoney(
  money: MoneyInAnyCurrency,
  { locale, alwaysDecimals = false }: { locale: string; alwaysDecimals?: boolean },
): string {
  const exponent = exponentOf(money.currency);
  const digits = !hasFractionalPart(money) && !(alwaysDecimals && usableDecimalsOf(money.currency) > 0) ? 0 : exponent;
  const format = moneyFormat(locale, { currency: money.currency, digits });
  // The amount is passed as a string, because Intl formats strings exactly and numbers as floats.
  return replaceHyphenWithMinusSign(format.format(toDecimal(money) as Intl.StringNumericLiteral));
}

/** Replaces the hyphen that Intl writes in English and Russian by the minus sign, which is as wide as the plus sign. */
export function replaceHyphenWithMinusSign(text: string): string {
  return text.replace("-", "−");
}

/** Cached, because creating a format takes far longer than using it. */
const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(locale: string, { currency, digits }: { currency: string; digits: number }): Intl.NumberFormat {
  const key = `${locale} ${currency} ${digits}`;
  const cached = moneyFormats.get(key);
  if (cached) return cached;
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const format = new Intl.NumberFormat(locale, { style: "currency", currency, ...decimals });
  moneyFormats.set(key, format);
  return format;
}
