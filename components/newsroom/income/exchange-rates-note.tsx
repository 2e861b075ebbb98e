import type { Translate } from "@/content/messages";
import { type ExchangeRate, exchangeRateDecimal } from "@/domain/newsroom/exchange";
import type { IncomeExactAndConverted } from "@/domain/newsroom/income-lines";
import { mergeExchangeRatesOfLines } from "@/domain/newsroom/income-report";
import { formatPeriod } from "./income-words";

export function ExchangeRatesNote({
  t,
  lines,
}: {
  t: Translate;
  lines: readonly Pick<IncomeExactAndConverted, "rates" | "missing">[];
}) {
  const { rates, missing } = mergeExchangeRatesOfLines(lines);
  const texts = rates.map((rate) =>
    t("income.rate", {
      ...{ currency: rate.currency, to: rate.to, rate: rateText(t.locale, rate) },
      source: rate.sourceName ?? t("income.rate.stripe"),
      day: formatPeriod(t.locale, { from: rate.day, to: rate.day }),
    }),
  );
  return (
    <>
      {texts.length > 0 ? (
        <p className="newsroom-note">{t("income.rates", { rates: new Intl.ListFormat(t.locale).format(texts) })}</p>
      ) : null}
      {missing.length > 0 ? (
        <p className="newsroom-note income-missing">
          {t("income.rates.missing", { currencies: new Intl.ListFormat(t.locale).format(missing) })}
        </p>
      ) : null}
    </>
  );
}

/** Returns the value of one unit of the rate's currency, with two to six decimals. */
function rateText(locale: string, rate: ExchangeRate): string {
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
  return format.format(exchangeRateDecimal(rate) as Intl.StringNumericLiteral);
}
