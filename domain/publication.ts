// The shape of publication.ts at the root, and questions about its currencies.

import { type Currency, isCurrency } from "./currencies";
import type { Frequency } from "./giving/gift";
import { type Localized, wordingIn } from "./localized";

export type { Currency };

export type Publication = {
  /**
   * The site's mark on everything it makes at Stripe, by which it recognises its gifts. Small letters, digits and hyphens;
   * different for each site on one Stripe account. Never change it once gifts have come: the site would no longer recognise the
   * older ones.
   */
  id: string;
  name: string;
  shortName: string;
  /** One line about the newsroom, on the front page and in the feed. */
  motto: Localized;
  founded: number;
  defaultLanguage: string;
  languages: readonly string[];
  timeZone: string;
  mailFrom: string;
  contact: string;
  /** True: a mail's subject and preview never say that it is about a gift. */
  neutralSubjects: boolean;
  /** True: everyone may read the rounded income of each month at /income. */
  publishesIncome: boolean;
  recipient: {
    /** Each text may have one wording per language. An empty one is left out. */
    legalName: Localized;
    registration: Localized | null;
    address: Localized;
    taxNote: Localized;
    isTaxDeductible: boolean;
    refundDays: number;
  };
  /**
   * A colleague who refunds more than this of one payment needs another colleague's confirmation. Amounts are in major units, as in
   * `currencies`. In a currency without an amount here, every refund needs it.
   */
  refundNeedsSecondPerson: Partial<Record<Currency, string>>;
  /** 0 to 23, on the clock of `timeZone`. */
  summaryHour: number;
  accent: { light: string; dark: string };
  productName: string;
  /** The paper size of receipts and statements. */
  paperSize: "A4" | "LETTER";
  /** The currencies that readers can give in, in the order of the form; one is enough. The first is the default. */
  currencies: Partial<Record<Currency, CurrencyTerms>>;
  defaultFrequency: Frequency;
  preferredPreset: number;
  /**
   * The currency of sums over all currencies, for staff; without it, the first of `currencies`. Stripe's own conversions give the rates.
   * `rates` are for currencies that Stripe never converts: one unit is so many of `currency`, on that day, by that source.
   */
  reporting?: {
    currency: Currency;
    rates?: Partial<Record<Currency, { rate: string; day: string; source: string }>>;
  };
};

/** The terms of one currency. Amounts are in major units, as a reader would type them. */
export type CurrencyTerms = {
  presets: Record<Frequency, readonly string[]>;
  limits: { min: string; max: string };
  /** The card fee that a reader may cover. If it is missing, the form has no box for it. */
  cardFee?: CardFee;
};

/**
 * Stripe's fee for a card in this currency, as the account's price list says: a percentage with at most four decimals, and a fixed part in
 * major units, which may be `0`.
 */
export type CardFee = { percent: string; fixed: string };

/** The part of the publication that amounts are checked against; the reader's script contains no more of it. */
export type CurrencyLimits = { currencies: Partial<Record<Currency, Pick<CurrencyTerms, "limits">>> };

export function mottoIn(
  locale: string,
  { motto, defaultLanguage }: Pick<Publication, "motto" | "defaultLanguage">,
): string {
  return wordingIn(motto, { locale, defaultLanguage });
}

export function currenciesOf({ currencies }: Pick<Publication, "currencies">): Currency[] {
  return Object.keys(currencies).filter(isCurrency);
}

/** The currency that the form opens with, and that the appeal names its amounts in. */
export function defaultCurrencyOf(publication: Pick<Publication, "currencies">): Currency {
  const [first] = currenciesOf(publication);
  if (!first) throw new Error("publication.ts names no currency in `currencies`");
  return first;
}

/**
 * The presets of one currency and frequency. Empty for a currency that the publication no longer takes, as an older recurring gift
 * may have.
 */
export function presetAmounts(
  { currencies }: Pick<Publication, "currencies">,
  { currency, frequency }: { currency: Currency; frequency: Frequency },
): readonly string[] {
  return currencies[currency]?.presets[frequency] ?? [];
}
