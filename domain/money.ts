// Money is a whole number of minor units and a currency; this file holds the only arithmetic on it.
// Nothing a person typed ever passes through a float.

/** Decimal places, and Stripe's smallest charge in minor units (docs.stripe.com/currencies, 2026). */
const CURRENCIES = {
  USD: { exponent: 2, stripeMinimum: 50 },
  EUR: { exponent: 2, stripeMinimum: 50 },
  GBP: { exponent: 2, stripeMinimum: 30 },
  JPY: { exponent: 0, stripeMinimum: 50 },
  // Stripe settles no KWD; the charge must reach 0.50 of the settlement currency, so 0.200 KWD keeps clear of it.
  KWD: { exponent: 3, stripeMinimum: 200 },
} as const;

export type Currency = keyof typeof CURRENCIES;
export type Money = { amountMinor: number; currency: Currency };
/** Stripe settles in the account's own currency, which need not be one that readers give in. */
export type SettledMoney = { amountMinor: number; currency: string };

export type AmountRefusal = "missing" | "not-a-number" | "too-many-decimals" | "zero" | "too-large-to-read";
export type ParsedAmount = { kind: "amount"; money: Money } | { kind: "refused"; reason: AmountRefusal };

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(CURRENCIES, text);
}

/** Stripe writes currencies in lower case. Throws on one that this site does not know. */
export function currencyFromStripe(code: string): Currency {
  const upper = code.toUpperCase();
  if (!isCurrency(upper)) throw new Error(`unknown currency ${code}`);
  return upper;
}

/** How many decimals mean something: Stripe takes three-decimal currencies only in steps of ten minor units. */
export function decimalsOf(currency: Currency): number {
  return Math.min(CURRENCIES[currency].exponent, 2);
}

/** Every currency that Stripe settles in has two decimals but the yen, which is in the table. */
function exponentOf(currency: string): number {
  return isCurrency(currency) ? CURRENCIES[currency].exponent : 2;
}

export function stripeMinimum(currency: Currency): Money {
  return { amountMinor: CURRENCIES[currency].stripeMinimum, currency };
}

/** `1,000` may mean a thousand or one and no more: nobody but the reader can tell. */
const THOUSANDS = /,\d{3}$/;

/**
 * Reads a sum in plain ASCII digits with at most one decimal point or comma; what people type goes through
 * giving/typed-amount.ts first. `1,000` is refused rather than guessed at. Refuses more decimals than Stripe takes; never rounds. Noughts that fill a currency's own decimals are no more
 * decimals: `1.500` is how a sum in KWD is written, by toDecimal too.
 */
export function parseAmount(text: string, currency: Currency): ParsedAmount {
  const typed = text.trim();
  if (typed === "") return { kind: "refused", reason: "missing" };
  const match = /^(\d+)(?:[.,](\d+))?$/.exec(typed);
  if (!match || THOUSANDS.test(typed)) return { kind: "refused", reason: "not-a-number" };
  const [, whole = "", fraction = ""] = match;
  if (whole.length > 12) return { kind: "refused", reason: "too-large-to-read" };
  const { exponent } = CURRENCIES[currency];
  if (fraction.length > exponent || /[1-9]/.test(fraction.slice(decimalsOf(currency))))
    return { kind: "refused", reason: "too-many-decimals" };
  const amountMinor = Number.parseInt(whole + fraction.padEnd(exponent, "0"), 10);
  if (amountMinor === 0) return { kind: "refused", reason: "zero" };
  return { kind: "amount", money: { amountMinor, currency } };
}

/** For sums written in our own files. Throws where parseAmount would refuse. */
export function money(text: string, currency: Currency): Money {
  const parsed = parseAmount(text, currency);
  if (parsed.kind === "refused") throw new Error(`${text} ${currency} is no amount: ${parsed.reason}`);
  return parsed.money;
}

/** Money from a row of the ledger. Throws where the sum leaves the integers that a number holds exactly. */
export function moneyOf(minor: bigint, currency: string): Money {
  return { ...settledMoneyOf(minor, currency), currency: currencyFromStripe(currency) };
}

/** As moneyOf, in any currency that Stripe settles in. */
export function settledMoneyOf(minor: bigint, currency: string): SettledMoney {
  const amountMinor = Number(minor);
  if (!Number.isSafeInteger(amountMinor)) throw new Error("the sum is too large to show");
  return { amountMinor, currency };
}

/** Throws on two currencies, or where the sum leaves the safe integers. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`cannot add ${b.currency} to ${a.currency}`);
  const amountMinor = a.amountMinor + b.amountMinor;
  if (!Number.isSafeInteger(amountMinor)) throw new Error("the sum is too large");
  return { amountMinor, currency: a.currency };
}

/** The amount as digits with a decimal point: `10.50`, `1000`, `1.500`. What a form field and a machine read. */
export function toDecimal({ amountMinor, currency }: SettledMoney): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, "0");
  const sign = amountMinor < 0 ? "-" : "";
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** For eyes: `$20`, `€12.50`, `KWD 1.500`. Whole sums show no decimals unless `exact` asks for them. */
export function formatMoney(
  money: SettledMoney,
  { locale, exact = false }: { locale: string; exact?: boolean },
): string {
  const exponent = exponentOf(money.currency);
  const whole = money.amountMinor % 10 ** exponent === 0;
  const digits = whole && !exact ? 0 : exponent;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    // A string keeps every digit: the formatter reads it as a decimal, not as a float.
  }).format(toDecimal(money) as Intl.StringNumericLiteral);
}
