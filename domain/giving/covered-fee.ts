// Covering the card fee: the amount to charge, so that the chosen gift arrives whole. Integers only: a percentage is read as millionths.
// It is part of the reader's script, so keep it small.
import { type Currency, chargeStepMinor, exponentOf } from "../currencies";
import { type Money, moneyOf } from "../money";
import type { CardFee, CurrencyLimits } from "../publication";

const WHOLE = 1_000_000;

/** `coveredMinor`: the part that covers the fee, out of a charge of `wholeMinor`. */
export type CoveredFee = { coveredMinor: number; wholeMinor: number };

/**
 * The smallest charge of which at least the gift is left after Stripe's fee, even if Stripe rounds the fee up. In currencies with a larger
 * step the charge is a multiple of it. Never more than a safe integer: Stripe's charges have at most eight digits.
 */
export function withCardFee({ amountMinor, currency }: Money, { percent, fixed }: CardFee): Money {
  const step = chargeStepMinor(currency);
  const needed = (amountMinor + partsOf(fixed, exponentOf(currency))) * WHOLE;
  const left = (WHOLE - partsOf(percent, 4)) * step;
  return { amountMinor: ((needed + ((left - (needed % left)) % left)) / left) * step, currency };
}

/** A decimal of publication.ts in units of its last digit: 2.9 with four decimals is 29000. */
function partsOf(decimal: string, decimals: number): number {
  const [whole, fraction = ""] = decimal.split(".");
  return Number(whole + fraction.padEnd(decimals, "0"));
}

/** Null for a currency whose fee the publication does not name: it offers no box. */
export function cardFeeOf({ currencies }: CurrencyLimits, currency: Currency): CardFee | null {
  return currencies[currency]?.cardFee ?? null;
}

/** For Stripe's metadata: `76 of 1576`, in minor units. */
export function formatCoveredFee({ coveredMinor, wholeMinor }: CoveredFee): string {
  return `${coveredMinor} of ${wholeMinor}`;
}

const COVERED = /^(\d{1,12}) of (\d{1,12})$/;

/** Null for anything else: a payment without it is a payment all the same. */
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
 * The part of a payment that covers the fee. Zero if another amount is charged than the one that was reckoned: the amount was changed in
 * Stripe's dashboard, or lowered before it was paid.
 */
export function coveredFeeIn(amountMinor: number, covered: CoveredFee | null | undefined): bigint {
  return covered?.wholeMinor === amountMinor ? BigInt(covered.coveredMinor) : 0n;
}
