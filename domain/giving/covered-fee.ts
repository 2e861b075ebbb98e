// Calculates the charge that covers the card fee, so that the whole chosen amount arrives. It uses only integers: percentages become
// millionths. This file is part of the reader's script, so keep it small.
import { type Currency, chargeStepMinor, exponentOf } from "../currencies";
import { type Money, moneyOf } from "../money";
import type { CardFee, CurrencyTerms } from "../publication";

const WHOLE = 1_000_000;

/** The settings of the publication that decide the card fee. */
export type FeeCurrencies = { currencies: Partial<Record<Currency, Pick<CurrencyTerms, "cardFee" | "limits">>> };

/** `coveredMinor`: the part of the charge `wholeMinor` that covers the fee. */
export type CoveredFee = { coveredMinor: number; wholeMinor: number };

/** A card fee in integers: the share of the charge that is left after the percentage, the fixed fee, and the step of charges. */
export type FeeTerms = readonly [leftMillionths: number, fixedMinor: number, stepMinor: number];

export function feeTerms({ percent, fixed }: CardFee, currency: Currency): FeeTerms {
  return [WHOLE - partsOf(percent, 4), partsOf(fixed, exponentOf(currency)), chargeStepMinor(currency)];
}

/** Converts a decimal of publication.ts to an integer: 2.9 with four decimals is 29000. */
function partsOf(decimal: string, decimals: number): number {
  const [whole, fraction = ""] = decimal.split(".");
  return Number(whole + fraction.padEnd(decimals, "0"));
}

/**
 * The smallest charge that leaves at least the gift after Stripe's fee, even if Stripe rounds the fee up. It is a multiple of the
 * currency's charge step. The products are safe integers, because Stripe's charges have at most eight digits.
 */
export function withCardFee({ amountMinor, currency }: Money, [left, fixed, step]: FeeTerms): Money {
  const needed = (amountMinor + fixed) * WHOLE;
  const unit = left * step;
  return { amountMinor: ((needed + ((unit - (needed % unit)) % unit)) / unit) * step, currency };
}

/** Null if the publication names no card fee for this currency. The form then has no box to cover it. */
export function cardFeeOf({ currencies }: FeeCurrencies, currency: Currency): CardFee | null {
  return currencies[currency]?.cardFee ?? null;
}

/** For Stripe's metadata: `76 of 1576`, in minor units. */
export function formatCoveredFee({ coveredMinor, wholeMinor }: CoveredFee): string {
  return `${coveredMinor} of ${wholeMinor}`;
}

const COVERED = /^(\d{1,12}) of (\d{1,12})$/;

/** Parses the covered fee in Stripe's metadata. Null for any other text: the payment is then recorded without a covered fee. */
export function parseCoveredFee(text: string | undefined): CoveredFee | null {
  const [, covered, whole] = COVERED.exec(text ?? "") ?? [];
  const read = { coveredMinor: Number(covered), wholeMinor: Number(whole) };
  return read.coveredMinor > 0 && read.coveredMinor < read.wholeMinor ? read : null;
}

/** The covered fee of a row, as money. Null if no fee was covered. */
export function coveredFeeOf({
  coveredFeeMinor,
  currency,
}: {
  coveredFeeMinor: bigint;
  currency: string;
}): Money | null {
  return coveredFeeMinor > 0n ? moneyOf(coveredFeeMinor, currency) : null;
}

/** The amount that the reader chose, before the fee was added. */
export function withoutFee(money: Money, fee: Money | null): Money {
  return { ...money, amountMinor: money.amountMinor - (fee?.amountMinor ?? 0) };
}

/**
 * The part of a payment that covers the fee, in minor units. Zero if the amount charged differs from the amount for which it was
 * calculated, for example after a change in Stripe's dashboard.
 */
export function coveredFeeMinorIn(amountMinor: number, covered: CoveredFee | null | undefined): bigint {
  return covered?.wholeMinor === amountMinor ? BigInt(covered.coveredMinor) : 0n;
}
