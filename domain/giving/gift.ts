import type { ExperimentExposure } from "../appeal/exposure";
import type { Frequency } from "../frequencies";
import type { Money } from "../money";

export const PLACEMENTS = ["banner", "article", "give"] as const;
export type Placement = (typeof PLACEMENTS)[number];

/** A gift that a reader intends to give. No field identifies a person: all ids are opaque. */
export type Gift = {
  /** The amount of one payment, including the part that covers the card fee. */
  money: Money;
  /** The part of `money` that the reader added to cover the card fee; 0 if they did not. */
  coveredFeeMinor: number;
  frequency: Frequency;
  article: string | null;
  appeal: string;
  variant: string;
  placement: Placement;
  exposure: ExperimentExposure | null;
  locale: string;
};

/** Returns the same key for gifts with the same amount, frequency and covered fee. */
export function giftTermsKey({
  money,
  frequency,
  coveredFeeMinor,
}: Pick<Gift, "money" | "frequency" | "coveredFeeMinor">): string {
  return [money.amountMinor, money.currency, frequency, ...(coveredFeeMinor ? [coveredFeeMinor] : [])].join(":");
}

export function amountWithoutCoveredFee({ money, coveredFeeMinor }: Pick<Gift, "money" | "coveredFeeMinor">): Money {
  return { ...money, amountMinor: money.amountMinor - coveredFeeMinor };
}
