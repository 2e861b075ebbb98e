import { ChartFrame } from "@/components/charts/chart-frame";
import { RangeChart } from "@/components/charts/range-chart";
import { ScrollTable } from "@/components/ui/scroll-table";
import type { Translate } from "@/content/messages";
import { formatMoney, formatMoneyWithDecimals } from "@/domain/money";
import type { NextMonthForecast as Forecasted } from "@/domain/newsroom/recurring-report";
import { ExchangeRatesNote } from "../income/exchange-rates-note";
import { formatPeriod } from "../income/income-words";

const SUMS = ["scheduled", "expected", "low", "high"] as const;

export function NextMonthForecastView({ t, next, csv }: { t: Translate; next: Forecasted; csv: string }) {
  const { converted } = next;
  const sentence = forecastSentence(t, next);
  const chart = (
    <RangeChart
      label={sentence}
      low={converted.low.amountMinor}
      value={converted.expected.amountMinor}
      high={converted.high.amountMinor}
      maxValue={converted.scheduled.amountMinor}
      endLabels={[
        formatMoneyWithDecimals(t.locale, { ...converted.scheduled, amountMinor: 0 }),
        t("renewals.next.planned", { amount: formatMoneyWithDecimals(t.locale, converted.scheduled) }),
      ]}
    />
  );
  return (
    <div className="newsroom-part">
      <ChartFrame
        t={t}
        id="next-month"
        title={t("renewals.next.title", { month: formatPeriod(t.locale, next.range) })}
        figures={["forecast", "failed-share"]}
        note={sentence}
        chart={converted.charges === 0 ? null : chart}
        table={<ForecastTable t={t} next={next} />}
        csv={csv}
      />
      <ExchangeRatesNote t={t} lines={[next]} />
    </div>
  );
}

/**
 * Returns a sentence such as "December 2026 should bring about €410 from 52 renewals". The sentence also names the low
 * and the high amount, if they can be estimated. If no renewal is planned, it says so.
 */
export function forecastSentence(t: Translate, { range, converted, failure }: Forecasted): string {
  const about = (sum: (typeof SUMS)[number]) => formatMoney(converted[sum], { locale: t.locale });
  const month = formatPeriod(t.locale, range);
  if (converted.charges === 0) return t("renewals.next.none", { month });
  const named = { month, count: converted.charges, expected: about("expected") };
  if (!failure) return t("renewals.next.unknown", named);
  return t("renewals.next.sentence", { ...named, months: failure.months, low: about("low"), high: about("high") });
}

function ForecastTable({ t, next }: { t: Translate; next: Forecasted }) {
  return (
    <ScrollTable className="table-stacked" labelledBy="next-month-title">
      <thead>
        <tr>
          <th scope="col">{t("income.currency")}</th>
          <th scope="col" className="figure">
            {t("renewals.next.charges")}
          </th>
          {SUMS.map((sum) => (
            <th key={sum} scope="col" className="figure">
              {t(`renewals.next.${sum}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {next.exact.map((each) => (
          <tr key={each.currency}>
            <th scope="row">{each.currency}</th>
            <td className="figure" data-label={t("renewals.next.charges")}>
              {each.charges.toLocaleString(t.locale)}
            </td>
            {SUMS.map((sum) => (
              <td key={sum} className="figure" data-label={t(`renewals.next.${sum}`)}>
                {formatMoneyWithDecimals(t.locale, each[sum])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
