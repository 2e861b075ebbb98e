// The newsroom of the tests. vitest.config.ts replaces publication.ts with this file, so that tests do not depend on
// the real newsroom.
import type { Publication } from "../publication";

export const testPublication: Publication = {
  id: "northern-herald",
  name: "The Northern Herald",
  shortName: "Herald",
  motto: "News from the north",
  founded: 1987,
  defaultLanguage: "en",
  languages: ["en"],
  timeZone: "Europe/Moscow",
  mailFrom: "The Northern Herald <support@herald.example>",
  contact: "support@herald.example",
  neutralSubjects: false,
  publishesIncome: false,
  recipient: {
    legalName: "Northern Press Association",
    registration: "Northern register, no. 12345",
    address: "1 Harbour Street, 9000 Northport",
    taxNote: { en: "Gifts to Northern Press Association are not tax-deductible." },
    isTaxDeductible: false,
    refundDays: 60,
  },
  accent: { light: "#9b1c1f", dark: "#ff9d8f" },
  productName: "Reader support",
  paperSize: "A4",
  defaultFrequency: "monthly",
  preferredPreset: 1,
  refundNeedsSecondPerson: { USD: "200", EUR: "200", GBP: "200", JPY: "30000", KWD: "60" },
  summaryHour: 8,
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
    },
    JPY: {
      presets: { once: ["2000", "4000", "8000"], monthly: ["700", "1500", "3000"], yearly: ["7000", "14000", "28000"] },
      limits: { min: "200", max: "1500000" },
      cardFee: { percent: "3.6", fixed: "0" },
    },
    KWD: {
      presets: { once: ["5", "10", "20", "40"], monthly: ["1.5", "3", "6", "12"], yearly: ["15", "30", "60", "120"] },
      limits: { min: "0.5", max: "3000" },
      cardFee: { percent: "2.75", fixed: "0.1" },
    },
  },
};

export const publication = testPublication;
