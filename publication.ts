// The newsroom that asks for gifts. Another newsroom adapts this file with `npm run newsroom` or by hand.
import type { Publication } from "./domain/publication";

export const publication = {
  /**
   * Marks this site's gifts at Stripe. Choose your own before the first gift, and never change it
   * (domain/publication.ts).
   */
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
  /**
   * If true, the subjects and previews of e-mails do not mention gifts. This protects readers who would be in danger if
   * others saw such a text on their screen.
   */
  neutralSubjects: false,
  /** If true, everyone may read the rounded income of each month at /income (docs/published-income.md). */
  publishesIncome: false,
  /**
   * The organisation that receives the money. The values here are the demo's placeholders: with a live key the site
   * does not start until they are replaced. A text can differ by language: `{ en: "…", ru: "…" }`.
   */
  recipient: {
    legalName: "Example Press Foundation",
    /** The place and the number of the organisation's registration. Null if the organisation is not registered. */
    registration: { en: "Netherlands, no. 00000000", ru: "Нидерланды, № 00000000" },
    address: {
      en: "1 Example Street, 1000 AA Amsterdam, the Netherlands",
      ru: "1 Example Street, 1000 AA Amsterdam, Нидерланды",
    },
    taxNote: {
      en: "Gifts to Example Press Foundation are not tax-deductible.",
      ru: "Пожертвования в Example Press Foundation не дают права на налоговый вычет.",
    },
    isTaxDeductible: false,
    /** The number of days after a payment within which supporters get a refund if they ask for it. */
    refundDays: 60,
  },
  /**
   * A second colleague must confirm a refund if the payment's refunds, including this one, exceed this amount. The
   * amounts are in major units. In a currency that is not listed here, every refund needs confirmation.
   */
  refundNeedsSecondPerson: { USD: "200", EUR: "200", GBP: "200", JPY: "30000", KWD: "60" },
  /** The hour, in `timeZone`, at which colleagues get the daily summary if they have chosen it. */
  summaryHour: 8,
  /**
   * The site's only accent colour, in the light and the dark scheme. Each needs a contrast of 4.5:1 on its background.
   */
  accent: { light: "#9b1c1f", dark: "#ff9d8f" },
  /** The name of the gift on Stripe's payment page. It deliberately does not name the newsroom. */
  productName: "Reader support",
  /** The size of receipts and statements as PDF: A4 or LETTER. */
  paperSize: "A4",
  defaultFrequency: "monthly",
  /**
   * One to eight of Stripe's currencies (domain/currencies.ts). The first is selected when the form opens, unless the
   * link or the reader's device suggests another. Amounts are in major units, as a reader would type them. The smallest
   * gift is never below Stripe's own minimum. `cardFee`: what Stripe takes from a card payment, according to your
   * account's price list (stripe.com/pricing). If it is set, readers can choose to cover it.
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
  /** The amount that is selected when the form opens: its position in each list of `presets`, from 0. */
  preferredPreset: 1,
} as const satisfies Publication;
