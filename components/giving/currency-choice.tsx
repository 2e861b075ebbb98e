import type { Translate } from "@/content/messages";
import { cardFeeOf } from "@/domain/giving/covered-fee";
import type { GiftFormValues } from "@/domain/giving/gift-form";
import { type Currency, currenciesOf, type Publication } from "@/domain/publication";

type CurrencyChoiceProps = { t: Translate; publication: Publication; form: GiftFormValues };

export function CurrencyChoice({ t, publication, form }: CurrencyChoiceProps) {
  const currencies = currenciesOf(publication);
  const id = `${form.placement}-currency`;
  return (
    <div className="gift-currency" hidden={currencies.length === 1}>
      <label className="gift-legend" htmlFor={id}>
        {t("giving.currency")}
      </label>
      <select className="select" id={id} name="currency" defaultValue={form.currency}>
        {currencies.map((currency) => (
          <option key={currency} value={currency} data-no-fee={cardFeeOf(publication, currency) ? undefined : ""}>
            {optionText(currency, t.locale)}
          </option>
        ))}
      </select>
    </div>
  );
}

export function currencyName(currency: Currency, locale: string): string {
  return new Intl.DisplayNames(locale, { type: "currency" }).of(currency) ?? currency;
}

/** Returns the currency's sign, such as `$`, or its code if it has no sign. */
export function currencySign(currency: Currency, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.formatToParts(0).find((part) => part.type === "currency")?.value ?? currency;
}

function optionText(currency: Currency, locale: string): string {
  return `${currencyName(currency, locale)} (${currencySign(currency, locale)})`;
}
