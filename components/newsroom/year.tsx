// Twelve months in one currency: a chart, and a table with the same figures.
import type { Translate } from "@/content/messages";
import { type Currency, formatMoney } from "@/domain/money";
import type { MonthOfGiving } from "@/domain/newsroom/months";
import { ScrollTable } from "../ui/scroll-table";
import { YearChart } from "./year-chart";

type YearProps = { t: Translate; months: MonthOfGiving[]; currency: Currency; currencies: Currency[] };

export function Year({ t, months, currency, currencies }: YearProps) {
  const name = new Intl.DisplayNames(t.locale, { type: "currency" }).of(currency) ?? currency;
  return (
    <section className="newsroom-part" id="year">
      <h2 id="year-title">{t("newsroom.year.title")}</h2>
      <nav className="currency-links" aria-label={t("newsroom.year.currency")}>
        {currencies.map((one) => (
          <a key={one} href={`/newsroom?currency=${one}#year`} aria-current={one === currency ? "true" : undefined}>
            {one}
          </a>
        ))}
      </nav>
      <div className="year">
        <figure>
          <figcaption>{t("newsroom.year.caption", { currency: name })}</figcaption>
          <YearChart
            locale={t.locale}
            currency={currency}
            words={{ once: t("newsroom.year.once"), recurring: t("newsroom.year.recurring") }}
            months={months.map((month) => ({
              short: monthName(month, { locale: t.locale, long: false }),
              name: monthName(month, { locale: t.locale, long: true }),
              once: month.once.amountMinor,
              recurring: month.recurring.amountMinor,
            }))}
          />
        </figure>
        <YearTable t={t} months={months} />
      </div>
    </section>
  );
}

function YearTable({ t, months }: { t: Translate; months: MonthOfGiving[] }) {
  const { locale } = t;
  return (
    <ScrollTable labelledBy="year-title">
      <thead>
        <tr>
          <th scope="col">{t("newsroom.year.month")}</th>
          <th scope="col" className="figure">
            {t("newsroom.year.once")}
          </th>
          <th scope="col" className="figure">
            {t("newsroom.year.recurring")}
          </th>
          <th scope="col" className="figure">
            {t("newsroom.year.total")}
          </th>
        </tr>
      </thead>
      <tbody>
        {months.map((month) => (
          <tr key={`${month.year}-${month.month}`}>
            <th scope="row">{monthName(month, { locale, long: true })}</th>
            <td className="figure">{formatMoney(month.once, { locale })}</td>
            <td className="figure">{formatMoney(month.recurring, { locale })}</td>
            <td className="figure">{formatMoney(month.total, { locale })}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function monthName({ year, month }: MonthOfGiving, { locale, long }: { locale: string; long: boolean }): string {
  const style = long ? ({ month: "long", year: "numeric" } as const) : ({ month: "short" } as const);
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" }).format(Date.UTC(year, month - 1, 1));
}
