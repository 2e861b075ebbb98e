import { type ExperimentExposure, formatExposure, parseExposure } from "../appeal/exposure";
import { FREQUENCIES, type Frequency } from "../frequencies";
import { localizedPath } from "../languages";
import { type Currency, isStripeCurrency, type Money, minimumCharge, money, toDecimal } from "../money";
import {
  currenciesOf,
  defaultCurrencyOf,
  type Publication,
  type PublicationGiftLimits,
  presetAmounts,
} from "../publication";
import { cardFeeOf, coveredFeeParameters, type FeesAndLimitsByCurrency, withCardFee } from "./covered-fee";
import type { OnceOrRecurringFrequency } from "./frequency";
import { amountWithoutCoveredFee, type Gift, PLACEMENTS, type Placement } from "./gift";
import { parseTypedAmount, type TypedAmountRefusal } from "./typed-amount";

export type GiftFormFields = Record<string, string | string[] | undefined>;

export const FREQUENCY_FIELD_VALUES: Record<Frequency, string> = { once: "once", monthly: "month", yearly: "year" };

export type GiftFormValues = {
  frequency: Frequency;
  currency: Currency;
  /**
   * The amount in major units, as the reader typed it or as publication.ts lists it. Null if no amount was sent, or if
   * the frequency or currency is unknown.
   */
  amount: string | null;
  isCustom: boolean;
  /**
   * True if the reader wants to cover the card fee. It has no effect if publication.ts states no card fee for the
   * currency.
   */
  coversFee: boolean;
  article: string | null;
  placement: Placement;
  appeal: string;
  variant: string;
  exposure: ExperimentExposure | null;
};

export type GiftAmountRefusal = TypedAmountRefusal | "below-minimum" | "above-maximum" | "too-large-with-fee";
export type ParseGiftAmountResult =
  | { kind: "amount"; money: Money }
  | { kind: "refused"; reason: GiftAmountRefusal; limit: Money | null };
export type ParseGiftResult = { kind: "gift"; gift: Gift } | Extract<ParseGiftAmountResult, { kind: "refused" }>;

const MAX_AMOUNT_LENGTH = 40;
const OPAQUE_ID = /^[\w-]{1,64}$/;

/**
 * Reads the form without refusing anything. Missing and unknown values become defaults, most of them from
 * publication.ts.
 */
export function readGiftFormWithDefaults(fields: GiftFormFields, publication: Publication): GiftFormValues {
  const text = (name: string) => one(fields[name]);
  const every = text("every") ?? FREQUENCY_FIELD_VALUES[publication.defaultFrequency];
  const chosenFrequency = FREQUENCIES.find(
    (frequency) => every === FREQUENCY_FIELD_VALUES[frequency] || every === frequency,
  );
  const frequency = chosenFrequency ?? publication.defaultFrequency;
  const code = text("currency")?.toUpperCase() ?? defaultCurrencyOf(publication);
  const isTaken = isStripeCurrency(code) && code in publication.currencies;
  const currency = isTaken ? code : defaultCurrencyOf(publication);
  // If the currency or frequency is unknown, the amount is ignored. Otherwise the amount would get the default currency
  // or frequency. The reader could then be charged more often than intended.
  const amount = isTaken && chosenFrequency ? readAmount({ text, currency, frequency }) : null;
  const offered = presetAmounts(publication, { currency, frequency }).find((preset) =>
    isSameAmount(preset, { amount, currency }),
  );
  return {
    frequency,
    currency,
    amount: offered ?? amount,
    isCustom: amount !== null && offered === undefined,
    coversFee: text(COVER_FEE_FIELD) === COVER_FEE_CHECKED_VALUE,
    article: opaque(text("article")),
    placement: PLACEMENTS.find((placement) => placement === text("placement")) ?? "give",
    appeal: opaque(text("appeal")) ?? "none",
    variant: opaque(text("variant")) ?? "none",
    exposure: parseExposure(text("exposure")),
  };
}

/**
 * Returns the preset amount that the reader chose. If they chose none, returns the amount that they typed, or the
 * amount in the URL (`amount`).
 */
function readAmount(form: {
  text: (name: string) => string | undefined;
  currency: Currency;
  frequency: Frequency;
}): string | null {
  const { text, currency, frequency } = form;
  const chosen = text(presetAmountFieldName({ currency, frequency }));
  const typed = text("custom");
  const amount =
    chosen !== undefined && chosen !== "custom" ? chosen : (typed ?? (chosen === "custom" ? "" : text("amount")));
  return amount === undefined ? null : amount.slice(0, MAX_AMOUNT_LENGTH);
}

/** Returns true for `20.00` and `$20` if the preset is `20`. */
function isSameAmount(preset: string, { amount, currency }: { amount: string | null; currency: Currency }): boolean {
  const parsed = parseTypedAmount(amount ?? "", currency);
  return parsed.kind === "amount" && parsed.money.amountMinor === money(preset, currency).amountMinor;
}

/**
 * Returns a link to the gift form, filled in like this gift. A frequency that the form does not offer becomes `once`.
 */
export function giveAgainPath({
  money: amount,
  frequency,
}: {
  money: Money;
  frequency: OnceOrRecurringFrequency;
}): string {
  const every = FREQUENCIES.find((offered) => offered === frequency) ?? "once";
  return `/give?${new URLSearchParams({ every: FREQUENCY_FIELD_VALUES[every], currency: amount.currency, amount: toDecimal(amount) })}`;
}

/** Returns the path of the gift form in the language of this gift. The form is filled in like the gift. */
export function filledFormPath(gift: Gift, publication: Pick<Publication, "languages" | "defaultLanguage">): string {
  return localizedPath(gift.locale, `/give?${giftFormQueryFromGift(gift)}`, publication);
}

export function giftFormQueryFromGift(gift: Gift): string {
  const { money: _, coveredFeeMinor, frequency, ...asked } = gift;
  const amount = amountWithoutCoveredFee(gift);
  const filled = { frequency, currency: amount.currency, amount: toDecimal(amount), isCustom: false };
  return giftFormQuery({ ...filled, ...asked, coversFee: coveredFeeMinor > 0 });
}

export const COVER_FEE_FIELD = "cover";
export const COVER_FEE_CHECKED_VALUE = "fee";

export function presetAmountFieldName({ currency, frequency }: { currency: Currency; frequency: Frequency }): string {
  return `preset-${currency.toLowerCase()}-${FREQUENCY_FIELD_VALUES[frequency]}`;
}

/** Parses a typed amount. Refuses amounts outside the publication's limits or below Stripe's minimum. */
export function parseGiftAmount(typed: {
  text: string;
  currency: Currency;
  publication: PublicationGiftLimits;
}): ParseGiftAmountResult {
  return parseAmountWithin(typed, { min: minimumGiftAmount(typed), max: maximumGiftAmount(typed) });
}

/**
 * Does the same as parseGiftAmount(), but with limits that the caller passes. So the browser can use it without
 * publication.ts.
 */
export function parseAmountWithin(
  { text, currency }: { text: string; currency: Currency },
  { min, max }: { min: Money; max: Money },
): ParseGiftAmountResult {
  const parsed = parseTypedAmount(text, currency);
  if (parsed.kind === "refused") {
    const { reason } = parsed;
    return { kind: "refused", reason, limit: reason === "too-large-to-read" ? max : null };
  }
  const { amountMinor } = parsed.money;
  if (amountMinor < min.amountMinor) return { kind: "refused", reason: "below-minimum", limit: min };
  if (amountMinor > max.amountMinor) return { kind: "refused", reason: "above-maximum", limit: max };
  return parsed;
}

/** Returns true if the form contains a known frequency and currency. A default must never decide what somebody pays. */
export function hasFrequencyAndCurrency(fields: GiftFormFields, publication: Pick<Publication, "currencies">): boolean {
  const every = FREQUENCIES.some((frequency) => FREQUENCY_FIELD_VALUES[frequency] === fields.every);
  return every && currenciesOf(publication).some((currency) => currency === fields.currency);
}

/**
 * Converts the form to a gift. Refuses only because of the amount: it is missing, unreadable, outside the limits, or
 * too large with the card fee.
 */
export function parseGift(
  form: GiftFormValues,
  { publication, locale }: { publication: Publication; locale: string },
): ParseGiftResult {
  const amount = parseGiftAmount({ text: form.amount ?? "", currency: form.currency, publication });
  if (amount.kind === "refused") return amount;
  const charged = amountToCharge(amount.money, { coversFee: form.coversFee, publication });
  if (charged.kind === "refused") return charged;
  const { frequency, article, appeal, variant, placement, exposure } = form;
  const { money, coveredFeeMinor } = charged;
  return {
    kind: "gift",
    gift: { money, coveredFeeMinor, frequency, article, appeal, variant, placement, exposure, locale },
  };
}

type Charged =
  | Extract<ParseGiftAmountResult, { kind: "refused" }>
  | ({ kind: "charged" } & Pick<Gift, "money" | "coveredFeeMinor">);

/**
 * Returns the amount to charge, with the card fee if the reader covers it. With the fee, the amount can exceed the
 * publication's limits, but not Stripe's maximum charge.
 */
export function amountToCharge(
  amount: Money,
  { coversFee, publication }: { coversFee: boolean; publication: FeesAndLimitsByCurrency },
): Charged {
  const fee = coversFee ? cardFeeOf(publication, amount.currency) : null;
  if (!fee) return { kind: "charged", money: amount, coveredFeeMinor: 0 };
  const whole = withCardFee(amount, coveredFeeParameters(fee, amount.currency));
  if (whole.amountMinor > STRIPE_MAXIMUM_MINOR) return { kind: "refused", reason: "too-large-with-fee", limit: null };
  return { kind: "charged", money: whole, coveredFeeMinor: whole.amountMinor - amount.amountMinor };
}

export function parseChangedAmount(
  { text, cover, currency }: { text: string; cover: string; currency: Currency },
  publication: PublicationGiftLimits & FeesAndLimitsByCurrency,
): Charged {
  const parsed = parseGiftAmount({ text, currency, publication });
  if (parsed.kind === "refused") return parsed;
  return amountToCharge(parsed.money, { coversFee: cover === COVER_FEE_CHECKED_VALUE, publication });
}

export function giftFormQuery(form: GiftFormValues): string {
  const query = new URLSearchParams({ every: FREQUENCY_FIELD_VALUES[form.frequency], currency: form.currency });
  if (form.amount !== null) query.set("amount", form.amount);
  if (form.coversFee) query.set(COVER_FEE_FIELD, COVER_FEE_CHECKED_VALUE);
  if (form.article) query.set("article", form.article);
  if (form.placement !== "give") query.set("placement", form.placement);
  for (const name of ["appeal", "variant"] as const) if (form[name] !== "none") query.set(name, form[name]);
  if (form.exposure) query.set("exposure", formatExposure(form.exposure));
  return query.toString();
}

/** The largest amount that Stripe can charge: eight digits in minor units. */
const STRIPE_MAXIMUM_MINOR = 99_999_999;

/**
 * Returns the higher of the publication's and Stripe's minimum. Older recurring gifts can have a currency that the
 * publication no longer accepts. For such a currency, returns Stripe's minimum.
 */
export function minimumGiftAmount({
  currency,
  publication,
}: {
  currency: Currency;
  publication: PublicationGiftLimits;
}): Money {
  const stripes = minimumCharge(currency);
  const limits = publication.currencies[currency]?.limits;
  const ours = limits ? money(limits.min, currency) : stripes;
  return ours.amountMinor >= stripes.amountMinor ? ours : stripes;
}

export function maximumGiftAmount({
  currency,
  publication,
}: {
  currency: Currency;
  publication: PublicationGiftLimits;
}): Money {
  const limits = publication.currencies[currency]?.limits;
  return limits ? money(limits.max, currency) : { amountMinor: STRIPE_MAXIMUM_MINOR, currency };
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function opaque(value: string | undefined): string | null {
  return value !== undefined && OPAQUE_ID.test(value) ? value : null;
}
