// The limits and texts that the browser script needs as soon as it shows a gift form. The server writes them into a data attribute. The
// script replaces `{amount}` and `{fee}` in the texts. It fetches the other texts later (late-gift-words.ts).
import type { Translate } from "@/content/messages";
import { maximumAmount, minimumAmount } from "@/domain/giving/gift-form";
import { toDecimal } from "@/domain/money";
import { type Currency, type CurrencyLimits, currenciesOf, type Publication } from "@/domain/publication";

/** `currencies`: the limits of each currency, within those of Stripe. */
export type GiftWords = CurrencyLimits & {
  locale: string;
  neutral: string;
  /** The text of the button for each value of the field `every`. */
  give: Record<string, string>;
  /** The text beside the checkbox for the card fee. */
  cover: string;
};

export function giftWords(t: Translate, publication: Publication): GiftWords {
  const amount = "{amount}";
  return {
    currencies: Object.fromEntries(
      currenciesOf(publication).map((currency) => [currency, { limits: limitsOf(currency, publication) }]),
    ),
    locale: t.locale,
    neutral: t("giving.continue"),
    give: {
      once: t("giving.give.once", { amount }),
      month: t("giving.give.monthly", { amount }),
      year: t("giving.give.yearly", { amount }),
    },
    cover: t("giving.cover.amount", { fee: "{fee}", amount }),
  };
}

function limitsOf(currency: Currency, publication: Publication) {
  const about = { currency, publication };
  return { min: toDecimal(minimumAmount(about)), max: toDecimal(maximumAmount(about)) };
}
