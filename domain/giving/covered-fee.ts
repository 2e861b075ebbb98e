// Calculates the card fee that a reader covers. Uses only integers: percentages become millionths. Also runs in the
// reader's browser, so keep this file small.
import { type Currency, exponentOf, smallestAmountStepMinor } from "../currencies";
import { type Money, moneyOf } from "../money";
import type { CardFee, CurrencySettings } from "../publication";

const WHOLE = 1_000_000;

export type FeesAndLimitsByCurrency = {
  currencies: Partial<Record<Currency, Pick<CurrencySettings, "cardFee" | "limits">>>;
};

/** `wholeMinor`: the amount charged. `coveredMinor`: the part of it that covers the card fee. */
export type ChargeWithCoveredFee = { coveredMinor: number; wholeMinor: number };

/**
 * `leftMillionths`: the part of a charge, in millionths, that is left after the fee's percentage. `fixedMinor`: the
 * fixed part of the fee, in minor units. `stepMinor`: each charge must be a multiple of this amount, in minor units.
 */
export type CardFeeTerms = readonly [leftMillionths: number, fixedMinor: number, stepMinor: number];

export function coveredFeeParameters({ percent, fixed }: CardFee, currency: Currency): CardFeeTerms {
  return [WHOLE - partsOf(percent, 4), partsOf(fixed, exponentOf(currency)), smallestAmountStepMinor(currency)];
}

/**
 * Converts a decimal text of publication.ts to an integer by moving the decimal point: "2.9" with four decimals becomes
 * 29000.
 */
function partsOf(decimal: string, decimals: number): number {
  const [whole, fraction = ""] = decimal.split(".");
  return Number(whole + fraction.padEnd(decimals, "0"));
}

/**
 * Returns the smallest charge that leaves at least the gift after Stripe's fee, even if Stripe rounds the fee up. The
 * charge is a multiple of the currency's charge step. The multiplications give only safe integers, because Stripe's
 * charges have at most eight digits.
 */
export function withCardFee({ amountMinor, currency }: Money, [left, fixed, step]: CardFeeTerms): Money {
  const needed = (amountMinor + fixed) * WHOLE;
  const unit = left * step;
  return { amountMinor: ((needed + ((unit - (needed % unit)) % unit)) / unit) * step, currency };
}

export function cardFeeOf({ currencies }: FeesAndLimitsByCurrency, currency: Currency): CardFee | null {
  return currencies[currency]?.cardFee ?? null;
}

/**
 * Returns the text for Stripe's metadata, in minor units: `76 of 1576` means that 76 of the 1576 charged cover the fee.
 */
export function formatCoveredFeeMetadata({ coveredMinor, wholeMinor }: ChargeWithCoveredFee): string {
  return `${coveredMinor} of ${wholeMinor}`;
}

const COVERED = /^(\d{1,12}) of (\d{1,12})$/;

/**
 * Parses the text of formatCoveredFeeMetadata(). Returns null for any other text. Also returns null if `coveredMinor`
 * is zero or not less than `wholeMinor`.
 */
export function parseCoveredFeeMetadata(text: string | undefined): ChargeWithCoveredFee | null {
  const [, covered, whole] = COVERED.exec(text ?? "") ?? [];
  const read = { coveredMinor: Number(covered), wholeMinor: Number(whole) };
  return read.coveredMinor > 0 && read.coveredMinor < read.wholeMinor ? read : null;
}

export function coveredFeeOf({
  coveredFeeMinor,
  currency,
}: {
  coveredFeeMinor: bigint;
  currency: string;
}): Money | null {
  return coveredFeeMinor > 0n ? moneyOf(coveredFeeMinor, currency) : null;
}

export function withoutCoveredFee(money: Money, fee: Money | null): Money {
  return { ...money, amountMinor: money.amountMinor - (fee?.amountMinor ?? 0) };
}

/**
 * Returns the part of a charge that covers the fee. Returns zero if that part was calculated for a charge of another
 * amount.
 */
export function coveredFeeMinorIn(chargedMinor: number, covered: ChargeWithCoveredFee | null | undefined): bigint {
  return covered?.wholeMinor === chargedMinor ? BigInt(covered.coveredMinor) : 0n;
}
