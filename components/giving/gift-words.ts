// In an article the script fetches these from a file (tools/build/reader-script.mjs) when the reader comes near the
// form. It replaces `{amount}`, `{fee}` and `{limit}`.
import type { Translate } from "@/content/messages";
import { maximumAmount, minimumAmount } from "@/domain/giving/gift-form";
import { toDecimal } from "@/domain/money";
import { type Currency, type CurrencyLimits, currenciesOf, type Publication } from "@/domain/publication";
import { REFUSAL_KEYS, REFUSAL_WORDS, type RefusalWord } from "./refusal-text";

/** The publication's limits of each currency, within Stripe's limits. */
export type GiftWords = CurrencyLimits & {
  locale: string;
  neutral: string;
  opening: string;
  /** The text of the button for each value of the field `every`. */
  give: Record<string, string>;
  cover: string;
  refused: Record<RefusalWord, string>;
};

export function giftWords(t: Translate, publication: Publication): GiftWords {
  const amount = "{amount}";
  const refused = (word: RefusalWord) => t(REFUSAL_KEYS[word], { limit: "{limit}" });
  return {
    currencies: Object.fromEntries(
      currenciesOf(publication).map((currency) => [currency, { limits: limitsOf(currency, publication) }]),
    ),
    locale: t.locale,
    neutral: t("giving.continue"),
    opening: t("giving.opening"),
    give: {
      once: t("giving.give.once", { amount }),
      month: t("giving.give.monthly", { amount }),
      year: t("giving.give.yearly", { amount }),
    },
    cover: t("giving.cover.amount", { fee: "{fee}", amount }),
    refused: Object.fromEntries(REFUSAL_WORDS.map((word) => [word, refused(word)])) as GiftWords["refused"],
  };
}

function limitsOf(currency: Currency, publication: Publication) {
  const about = { currency, publication };
  return { min: toDecimal(minimumAmount(about)), max: toDecimal(maximumAmount(about)) };
}
