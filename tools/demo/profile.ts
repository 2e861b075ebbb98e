// The made-up history of this publication: who gives how much, from where, and what happens to the gifts.
import type { Frequency } from "../../domain/giving/gift";
import { type Currency, money } from "../../domain/money";
import { currenciesOf, defaultCurrencyOf, presetAmounts } from "../../domain/publication";
import { publication } from "../../publication";
import { findAppeal, listArticles } from "../../systems/content";
import { PRODUCT_ID } from "../../systems/stripe/product";
import { scaleOf } from "./scale";
import { SUPPORTER } from "./welcome.mjs";

/** The relative number of gifts in each currency. A currency that is not listed gets DEFAULT_WEIGHT. */
const WEIGHTS: Partial<Record<Currency, number>> = { USD: 45, EUR: 35, GBP: 12 };
const DEFAULT_WEIGHT = 3;

/** A second wording of the appeal, as an experiment would have left it in the ledger. */
const OTHER_VARIANT = "b";

export function profileOf(key: string, size: string | undefined) {
  const currencies = currenciesOf(publication);
  const supportersCurrency = currencies[1] ?? defaultCurrencyOf(publication);
  return {
    key,
    seed: `${publication.name}, made up`,
    months: 18,
    product: { id: PRODUCT_ID, name: publication.productName },
    currencies: currencies.map((currency) => ({
      currency: currency.toLowerCase(),
      weight: WEIGHTS[currency] ?? DEFAULT_WEIGHT,
      once: presets(currency, "once"),
      month: presets(currency, "monthly"),
      year: presets(currency, "yearly"),
    })),
    metadata: origins(),
    giftId: { key: "gift", prefix: "g_", hexDigits: 32 },
    ...scaleOf(size),
    named: [
      {
        ...{ email: SUPPORTER, interval: "month" as const, currency: supportersCurrency.toLowerCase() },
        amount: presets(supportersCurrency, "monthly")[publication.preferredPreset],
        story: ["failed-renewal", "raise"] as const,
      },
    ],
  };
}

function presets(currency: Currency, frequency: Frequency): number[] {
  return presetAmounts(publication, { currency, frequency }).map((preset) => money(preset, currency).amountMinor);
}

/** Returns a list from which the stand-in picks the metadata of each gift: three entries for each article, and one for /give. */
function origins(): Record<string, string>[] {
  const locale = publication.defaultLanguage;
  const { id: appeal, variant } = findAppeal(locale);
  const common = { site: publication.id, appeal, variant, locale };
  const ofArticles = listArticles().flatMap(({ id }) => [
    { ...common, article: id, placement: "banner" },
    { ...common, article: id, placement: "banner", variant: OTHER_VARIANT },
    { ...common, article: id, placement: "article" },
  ]);
  return [...ofArticles, { ...common, placement: "give" }];
}
