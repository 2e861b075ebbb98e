// A gift is the reader's intention, before any money has moved.
import type { Exposure } from "../appeal/exposure";
import type { Money } from "../money";

export const FREQUENCIES = ["once", "monthly", "yearly"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** The places on the site from which a reader can send the gift form. */
export const PLACEMENTS = ["banner", "article", "give"] as const;
export type Placement = (typeof PLACEMENTS)[number];

/** An accepted gift, with an amount within the publication's limits and Stripe's. Ids are opaque, and no field names a person. */
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
  /** The experiment that the device is in, if any. */
  exposure: Exposure | null;
  locale: string;
};

/** Two submissions of the same form with the same key are the same gift. */
export function sameGiftKey({
  money,
  frequency,
  coveredFeeMinor,
}: Pick<Gift, "money" | "frequency" | "coveredFeeMinor">): string {
  return [money.amountMinor, money.currency, frequency, ...(coveredFeeMinor ? [coveredFeeMinor] : [])].join(":");
}

/** The amount that the reader chose, before they added the card fee. */
export function amountWithoutFee({ money, coveredFeeMinor }: Pick<Gift, "money" | "coveredFeeMinor">): Money {
  return { ...money, amountMinor: money.amountMinor - coveredFeeMinor };
}
