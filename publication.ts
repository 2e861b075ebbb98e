// The newsroom that asks. Another newsroom makes the site its own with `npm run newsroom`, which asks for most of this file, or by hand;
// and with the words in content/.
import type { Publication } from "./domain/publication";

export const publication = {
  /** Marks this site's gifts at Stripe. Choose your own before the first gift, and never change it (domain/publication.ts). */
  id: "moscow-times",
  name: "The Moscow Times",
  shortName: "TMT",
  motto: { en: "Independent news from Russia", ru: "Независимые новости из России" },
  founded: 1992,
  defaultLanguage: "en",
  languages: ["en", "ru"],
  timeZone: "Europe/Moscow",
  mailFrom: "The Moscow Times <support@themoscowtimes.example>",
  contact: "support@themoscowtimes.example",
  /** True: a mail's subject and preview never say that it is about a gift. For readers whom a glance at their screen may endanger. */
  neutralSubjects: false,
  /** True: everyone may read the rounded income of each month at /income (docs/published-income.md). */
  publishesIncome: false,
  /**
   * The organisation that takes the money, for /about-your-gift, receipts and statements. These are the demo's placeholders. With a live
   * key the site does not start until they are replaced. A text may have one wording per language, `{ en: "…", ru: "…" }`. An empty
   * text is left out.
   */
  recipient: {
    legalName: "Example Press Foundation",
    /** The register and the number in it; null for an organisation that is not registered. */
    registration: { en: "Netherlands, no. 00000000", ru: "Нидерланды, № 00000000" },
    address: {
      en: "1 Example Street, 1000 AA Amsterdam, the Netherlands",
      ru: "1 Example Street, 1000 AA Amsterdam, Нидерланды",
    },
    /** The sentence about tax at the foot of every receipt and statement. */
    taxNote: {
      en: "Gifts to Example Press Foundation are not tax-deductible.",
      ru: "Пожертвования в Example Press Foundation не дают права на налоговый вычет.",
    },
    isTaxDeductible: false,
    /** The number of days after a payment in which a supporter gets it back on request. */
    refundDays: 60,
  },
  /**
   * Above this amount a refund by staff needs a second colleague, in major units. In a currency that is not named here, every refund needs
   * one. A newsroom with one person for this work sets high amounts, or refunds in Stripe's dashboard.
   */
  refundNeedsSecondPerson: { USD: "200", EUR: "200", GBP: "200", JPY: "30000", KWD: "60" },
  /** The hour at which colleagues who want it get the daily summary, on the clock of `timeZone`. */
  summaryHour: 8,
  /** The site's one accent colour, for the light and the dark scheme. Each needs a contrast of 4.5:1 on its background. */
  accent: { light: "#9b1c1f", dark: "#ff9d8f" },
  /** The name of the gift on Checkout and bank statements: neutral on purpose. */
  productName: "Reader support",
  /** The size of receipts and statements as PDF: A4 or LETTER. */
  paperSize: "A4",
  defaultFrequency: "monthly",
  /**
   * Any of Stripe's currencies (domain/currencies.ts), up to eight; one is enough. The first is chosen when the form opens. Amounts are
   * in major units, as a reader would type them; the smallest gift never goes below Stripe's own minimum. `cardFee`: what Stripe takes from
   * a card payment, by your account's price list (stripe.com/pricing). Readers may then cover it; a currency without it does not offer this.
   */
  currencies: {
    USD: {
      presets: {
        once: ["15", "30", "60", "120"],
        monthly: ["5", "10", "20", "40"],
        yearly: ["50", "100", "180", "365"],
      },
      limits: { min: "2", max: "10000" },
      cardFee: { percent: "2.9", fixed: "0.30" },
    },
    EUR: {
      presets: {
        once: ["15", "30", "60", "120"],
        monthly: ["5", "10", "20", "40"],
        yearly: ["50", "100", "180", "365"],
      },
      limits: { min: "2", max: "10000" },
      cardFee: { percent: "1.5", fixed: "0.25" },
    },
    GBP: {
      presets: { once: ["10", "25", "50", "100"], monthly: ["4", "8", "15", "30"], yearly: ["40", "80", "150", "300"] },
      limits: { min: "2", max: "10000" },
      cardFee: { percent: "1.5", fixed: "0.20" },
    },
    JPY: {
      presets: {
        once: ["2000", "4000", "8000", "15000"],
        monthly: ["700", "1500", "3000", "6000"],
        yearly: ["7000", "14000", "28000", "50000"],
      },
      limits: { min: "200", max: "1500000" },
      cardFee: { percent: "3.6", fixed: "0" },
    },
    KWD: {
      presets: { once: ["5", "10", "20", "40"], monthly: ["1.5", "3", "6", "12"], yearly: ["15", "30", "60", "120"] },
      limits: { min: "0.5", max: "3000" },
    },
  },
  /** The amount that is chosen when the form opens, as an index into each list of presets. */
  preferredPreset: 1,
} as const satisfies Publication;
