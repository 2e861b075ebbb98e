// The publication of tests that name currencies: they must not change with the newsroom's own choice in publication.ts.
import { publication } from "../../publication";
import type { Publication } from "../publication";

export const testPublication: Publication = {
  ...publication,
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
    },
    EUR: {
      presets: {
        once: ["15", "30", "60", "120"],
        monthly: ["5", "10", "20", "40"],
        yearly: ["50", "100", "180", "365"],
      },
      limits: { min: "2", max: "10000" },
    },
    GBP: {
      presets: { once: ["10", "25", "50", "100"], monthly: ["4", "8", "15", "30"], yearly: ["40", "80", "150", "300"] },
      limits: { min: "2", max: "10000" },
    },
    JPY: {
      presets: { once: ["2000", "4000", "8000"], monthly: ["700", "1500", "3000"], yearly: ["7000", "14000", "28000"] },
      limits: { min: "200", max: "1500000" },
    },
    KWD: {
      presets: { once: ["5", "10", "20", "40"], monthly: ["1.5", "3", "6", "12"], yearly: ["15", "30", "60", "120"] },
      limits: { min: "0.5", max: "3000" },
    },
  },
};
