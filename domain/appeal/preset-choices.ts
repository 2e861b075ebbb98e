import type { Frequency } from "../frequencies";
import { type Currency, type Money, minimumCharge, money, parseAmount, toDecimal } from "../money";
import { currenciesOf, type Publication } from "../publication";

/**
 * An appeal's own preset amounts, in major units and in the order of the form. If a list is missing, the list in
 * publication.ts applies.
 */
export type AppealPresetAmounts = Partial<Record<Currency, Partial<Record<Frequency, string[]>>>>;

export const PRESET_FREQUENCIES = ["once", "monthly", "yearly"] as const satisfies readonly Frequency[];
export const MAX_PRESETS = 6;

export type PresetProblem = {
  currency: Currency;
  frequency: Frequency;
  reason: "not-amounts" | "below-minimum" | "above-maximum" | "not-rising" | "wrong-count";
  /**
   * The minimum if the reason is `below-minimum`, and the maximum if it is `above-maximum`. Null for the other reasons.
   */
  limit: Money | null;
  least: number;
  most: number;
};

export type PresetsCheckResult =
  | { kind: "presets"; presets: AppealPresetAmounts }
  | { kind: "refused"; problems: PresetProblem[] };

type Terms = Pick<Publication, "currencies" | "preferredPreset">;
type TypedPresets = (currency: Currency, frequency: Frequency) => string;

/**
 * Checks the preset amounts that a colleague typed. `typed`: returns the text for a currency and frequency, with
 * amounts separated by spaces or semicolons. For "", the list in publication.ts applies.
 */
export function checkPresets(typed: TypedPresets, publication: Terms): PresetsCheckResult {
  const presets: AppealPresetAmounts = {};
  const problems: PresetProblem[] = [];
  for (const currency of currenciesOf(publication))
    for (const frequency of PRESET_FREQUENCIES) {
      const text = typed(currency, frequency).trim();
      if (text === "") continue;
      const checked = checkList(text.split(/[\s;]+/), { currency, publication });
      if (Array.isArray(checked)) presets[currency] = { ...presets[currency], [frequency]: checked };
      else problems.push({ ...checked, currency, frequency, least: leastPresets(publication), most: MAX_PRESETS });
    }
  return problems.length > 0 ? { kind: "refused", problems } : { kind: "presets", presets };
}

/**
 * Returns how many amounts a list must have at least. The form preselects the amount at the position `preferredPreset`,
 * so every list must have one there.
 */
function leastPresets({ preferredPreset }: Pick<Publication, "preferredPreset">): number {
  return Math.max(2, preferredPreset + 1);
}

type Problem = Pick<PresetProblem, "reason" | "limit">;

function checkList(texts: string[], { currency, publication }: { currency: Currency; publication: Terms }) {
  const parsed = texts.map((text) => parseAmount(text, currency));
  const amounts = parsed.flatMap((each) => (each.kind === "amount" ? [each.money] : []));
  const problem = (reason: Problem["reason"], limit: Money | null = null): Problem => ({ reason, limit });
  if (amounts.length < texts.length) return problem("not-amounts");
  const { least, most } = limitsOf(currency, publication);
  if (amounts.some(({ amountMinor }) => amountMinor < least.amountMinor)) return problem("below-minimum", least);
  if (amounts.some(({ amountMinor }) => amountMinor > most.amountMinor)) return problem("above-maximum", most);
  if (amounts.some(({ amountMinor }, i) => amountMinor <= (amounts[i - 1]?.amountMinor ?? 0)))
    return problem("not-rising");
  if (amounts.length < leastPresets(publication) || amounts.length > MAX_PRESETS) return problem("wrong-count");
  return amounts.map(toDecimalWithoutTrailingZeros);
}

function limitsOf(currency: Currency, { currencies }: Terms): { least: Money; most: Money } {
  const limits = currencies[currency]?.limits;
  const stripes = minimumCharge(currency);
  if (!limits) return { least: stripes, most: stripes };
  const ours = money(limits.min, currency);
  return { least: ours.amountMinor > stripes.amountMinor ? ours : stripes, most: money(limits.max, currency) };
}

/** Returns the amount in major units without trailing zeros, such as `5` or `1.5`. */
export function toDecimalWithoutTrailingZeros(amount: Money): string {
  const text = toDecimal(amount);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * Returns the publication with the appeal's preset amounts in place of its own. Ignores currencies that the publication
 * does not offer.
 */
export function withPresets<P extends Publication>(publication: P, presets: AppealPresetAmounts): Publication {
  const entries = currenciesOf(publication).flatMap((currency) => {
    const terms = publication.currencies[currency];
    return terms ? [[currency, { ...terms, presets: { ...terms.presets, ...presets[currency] } }] as const] : [];
  });
  return { ...publication, currencies: Object.fromEntries(entries) };
}
