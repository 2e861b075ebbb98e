import type { ReactNode } from "react";
import type { Translate } from "@/content/messages";
import { type GiftFormValues, maximumGiftAmount, minimumGiftAmount } from "@/domain/giving/gift-form";
import { formatMoney } from "@/domain/money";
import { type Currency, currenciesOf, type Publication } from "@/domain/publication";
import { Field } from "../ui/field";
import { currencySign } from "./currency-choice";
import { type RefusedAmount, refusalText } from "./refusal-text";

type CustomAmountProps = {
  t: Translate;
  publication: Publication;
  form: GiftFormValues;
  refusal: RefusedAmount | null;
};

export function CustomAmount({ t, publication, form, refusal }: CustomAmountProps) {
  const { locale } = t;
  const limits = (currency: Currency) =>
    t("giving.custom.hint", {
      min: formatMoney(minimumGiftAmount({ currency, publication }), { locale }),
      max: formatMoney(maximumGiftAmount({ currency, publication }), { locale }),
    });
  return (
    <div className="gift-custom">
      <Field
        id={`${form.placement}-custom`}
        name="custom"
        label={t("giving.custom.label")}
        hint={<ByCurrency publication={publication} text={limits} />}
        prefix={<ByCurrency publication={publication} text={(currency) => currencySign(currency, locale)} />}
        error={refusal ? refusalText(t, { ...refusal, currency: form.currency }) : null}
        rendersEmptyError
        defaultValue={form.isCustom ? (form.amount ?? "") : ""}
        inputMode="decimal"
        maxLength={40}
      />
    </div>
  );
}

/**
 * Renders the texts in the order of the currency field. The stylesheet shows only the text for the chosen currency
 * (giving.css).
 */
function ByCurrency({ publication, text }: { publication: Publication; text: (currency: Currency) => ReactNode }) {
  return (
    <span className="by-currency">
      {currenciesOf(publication).map((currency) => (
        <span key={currency}>{text(currency)}</span>
      ))}
    </span>
  );
}
