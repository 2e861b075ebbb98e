// The limits and texts that the browser script needs for a gift form. The server writes them into a data attribute. The script
// replaces `{amount}` and `{limit}` in the texts.
import type { Translate } from "@/content/messages";
import type { CurrencyLimits, Publication } from "@/domain/publication";
import { REFUSAL_KEYS, REFUSAL_WORDS, type RefusalWord } from "./refusal-text";

export type GiftWords = CurrencyLimits & {
  locale: string;
  neutral: string;
  opening: string;
  /** The text of the button for each value of the field `every`. */
  give: Record<string, string>;
  /** The text beside the box for the card fee. */
  cover: string;
  refused: Record<RefusalWord, string>;
};

export function giftWords(t: Translate, { currencies }: Publication): GiftWords {
  const amount = "{amount}";
  const refused = (word: RefusalWord) => t(REFUSAL_KEYS[word], { limit: "{limit}" });
  return {
    currencies: Object.fromEntries(
      Object.entries(currencies).map(([currency, { limits, cardFee }]) => [currency, { limits, cardFee }]),
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
