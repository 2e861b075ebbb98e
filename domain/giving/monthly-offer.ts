import { type Money, money } from "../money";
import { type Publication, presetAmounts } from "../publication";
import type { Gift } from "./gift";

const TIMES_SMALLER = 3;

/**
 * Returns the largest monthly preset up to a third of a single gift. Returns null if none is that small, or the gift is
 * recurring.
 */
export function suggestMonthlyAmount(
  { money: amount, frequency }: Pick<Gift, "money" | "frequency">,
  publication: Pick<Publication, "currencies">,
): Money | null {
  if (frequency !== "once") return null;
  const { currency } = amount;
  const smaller = presetAmounts(publication, { currency, frequency: "monthly" })
    .map((preset) => money(preset, currency))
    .filter(({ amountMinor }) => amountMinor * TIMES_SMALLER <= amount.amountMinor)
    .sort((a, b) => b.amountMinor - a.amountMinor);
  return smaller[0] ?? null;
}
