// Converts amounts into one currency. The rates come from publication.ts, and from the last day on which Stripe
// converted each pair of currencies. findRate() chooses between them.
import { exponentOf } from "../currencies";
import type { Db } from "../database";
import { type MoneyInAnyCurrency, settledMoneyOf } from "../money";
import type { Publication } from "../publication";
import { selectConvertedCurrencyPairs, selectLastCurrencyConversionOfMonth } from "./store/totals";

/** One minor unit of `currency` is worth `numerator / denominator` minor units of `to`. */
export type ExchangeRate = {
  currency: string;
  to: string;
  numerator: bigint;
  denominator: bigint;
  /**
   * The day of the rate, such as `2026-11-27`. If the rate was calculated from two rates, this is the day of the older
   * one.
   */
  day: string;
  source: "stripe" | "newsroom";
  /** For a rate from publication.ts, the source that publication.ts names. Null for a rate from Stripe. */
  sourceName: string | null;
};
export type ExchangeRates = { to: string; rates: ReadonlyMap<string, ExchangeRate> };
/**
 * A sum of amounts in several currencies, converted into one. `rates`: the rates that were used. `missing`: the
 * currencies without a rate; `sum` does not include their amounts. Defined in docs/figures.md: `converted`.
 */
export type ConvertedTotal = { sum: MoneyInAnyCurrency; rates: ExchangeRate[]; missing: string[] };

/** Returns the currency in which staff see sums over all currencies. */
export function reportingCurrencyOf({ currencies, reporting }: Pick<Publication, "currencies" | "reporting">): string {
  return reporting?.currency ?? Object.keys(currencies)[0] ?? "USD";
}

/** Returns all known exchange rates to the currency `targetCurrency`, which is the reporting currency by default. */
export async function getExchangeRates(
  db: Db,
  publication: Pick<Publication, "currencies" | "reporting">,
  targetCurrency?: string,
): Promise<ExchangeRates> {
  const directRates = [...ownRates(publication), ...(await stripesRates(db))];
  const to = targetCurrency ?? reportingCurrencyOf(publication);
  const currencies = new Set([...directRates.flatMap((rate) => [rate.currency, rate.to])]);
  const rates = [...currencies].flatMap((currency) => findRate(directRates, { currency, to }) ?? []);
  return { to, rates: new Map(rates.map((rate) => [rate.currency, rate])) };
}

/**
 * Adds up the amounts of each currency exactly, converts each sum and rounds it once. Half a minor unit is rounded up.
 */
export function convertToTotal(amounts: readonly MoneyInAnyCurrency[], { to, rates }: ExchangeRates): ConvertedTotal {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amountMinor));
  let sum = sums.get(to) ?? 0n;
  const [used, missing]: [ExchangeRate[], string[]] = [[], []];
  for (const [currency, minor] of sums) {
    const rate = rates.get(currency);
    if (currency === to || minor === 0n) continue;
    if (!rate) missing.push(currency);
    else {
      used.push(rate);
      sum += rounded(minor * rate.numerator, rate.denominator);
    }
  }
  return { sum: settledMoneyOf(sum, to), rates: used, missing };
}

/**
 * Returns one exchange rate for each pair of currencies between which Stripe has converted. The rate is that of the
 * last day with a conversion: that day's sum after conversion, divided by its sum before conversion.
 */
async function stripesRates(db: Db): Promise<ExchangeRate[]> {
  const rates: ExchangeRate[] = [];
  for (const pair of await selectConvertedCurrencyPairs(db)) {
    const sums = await selectLastCurrencyConversionOfMonth(db, pair);
    if (!sums || sums.chargedMinor <= 0n || sums.settledMinor <= 0n) continue;
    const { currency, settledCurrency: to } = pair;
    const fraction = { numerator: sums.settledMinor, denominator: sums.chargedMinor };
    rates.push({ currency, to, ...fraction, day: sums.day, source: "stripe", sourceName: null });
  }
  return rates;
}

/**
 * Returns the rates from publication.ts. These are per major unit: a rate of `1.08` means that one euro is worth 1.08
 * dollars.
 */
function ownRates({ reporting }: Pick<Publication, "reporting">): ExchangeRate[] {
  return Object.entries(reporting?.rates ?? {}).map(([currency, { rate, day, source: sourceName }]) => {
    const to = reporting?.currency ?? "";
    const [whole = "0", fraction = ""] = rate.split(".");
    const [upper, lower] = [BigInt(whole + fraction), 10n ** BigInt(fraction.length)];
    const scaled = {
      numerator: upper * 10n ** BigInt(exponentOf(to)),
      denominator: lower * 10n ** BigInt(exponentOf(currency)),
    };
    return { currency, to, ...scaled, day, source: "newsroom", sourceName };
  });
}

/**
 * Returns the rate between two currencies. Uses a rate in `directRates`, or else the inverse of one, or else the
 * product of two rates through a third currency. If several fit, rates have priority over inverse rates, and then
 * earlier rates in `directRates` over later ones. Returns null if none fits.
 */
function findRate(
  directRates: readonly ExchangeRate[],
  { currency, to }: { currency: string; to: string },
): ExchangeRate | null {
  if (currency === to) return null;
  const all = [...directRates, ...directRates.map(inverse)];
  const direct = all.find((rate) => rate.currency === currency && rate.to === to);
  if (direct) return direct;
  for (const first of all) {
    if (first.currency !== currency) continue;
    const second = all.find((rate) => rate.currency === first.to && rate.to === to);
    if (second) return chained(first, second);
  }
  return null;
}

function inverse({ currency, to, numerator, denominator, ...rest }: ExchangeRate): ExchangeRate {
  return { currency: to, to: currency, numerator: denominator, denominator: numerator, ...rest };
}

function chained(first: ExchangeRate, second: ExchangeRate): ExchangeRate {
  return {
    ...{ currency: first.currency, to: second.to },
    ...{ numerator: first.numerator * second.numerator, denominator: first.denominator * second.denominator },
    day: first.day < second.day ? first.day : second.day,
    source: first.source === second.source ? first.source : "newsroom",
    sourceName: first.sourceName ?? second.sourceName,
  };
}

function rounded(upper: bigint, lower: bigint): bigint {
  const [double, divisor] = [upper * 2n + lower, lower * 2n];
  const floor = double / divisor;
  return double < 0n && double % divisor !== 0n ? floor - 1n : floor;
}

/**
 * Formats a rate for display: per major unit, with six decimals. Sums are converted with the exact fraction instead.
 */
export function exchangeRateDecimal({ currency, to, numerator, denominator }: ExchangeRate): string {
  const scale = 1_000_000n;
  const millionths = rounded(
    numerator * 10n ** BigInt(exponentOf(currency)) * scale,
    denominator * 10n ** BigInt(exponentOf(to)),
  );
  const digits = String(millionths).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
