// Stripe's currencies, with their decimals and minimum charges. Source: docs.stripe.com/currencies, 2026.

/** The currencies in which Stripe can charge. A few long strings keep the script in the reader's browser small. */
const CODES = [
  "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD",
  "CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD",
  "HNL HTG HUF IDR ILS INR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL",
  "MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG",
  "QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS TND TOP TRY TTD TWD TZS UAH",
  "UGX USD UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW",
] as const;

type Split<Codes, Found = never> = Codes extends `${infer Code} ${infer Rest}`
  ? Split<Rest, Found | Code>
  : Found | Codes;
export type Currency = Split<(typeof CODES)[number]>;

const ZERO_DECIMAL = "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF";
const THREE_DECIMAL = "BHD JOD KWD OMR TND";
/** Stripe's amounts in these currencies have two decimals, but Stripe accepts only whole units. */
const WHOLE_UNITS = "ISK UGX";

/**
 * Stripe's minimum charge in minor units. The list has only the currencies in which an account can receive its money.
 */
const SMALLEST_CHARGE: Partial<Record<Currency, number>> = {
  ...{ AED: 200, AUD: 50, BGN: 100, BRL: 50, CAD: 50, CHF: 50, CZK: 1_500, DKK: 250, EUR: 50, GBP: 30, HKD: 400 },
  ...{ HUF: 17_500, INR: 50, JPY: 50, MXN: 1_000, MYR: 200, NOK: 300, NZD: 50, PLN: 200, RON: 200, SEK: 300 },
  ...{ SGD: 50, THB: 1_000, USD: 50 },
};

export function isStripeCurrency(text: string): text is Currency {
  return /^[A-Z]{3}$/.test(text) && CODES.some((line) => line.includes(text));
}

/**
 * Returns the exponent of the currency in Stripe's API. For example, 2 means that one major unit is 100 minor units.
 */
export function exponentOf(currency: string): number {
  if (ZERO_DECIMAL.includes(currency)) return 0;
  return THREE_DECIMAL.includes(currency) ? 3 : 2;
}

/**
 * Returns the number of decimals that an amount can use. In three-decimal currencies Stripe accepts only multiples of
 * ten minor units, so this number is at most two.
 */
export function usableDecimalsOf(currency: string): number {
  return WHOLE_UNITS.includes(currency) ? 0 : Math.min(exponentOf(currency), 2);
}

/**
 * Returns Stripe's minimum charge in this currency. If Stripe states none, returns one step of
 * smallestAmountStepMinor().
 */
export function minimumChargeMinor(currency: Currency): number {
  return SMALLEST_CHARGE[currency] ?? smallestAmountStepMinor(currency);
}

export function smallestAmountStepMinor(currency: Currency): number {
  return 10 ** (exponentOf(currency) - usableDecimalsOf(currency));
}

export function hasStripeMinimum(currency: Currency): boolean {
  return SMALLEST_CHARGE[currency] !== undefined;
}
