// One sum of several currencies, at rates that are shown with their day and source: the rate at which Stripe converted last, or the
// newsroom's own (publication.ts). The exact sums per currency stay beside it.
import { exponentOf } from "../currencies";
import type { Db } from "../database";
import { type SettledMoney, settledMoneyOf } from "../money";
import type { Publication } from "../publication";
import { selectConversion, selectLastConversions } from "./store/sums";

/** `upper / lower` minor units of `to` for one of `currency`. */
export type Rate = {
  currency: string;
  to: string;
  upper: bigint;
  lower: bigint;
  /** The day of the rate. A rate through a third currency has the day of the older of its two. */
  day: string;
  source: "stripe" | "newsroom";
  /** The newsroom's own source, as publication.ts names it. */
  sourceName: string | null;
};
export type Rates = { to: string; rates: ReadonlyMap<string, Rate> };
/** Figure: `converted`. `missing`: currencies without a rate, which are not in the sum. */
export type Converted = { sum: SettledMoney; rates: Rate[]; missing: string[] };

/** The currency of sums over all currencies. */
export function reportingCurrencyOf({ currencies, reporting }: Pick<Publication, "currencies" | "reporting">): string {
  return reporting?.currency ?? Object.keys(currencies)[0] ?? "USD";
}

/** `wanted`: the currency to convert into; by default the one of sums over all currencies. */
export async function getRates(
  db: Db,
  publication: Pick<Publication, "currencies" | "reporting">,
  wanted?: string,
): Promise<Rates> {
  const known = [...ownRates(publication), ...(await stripesRates(db))];
  const to = wanted ?? reportingCurrencyOf(publication);
  const currencies = new Set([...known.flatMap((rate) => [rate.currency, rate.to])]);
  const rates = [...currencies].flatMap((currency) => findRate(known, { currency, to }) ?? []);
  return { to, rates: new Map(rates.map((rate) => [rate.currency, rate])) };
}

/** Adds up each currency exactly and rounds it once, half a minor unit up. */
export function convertSum(amounts: readonly SettledMoney[], { to, rates }: Rates): Converted {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amountMinor));
  let sum = sums.get(to) ?? 0n;
  const [used, missing]: [Rate[], string[]] = [[], []];
  for (const [currency, minor] of sums) {
    const rate = rates.get(currency);
    if (currency === to || minor === 0n) continue;
    if (!rate) missing.push(currency);
    else {
      used.push(rate);
      sum += rounded(minor * rate.upper, rate.lower);
    }
  }
  return { sum: settledMoneyOf(sum, to), rates: used, missing };
}

/** The rates of the last day on which Stripe converted each pair: the sum that it settled for the sum that was charged. */
async function stripesRates(db: Db): Promise<Rate[]> {
  const rates: Rate[] = [];
  for (const pair of await selectLastConversions(db)) {
    const sums = await selectConversion(db, pair);
    if (!sums || sums.chargedMinor <= 0n || sums.settledMinor <= 0n) continue;
    const { currency, settledCurrency: to } = pair;
    const fraction = { upper: sums.settledMinor, lower: sums.chargedMinor };
    rates.push({ currency, to, ...fraction, day: sums.day, source: "stripe", sourceName: null });
  }
  return rates;
}

/** The newsroom writes whole units: one euro is `1.08` dollars. */
function ownRates({ reporting }: Pick<Publication, "reporting">): Rate[] {
  return Object.entries(reporting?.rates ?? {}).map(([currency, { rate, day, source: sourceName }]) => {
    const to = reporting?.currency ?? "";
    const [whole = "0", fraction = ""] = rate.split(".");
    const [upper, lower] = [BigInt(whole + fraction), 10n ** BigInt(fraction.length)];
    const scaled = { upper: upper * 10n ** BigInt(exponentOf(to)), lower: lower * 10n ** BigInt(exponentOf(currency)) };
    return { currency, to, ...scaled, day, source: "newsroom", sourceName };
  });
}

/** Finds a rate that is known directly, the other way round, or through a third currency. The newsroom's own rates come first. */
function findRate(known: readonly Rate[], { currency, to }: { currency: string; to: string }): Rate | null {
  if (currency === to) return null;
  const all = [...known, ...known.map(inverse)];
  const direct = all.find((rate) => rate.currency === currency && rate.to === to);
  if (direct) return direct;
  for (const first of all) {
    if (first.currency !== currency) continue;
    const second = all.find((rate) => rate.currency === first.to && rate.to === to);
    if (second) return chained(first, second);
  }
  return null;
}

function inverse({ currency, to, upper, lower, ...rest }: Rate): Rate {
  return { currency: to, to: currency, upper: lower, lower: upper, ...rest };
}

function chained(first: Rate, second: Rate): Rate {
  return {
    ...{ currency: first.currency, to: second.to },
    ...{ upper: first.upper * second.upper, lower: first.lower * second.lower },
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

/** One unit of the rate's currency in `to`, with six decimals for display. Sums are converted with the exact fraction. */
export function rateDecimal({ currency, to, upper, lower }: Rate): string {
  const scale = 1_000_000n;
  const millionths = rounded(
    upper * 10n ** BigInt(exponentOf(currency)) * scale,
    lower * 10n ** BigInt(exponentOf(to)),
  );
  const digits = String(millionths).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
