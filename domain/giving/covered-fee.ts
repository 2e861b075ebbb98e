// Covering the card fee: the amount to charge, so that the chosen gift arrives whole. Integers only: a percentage is read as millionths.
// It is part of the reader's script, so keep it small.
import { type Currency, chargeStepMinor, exponentOf } from "../currencies";
import { type Money, moneyOf } from "../money";
import type { CardFee, CurrencyTerms } from "../publication";

const WHOLE = 1_000_000;

/** The part of the publication that this needs. */
export type Fees = { currencies: Partial<Record<Currency, Pick<CurrencyTerms, "cardFee" | "limits">>> };

/** `coveredMinor`: the part that covers the fee, out of a charge of `wholeMinor`. */
export type CoveredFee = { coveredMinor: number; wholeMinor: number };

/** A card fee in whole numbers: millionths of the charge that are left, the fixed part, and the step of charges. */
export type FeeTerms = readonly [leftMillionths: number, fixedMinor: number, stepMinor: number];

export function feeTerms({ percent, fixed }: CardFee, currency: Currency): FeeTerms {
  return [WHOLE - partsOf(percent, 4), partsOf(fixed, exponentOf(currency)), chargeStepMinor(currency)];
}

/** A decimal of publication.ts in units of its last digit: 2.9 with four decimals is 29000. */
function partsOf(decimal: string, decimals: number): number {
  const [whole, fraction = ""] = decimal.split(".");
  return Number(whole + fraction.padEnd(decimals, "0"));
}

/**
 * The smallest charge that leaves at least the gift after Stripe's fee, even if Stripe rounds the fee up. In currencies with a larger
 * step it is a multiple of that step. The numbers stay whole and safe: Stripe's charges have at most eight digits.
 */
export function withCardFee({ amountMinor, currency }: Money, [left, fixed, step]: FeeTerms): Money {
  const needed = (amountMinor + fixed) * WHOLE;
  const unit = left * step;
  return { amountMinor: ((needed + ((unit - (needed % unit)) % unit)) / unit) * step, currency };
}

/** Null for a currency whose fee the publication does not name: it offers no box. */
export function cardFeeOf({ currencies }: Fees, currency: Currency): CardFee | null {
  return currencies[currency]?.cardFee ?? null;
}

/** For Stripe's metadata: `76 of 1576`, in minor units. */
export function formatCoveredFee({ coveredMinor, wholeMinor }: CoveredFee): string {
  return `${coveredMinor} of ${wholeMinor}`;
}

const COVERED = /^(\d{1,12}) of (\d{1,12})$/;

/** Reads the covered fee in Stripe's metadata. Null for any other text: a payment without a covered fee is a payment all the same. */
export function parseCoveredFee(text: string | undefined): CoveredFee | null {
  const [, covered, whole] = COVERED.exec(text ?? "") ?? [];
  const read = { coveredMinor: Number(covered), wholeMinor: Number(whole) };
  return read.coveredMinor > 0 && read.coveredMinor < read.wholeMinor ? read : null;
}

/** The columns of a row as money. Null if nothing was covered. */
export function coveredFeeOf({
  coveredFeeMinor,
  currency,
}: {
  coveredFeeMinor: bigint;
  currency: string;
}): Money | null {
  return coveredFeeMinor > 0n ? moneyOf(coveredFeeMinor, currency) : null;
}

/** The amount that was chosen, before the fee was added. */
export function withoutFee(money: Money, fee: Money | null): Money {
  return { ...money, amountMinor: money.amountMinor - (fee?.amountMinor ?? 0) };
}

/**
 * The part of a payment that covers the fee. Zero if the amount charged is not the one that it was calculated for: the amount was changed in
 * Stripe's dashboard, or lowered before it was paid.
 */
export function coveredFeeIn(amountMinor: number, covered: CoveredFee | null | undefined): bigint {
  return covered?.wholeMinor === amountMinor ? BigInt(covered.coveredMinor) : 0n;
}
