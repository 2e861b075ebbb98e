import { type Currency, isStripeCurrency } from "./currencies";
import type { Frequency } from "./frequencies";
import { type TextOrTextByLanguage, wordingIn } from "./localized";

export type { Currency };

export type Publication = {
  /**
   * The id that marks this site's objects at Stripe. Never change it after the first gift: the site would not recognise
   * older gifts. It consists of lower-case letters, digits and hyphens. Two sites on one Stripe account must have
   * different ids.
   */
  id: string;
  name: string;
  shortName: string;
  motto: TextOrTextByLanguage;
  founded: number;
  defaultLanguage: string;
  languages: readonly string[];
  timeZone: string;
  mailFrom: string;
  contact: string;
  /** If true, the subjects and previews of e-mails do not mention gifts. */
  neutralSubjects: boolean;
  /** If true, everyone can read the rounded income of each month at /income. */
  publishesIncome: boolean;
  /** The organisation that receives the money. Each of its texts can have one wording per language. */
  recipient: {
    legalName: TextOrTextByLanguage;
    registration: TextOrTextByLanguage | null;
    address: TextOrTextByLanguage;
    taxNote: TextOrTextByLanguage;
    isTaxDeductible: boolean;
    refundDays: number;
  };
  /**
   * The largest sum, in major units, that a colleague can refund of one payment without a second colleague. In a
   * currency that is missing here, every refund needs a second colleague.
   */
  refundNeedsSecondPerson: Partial<Record<Currency, string>>;
  /** The hour at which staff get the daily summary, 0 to 23, in `timeZone`. */
  summaryHour: number;
  accent: { light: string; dark: string };
  productName: string;
  paperSize: "A4" | "LETTER";
  /**
   * The currencies in which readers can give, in the order of the form. There must be at least one. The first is the
   * default.
   */
  currencies: Partial<Record<Currency, CurrencySettings>>;
  defaultFrequency: Frequency;
  preferredPreset: number;
  /**
   * The currency in which staff see totals over all currencies; by default the first of `currencies`. `rates`: the
   * newsroom's own exchange rates for other currencies. They take precedence over the rates at which Stripe converted
   * payments. `rate`: how many units of `reporting.currency` one unit of the other currency is worth.
   */
  reporting?: {
    currency: Currency;
    rates?: Partial<Record<Currency, { rate: string; day: string; source: string }>>;
  };
};

/** The settings for one currency. Amounts are in major units, as a reader would type them. */
export type CurrencySettings = {
  presets: Record<Frequency, readonly string[]>;
  limits: { min: string; max: string };
  /** The card fee that a reader can cover. If it is missing, the gift form does not offer to cover the fee. */
  cardFee?: CardFee;
};

/** The card fee in the Stripe account's price list. `percent`: at most four decimals. `fixed`: in major units. */
export type CardFee = { percent: string; fixed: string };

export type PublicationGiftLimits = { currencies: Partial<Record<Currency, Pick<CurrencySettings, "limits">>> };

export function mottoIn(
  locale: string,
  { motto, defaultLanguage }: Pick<Publication, "motto" | "defaultLanguage">,
): string {
  return wordingIn(motto, { locale, defaultLanguage });
}

/**
 * Returns the name of the organisation that receives the money. If the organisation has no name, returns the
 * publication's name.
 */
export function recipientNameIn(
  locale: string,
  { recipient, name, defaultLanguage }: Pick<Publication, "recipient" | "name" | "defaultLanguage">,
): string {
  return wordingIn(recipient.legalName, { locale, defaultLanguage }) || name;
}

export function currenciesOf({ currencies }: Pick<Publication, "currencies">): Currency[] {
  return Object.keys(currencies).filter(isStripeCurrency);
}

/** Returns the first currency. Throws an error if there is none. */
export function defaultCurrencyOf(publication: Pick<Publication, "currencies">): Currency {
  const [first] = currenciesOf(publication);
  if (!first) throw new Error("publication.ts must name at least one currency in `currencies`");
  return first;
}

/**
 * Returns the preset amounts in major units. Returns an empty list if the publication no longer accepts the currency,
 * which older recurring gifts can still have.
 */
export function presetAmounts(
  { currencies }: Pick<Publication, "currencies">,
  { currency, frequency }: { currency: Currency; frequency: Frequency },
): readonly string[] {
  return currencies[currency]?.presets[frequency] ?? [];
}
