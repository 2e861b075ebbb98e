export type Money = {
  amount: number;
  currency: string;
};

const ZERO_DECIMAL = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" ");
const THREE_DECIMAL = "bhd jod kwd omr tnd".split(" ");

/**
 * Invented exchange rates, in micro-dollars per major unit. They never change, so that a conversion can be checked by
 * hand.
 */
const RATES: Record<string, number> = {
  ...{ usd: 1_000_000, eur: 1_080_000, gbp: 1_270_000, jpy: 6_700, kwd: 3_250_000, chf: 1_120_000, cad: 730_000 },
  ...{ aud: 660_000, nzd: 610_000, sek: 95_000, nok: 93_000, dkk: 145_000, pln: 250_000, czk: 43_000, huf: 2_750 },
  ...{ ron: 217_000, bgn: 552_000, ils: 270_000, inr: 12_000, sgd: 745_000, hkd: 128_000, krw: 730, mxn: 55_000 },
  ...{ brl: 180_000, zar: 54_000, thb: 28_000, myr: 213_000, php: 17_500, idr: 63, aed: 272_000, try: 30_000 },
  ...{ uah: 24_500, gel: 365_000, amd: 2_580, kzt: 2_050, rub: 10_900, isk: 7_250, twd: 31_000, bhd: 2_652_000 },
  ...{ jod: 1_410_000, omr: 2_600_000, tnd: 322_000, cop: 245, ars: 1_000, clp: 1_050, vnd: 39, ugx: 270 },
};

/** The currencies in which an account can have a balance. */
export const SETTLEMENT_CURRENCIES = ["usd", "eur", "gbp", "jpy"] as const;
export type SettlementCurrency = (typeof SETTLEMENT_CURRENCIES)[number];

type Terms = { minimum: number; feeBasisPoints: number; feeFixed: number; disputeFee: number };

/**
 * The terms of each settlement currency. `minimum`: Stripe's smallest charge. Minimums, fixed fees and dispute fees are
 * in minor units.
 */
const SETTLED: Record<string, Terms> = {
  usd: { minimum: 50, feeBasisPoints: 290, feeFixed: 30, disputeFee: 1_500 },
  eur: { minimum: 50, feeBasisPoints: 290, feeFixed: 25, disputeFee: 2_000 },
  gbp: { minimum: 30, feeBasisPoints: 290, feeFixed: 20, disputeFee: 2_000 },
  jpy: { minimum: 50, feeBasisPoints: 360, feeFixed: 0, disputeFee: 1_300 },
} satisfies Record<SettlementCurrency, Terms>;
const BANK_DEBIT_FEE = 35;

/** Stripe's largest amount, in the currency's minor units: eight digits. */
export const MAX_AMOUNT = 99_999_999;

export function isKnownCurrency(currency: string): boolean {
  return currency in RATES;
}

export function knownCurrencies(): string[] {
  return Object.keys(RATES).sort();
}

export function decimalsOf(currency: string): 0 | 2 | 3 {
  if (ZERO_DECIMAL.includes(currency)) return 0;
  return THREE_DECIMAL.includes(currency) ? 3 : 2;
}

/**
 * Converts an amount to the currency of the account's balance. `settlementCurrency`: the only currency of that balance.
 * If null, the account has a balance in each of SETTLEMENT_CURRENCIES, and converts other currencies to dollars.
 */
export function toSettlementCurrency(
  sum: Money,
  settlementCurrency: SettlementCurrency | null = null,
): Money & { exchangeRate: number | null } {
  const to = settlementCurrency ?? (sum.currency in SETTLED ? sum.currency : "usd");
  if (sum.currency === to) return { ...sum, exchangeRate: null };
  const upper = rateOf(sum.currency) * unitsOf(to);
  const lower = rateOf(to) * unitsOf(sum.currency);
  const converted = divideRounded(BigInt(sum.amount) * upper, lower);
  return { amount: Number(converted), currency: to, exchangeRate: Number(upper) / Number(lower) };
}

export function processingFee(settled: Money, paidBy: "card" | "bank_debit" = "card"): number {
  if (paidBy === "bank_debit") return BANK_DEBIT_FEE;
  const { feeBasisPoints, feeFixed } = termsOf(settled.currency);
  return Number(divideRounded(BigInt(settled.amount) * BigInt(feeBasisPoints), 10_000n)) + feeFixed;
}

export function disputeFee(currency: string): number {
  return termsOf(currency).disputeFee;
}

/**
 * Converts the amount to the settlement currency. Returns Stripe's minimum charge in that currency if the converted
 * amount is below this minimum, otherwise null.
 */
export function findMinimumChargeIfAmountIsBelow(sum: Money): Money | null {
  const settled = toSettlementCurrency(sum);
  const { minimum } = termsOf(settled.currency);
  return settled.amount < minimum ? { amount: minimum, currency: settled.currency } : null;
}

export function formatMoney(sum: Money, locale = "en"): string {
  const decimals = decimalsOf(sum.currency);
  const style = { style: "currency", currency: sum.currency.toUpperCase(), minimumFractionDigits: decimals } as const;
  return new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: decimals }).format(formatDecimal(sum));
}

/** Returns the amount as text such as "12.50": digits and a point, with the currency's decimals. */
export function formatDecimal({ amount, currency }: Money): `${number}` {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(amount)).padStart(decimals + 1, "0");
  const sign = amount < 0 ? "-" : "";
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return `${sign}${text}` as `${number}`;
}

function termsOf(currency: string) {
  const terms = SETTLED[currency];
  if (!terms) throw new Error(`no account settles in ${currency}`);
  return terms;
}

function rateOf(currency: string): bigint {
  const rate = RATES[currency];
  if (rate === undefined) throw new Error(`no exchange rate for ${currency}`);
  return BigInt(rate);
}

function unitsOf(currency: string): bigint {
  return 10n ** BigInt(decimalsOf(currency));
}

export function divideRounded(value: bigint, divisor: bigint): bigint {
  return (value + divisor / 2n) / divisor;
}
