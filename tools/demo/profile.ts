import { FREQUENCIES, type Frequency } from "../../domain/frequencies";
import { cardFeeOf, coveredFeeParameters, withCardFee } from "../../domain/giving/covered-fee";
import { type Currency, money } from "../../domain/money";
import { currenciesOf, defaultCurrencyOf, presetAmounts } from "../../domain/publication";
import { publication } from "../../publication";
import { getFirstAppealVariant, listArticles } from "../../systems/content";
import { coveredFeeMetadata } from "../../systems/stripe/metadata";
import { GIFT_PRODUCT_ID } from "../../systems/stripe/product";
import { demoScaleForSize } from "./scale";
import { SUPPORTER_EMAIL } from "./welcome.mjs";

/** The relative number of gifts in each currency. A currency that is not listed here gets DEFAULT_WEIGHT. */
const WEIGHTS: Partial<Record<Currency, number>> = { USD: 45, EUR: 35, GBP: 12 };
const DEFAULT_WEIGHT = 3;

/**
 * Among the demo's gifts of a preset amount, the share that cover the card fee. It applies only to currencies with a
 * card fee in publication.ts.
 */
const COVERS_FEE = 0.3;

const OTHER_VARIANT = "b";

export function demoHistoryProfile(key: string, size: string | undefined) {
  const currencies = currenciesOf(publication);
  const supportersCurrency = currencies[1] ?? defaultCurrencyOf(publication);
  return {
    key,
    seed: `${publication.name}, made up`,
    months: 18,
    product: { id: GIFT_PRODUCT_ID, name: publication.productName },
    currencies: currencies.map((currency) => ({
      currency: currency.toLowerCase(),
      weight: WEIGHTS[currency] ?? DEFAULT_WEIGHT,
      once: presets(currency, "once"),
      month: presets(currency, "monthly"),
      year: presets(currency, "yearly"),
    })),
    metadata: origins(),
    giftId: { key: "gift", prefix: "g_", hexDigits: 32 },
    additions: { share: COVERS_FEE, amounts: currencies.flatMap(coveredFees) },
    ...demoScaleForSize(size),
    named: [
      {
        ...{ email: SUPPORTER_EMAIL, interval: "month" as const, currency: supportersCurrency.toLowerCase() },
        amount: presets(supportersCurrency, "monthly")[publication.preferredPreset],
        incidents: ["failed-renewal", "raise"] as const,
      },
    ],
  };
}

function presets(currency: Currency, frequency: Frequency): number[] {
  return presetAmounts(publication, { currency, frequency }).map((preset) => money(preset, currency).amountMinor);
}

function coveredFees(currency: Currency) {
  const fee = cardFeeOf(publication, currency);
  if (!fee) return [];
  const amounts = new Set(FREQUENCIES.flatMap((frequency) => presets(currency, frequency)));
  return [...amounts].map((amount) => {
    const money = withCardFee({ amountMinor: amount, currency }, coveredFeeParameters(fee, currency));
    const whole = money.amountMinor;
    const metadata = coveredFeeMetadata({ money, coveredFeeMinor: whole - amount });
    return { currency: currency.toLowerCase(), amount, whole, metadata };
  });
}

/** Returns sets of metadata. The Stripe stand-in picks one set for each gift. */
function origins(): Record<string, string>[] {
  const locale = publication.defaultLanguage;
  const { id: appeal, variant } = getFirstAppealVariant(locale);
  const common = { site: publication.id, appeal, variant, locale };
  const ofArticles = listArticles().flatMap(({ id }) => [
    { ...common, article: id, placement: "banner" },
    { ...common, article: id, placement: "banner", variant: OTHER_VARIANT },
    { ...common, article: id, placement: "article" },
  ]);
  return [...ofArticles, { ...common, placement: "give" }];
}
