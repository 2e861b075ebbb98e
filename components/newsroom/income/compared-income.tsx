import { ChartLinks } from "@/components/charts/chart-frame";
import { FigureDefinitionLink } from "@/components/charts/figure-link";
import { ScrollTable } from "@/components/ui/scroll-table";
import type { Translate } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { IncomeExactAndConverted } from "@/domain/newsroom/income-lines";
import type { IncomeWithEarlierPeriods as HeadlineFigures } from "@/domain/newsroom/income-report";
import { ExchangeRatesNote } from "./exchange-rates-note";
import { IncomeByCurrencyTable } from "./income-by-currency-table";
import { formatPercentChange, formatPeriod } from "./income-words";

const FIGURES = ["gross", "returned", "kept", "fees", "covered", "net"] as const;
/** The figures whose change is shown in percent. For the other figures such a change says little. */
const WITH_CHANGE: readonly string[] = ["gross", "kept", "net"];

type ComparedIncomeViewProps = { t: Translate; headline: HeadlineFigures; csv: string };

export function ComparedIncomeView({ t, headline, csv }: ComparedIncomeViewProps) {
  const { compared, now, before, yearBefore } = headline;
  const period = formatPeriod(t.locale, compared.range);
  const title = compared.isWhole ? t("income.compared.title", { period }) : t("income.so-far", { period });
  return (
    <section className="newsroom-part">
      <h2 id="compared-title">{title}</h2>
      <ScrollTable className="table-stacked" labelledBy="compared-title">
        <thead>
          <tr>
            <th scope="col">{t("income.figure")}</th>
            <th scope="col" className="figure">
              {period}
            </th>
            <th scope="col" className="figure">
              {t("income.before", { period: formatPeriod(t.locale, compared.before) })}
            </th>
            <th scope="col" className="figure">
              {t("income.year-before", { period: formatPeriod(t.locale, compared.yearBefore) })}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              <FigureDefinitionLink t={t} figure="payments" />
            </th>
            {[now, before, yearBefore].map((line, n) => (
              <td key={COLUMNS[n]} className="figure" data-label={labelOf(t, headline, n)}>
                {line.payments.toLocaleString(t.locale)}
              </td>
            ))}
          </tr>
          {FIGURES.map((figure) => (
            <tr key={figure} className={figure === "net" ? "income-net" : undefined}>
              <th scope="row">
                <FigureDefinitionLink t={t} figure={figure} />
              </th>
              {[now, before, yearBefore].map((line, n) => (
                <td key={COLUMNS[n]} className="figure" data-label={labelOf(t, headline, n)}>
                  {formatMoneyWithDecimals(t.locale, line.converted[figure])}
                  {n > 0 && WITH_CHANGE.includes(figure) ? <Change t={t} {...{ now, line, figure }} /> : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <ExchangeRatesNote t={t} lines={[now, before, yearBefore]} />
      <IncomeByCurrencyTable t={t} incomes={now.exact} />
      <ChartLinks t={t} title={title} csv={csv} figures={["converted"]} />
    </section>
  );
}

const COLUMNS = ["now", "before", "year-before"];

function labelOf(t: Translate, { compared }: HeadlineFigures, column: number): string {
  const range = [compared.range, compared.before, compared.yearBefore][column] ?? compared.range;
  return formatPeriod(t.locale, range);
}

type ChangeProps = {
  t: Translate;
  now: IncomeExactAndConverted;
  line: IncomeExactAndConverted;
  figure: (typeof FIGURES)[number];
};

function Change({ t, now, line, figure }: ChangeProps) {
  const text = formatPercentChange(t.locale, now.converted[figure].amountMinor, line.converted[figure].amountMinor);
  return text === null ? null : <span className="income-change"> {text}</span>;
}
