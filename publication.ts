// The newsroom that asks: everything another newsroom changes to make this site its own.
// Words (appeal, messages, letters, articles) are in content/; this file holds the facts and the sums.
import type { Currency, Publication } from "./domain/publication";

const CURRENCIES = ["USD", "EUR", "GBP", "JPY", "KWD"] as const satisfies readonly Currency[];

export const publication = {
  /** Marks this site's gifts at Stripe. Choose your own before the first gift, and never change it (domain/publication.ts). */
  id: "moscow-times",
  name: "The Moscow Times",
  shortName: "TMT",
  motto: "Independent news from Russia",
  founded: 1992,
  defaultLanguage: "en",
  languages: ["en"],
  timeZone: "Europe/Moscow",
  mailFrom: "The Moscow Times <support@themoscowtimes.example>",
  contact: "support@themoscowtimes.example",
  /**
   * The organisation that takes the money, for /about-your-gift, receipts and statements. These are the demo's placeholders: replace
   * them. With a live key the site does not start while they stand here. A text may have one wording for each language,
   * `{ en: "…", ru: "…" }`, and what is empty is left out.
   */
  recipient: {
    legalName: "Example Press Foundation",
    /** Where and under which number it is registered; null where it is not. */
    registration: "Netherlands, no. 00000000",
    address: "1 Example Street, 1000 AA Amsterdam, the Netherlands",
    /** At the foot of every receipt and statement: what a supporter's tax office wants to read. Empty where nothing is to be said. */
    taxNote: { en: "Gifts to Example Press Foundation are not tax-deductible." },
    isTaxDeductible: false,
    /** For how many days after a payment a supporter gets it back for the asking. */
    refundDays: 60,
  },
  /** The one accent colour of the site, light and dark; both must reach 4.5:1 on their paper. */
  accent: { light: "#9b1c1f", dark: "#ff9d8f" },
  /** What the bank statement and Checkout call the gift: neutral on purpose. */
  productName: "Reader support",
  /** Of receipts and statements as PDF: A4 or LETTER. */
  paperSize: "A4",
  currencies: CURRENCIES,
  defaultCurrency: "USD",
  defaultFrequency: "monthly",
  /** Major units, as a reader would type them. */
  sums: {
    USD: { once: ["15", "30", "60", "120"], monthly: ["5", "10", "20", "40"], yearly: ["50", "100", "180", "365"] },
    EUR: { once: ["15", "30", "60", "120"], monthly: ["5", "10", "20", "40"], yearly: ["50", "100", "180", "365"] },
    GBP: { once: ["10", "25", "50", "100"], monthly: ["4", "8", "15", "30"], yearly: ["40", "80", "150", "300"] },
    JPY: {
      once: ["2000", "4000", "8000", "15000"],
      monthly: ["700", "1500", "3000", "6000"],
      yearly: ["7000", "14000", "28000", "50000"],
    },
    KWD: { once: ["5", "10", "20", "40"], monthly: ["1.5", "3", "6", "12"], yearly: ["15", "30", "60", "120"] },
  },
  /** Index into each list above: the sum that is chosen when the form opens. */
  preferredSum: 1,
  /** The smallest and the largest gift we take, in major units; never below Stripe's own minimum. */
  limits: {
    USD: { min: "2", max: "10000" },
    EUR: { min: "2", max: "10000" },
    GBP: { min: "2", max: "10000" },
    JPY: { min: "200", max: "1500000" },
    KWD: { min: "0.5", max: "3000" },
  },
} as const satisfies Publication;
