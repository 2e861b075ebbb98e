// What a publication must say about itself (publication.ts at the root says it).
import type { Frequency } from "./giving/gift";
import type { Localized } from "./localized";
import type { Currency } from "./money";

export type { Currency };

export type Publication = {
  /**
   * The site's own mark on everything it makes at Stripe, by which it knows its gifts again. Small letters, digits and hyphens;
   * another for each site on one Stripe account. Never changed once gifts have come: those of before would no longer be ours.
   */
  id: string;
  name: string;
  shortName: string;
  motto: string;
  founded: number;
  defaultLanguage: string;
  languages: readonly string[];
  timeZone: string;
  mailFrom: string;
  contact: string;
  recipient: {
    /** Any of these may have one wording for each language. What is empty is left out. */
    legalName: Localized;
    registration: Localized | null;
    address: Localized;
    taxNote: Localized;
    isTaxDeductible: boolean;
    refundDays: number;
  };
  accent: { light: string; dark: string };
  productName: string;
  /** Of receipts and statements as PDF. */
  paperSize: "A4" | "LETTER";
  currencies: readonly Currency[];
  defaultCurrency: Currency;
  defaultFrequency: Frequency;
  sums: Record<Currency, Record<Frequency, readonly string[]>>;
  preferredSum: number;
  limits: Record<Currency, { min: string; max: string }>;
};
