// The texts and limits that the gift form's script needs. In an article, the script fetches them from a file when the
// reader scrolls near the form. tools/build/reader-script.mjs writes this file. The script replaces `{amount}`, `{fee}`
// and `{limit}` in the texts.
import type { Translate } from "@/content/messages";
import { maximumGiftAmount, minimumGiftAmount } from "@/domain/giving/gift-form";
import { toDecimal } from "@/domain/money";
import { type Currency, currenciesOf, type Publication, type PublicationGiftLimits } from "@/domain/publication";
import {
  ALL_AMOUNT_REFUSAL_MESSAGE_NAMES,
  AMOUNT_REFUSAL_MESSAGE_KEYS,
  type AmountRefusalMessageName,
} from "./refusal-text";

/**
 * `currencies`: the publication's limits for each currency, within Stripe's limits. `noAmountText`: the button's text
 * while no valid amount is chosen. `sendingText`: the button's text once the form is sent.
 */
export type GiftFormTexts = PublicationGiftLimits & {
  locale: string;
  noAmountText: string;
  sendingText: string;
  /** The button's text for each value of the field `every`. */
  buttonText: Record<string, string>;
  coverFeeLabel: string;
  refusalTexts: Record<AmountRefusalMessageName, string>;
};

export function giftFormTexts(t: Translate, publication: Publication): GiftFormTexts {
  const amount = "{amount}";
  const refused = (word: AmountRefusalMessageName) => t(AMOUNT_REFUSAL_MESSAGE_KEYS[word], { limit: "{limit}" });
  return {
    currencies: Object.fromEntries(
      currenciesOf(publication).map((currency) => [currency, { limits: limitsOf(currency, publication) }]),
    ),
    locale: t.locale,
    noAmountText: t("giving.continue"),
    sendingText: t("giving.opening"),
    buttonText: {
      once: t("giving.give.once", { amount }),
      month: t("giving.give.monthly", { amount }),
      year: t("giving.give.yearly", { amount }),
    },
    coverFeeLabel: t("giving.cover.amount", { fee: "{fee}", amount }),
    refusalTexts: Object.fromEntries(
      ALL_AMOUNT_REFUSAL_MESSAGE_NAMES.map((word) => [word, refused(word)]),
    ) as GiftFormTexts["refusalTexts"],
  };
}

function limitsOf(currency: Currency, publication: Publication) {
  const about = { currency, publication };
  return { min: toDecimal(minimumGiftAmount(about)), max: toDecimal(maximumGiftAmount(about)) };
}
