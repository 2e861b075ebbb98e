// Shows a bar for the income of each period. The line across a bar shows the net income of the earlier period with
// which this period is compared.
import { BarChart } from "@/components/charts/bar-chart";
import { ChartFrame } from "@/components/charts/chart-frame";
import { ScrollTable } from "@/components/ui/scroll-table";
import type { Translate } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { PeriodIncome } from "@/domain/newsroom/income-report";
import { type IncomeView, incomeViewUrlQuery } from "@/domain/newsroom/income-view";
import { formatCompactAmount, formatPercentChange, formatPeriod, formatPeriodStart } from "./income-words";

const SERIES = ["net", "fees", "returned"] as const;
const COLUMNS = ["gross", "returned", "kept", "fees", "net"] as const;
/**
 * Each period links to a view with smaller periods: a month to weeks, a week to days. Null for a day, which has no
 * smaller periods.
 */
const SMALLER_STEP = { month: "week", week: "day", day: null } as const;

type IncomePeriodsChartProps = {
  t: Translate;
  steps: readonly PeriodIncome[];
  view: IncomeView;
  mayExport: boolean;
  csv: string;
};

export function IncomePeriodsChart({ t, steps, view, mayExport, csv }: IncomePeriodsChartProps) {
  const { locale } = t;
  const currency = steps[0]?.line.converted.net.currency ?? "";
  const isEmpty = steps.every(({ line, comparedLine }) => line.exact.length === 0 && !comparedLine?.exact.length);
  const referenceName = view.compare === "none" ? undefined : t(`income.steps.mark-${view.compare}`);
  const money = (amountMinor: number) => ({ amountMinor: Math.round(amountMinor), currency });
  const chart = (
    <BarChart
      label={labelOf(t, steps)}
      series={SERIES.map((figure) => t(`figure.${figure}.name`))}
      referenceName={referenceName}
      bars={steps.map(({ range, line, comparedLine }) => ({
        axisLabel: formatPeriodStart(locale, { range, step: view.step }),
        tooltipLabel: formatPeriod(locale, range),
        values: SERIES.map((figure) => line.converted[figure].amountMinor),
        referenceValue: comparedLine ? comparedLine.converted.net.amountMinor : null,
      }))}
      formatTick={(value) => formatCompactAmount(locale, money(value))}
      formatValue={(value) => formatMoneyWithDecimals(locale, money(value))}
    />
  );
  return (
    <ChartFrame
      t={t}
      id="steps"
      title={t("income.steps.title", { step: view.step })}
      figures={COLUMNS}
      note={t("income.steps.note", { currency })}
      chart={isEmpty ? null : chart}
      table={<StepsTable {...{ t, steps, view, mayExport, referenceName }} />}
      csv={csv}
    />
  );
}

function labelOf(t: Translate, steps: readonly PeriodIncome[]): string {
  const most = steps.reduce((best, each) => (best && netOf(best) >= netOf(each) ? best : each), steps[0]);
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last || !most) return "";
  return t("income.steps.label", {
    from: formatPeriod(t.locale, { from: first.range.from, to: first.range.from }),
    to: formatPeriod(t.locale, { from: last.range.to, to: last.range.to }),
    currency: most.line.converted.net.currency,
    most: formatMoneyWithDecimals(t.locale, most.line.converted.net),
    when: formatPeriod(t.locale, most.range),
  });
}

function netOf({ line }: PeriodIncome): number {
  return line.converted.net.amountMinor;
}

type StepsTableProps = Omit<IncomePeriodsChartProps, "csv"> & { referenceName: string | undefined };

function StepsTable({ t, steps, view, mayExport, referenceName }: StepsTableProps) {
  return (
    <ScrollTable className="table-stacked" labelledBy="steps-title">
      <thead>
        <tr>
          <th scope="col">{t("income.steps.period")}</th>
          <th scope="col" className="figure">
            {t("figure.payments.name")}
          </th>
          {COLUMNS.map((figure) => (
            <th key={figure} scope="col" className="figure">
              {t(`figure.${figure}.name`)}
            </th>
          ))}
          {referenceName ? (
            <th scope="col" className="figure">
              {referenceName}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {steps.toReversed().map((step) => (
          <tr key={step.range.from}>
            <th scope="row">
              <PeriodLink {...{ t, step, view, mayExport }} />
            </th>
            <td className="figure" data-label={t("figure.payments.name")}>
              {step.line.payments.toLocaleString(t.locale)}
            </td>
            {COLUMNS.map((figure) => (
              <td key={figure} className="figure" data-label={t(`figure.${figure}.name`)}>
                {formatMoneyWithDecimals(t.locale, step.line.converted[figure])}
              </td>
            ))}
            {referenceName && step.comparedLine ? (
              <td className="figure" data-label={referenceName}>
                {formatMoneyWithDecimals(t.locale, step.comparedLine.converted.net)}
                <span className="income-change">
                  {" "}
                  {formatPercentChange(t.locale, netOf(step), step.comparedLine.converted.net.amountMinor)}
                </span>
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

type PeriodLinkProps = { t: Translate; step: PeriodIncome; view: IncomeView; mayExport: boolean };

function PeriodLink({ t, step: { range, isWhole }, view, mayExport }: PeriodLinkProps) {
  const name = formatPeriod(t.locale, range);
  const step = SMALLER_STEP[view.step];
  const until = isWhole ? range.to : view.until;
  if (step) return <a href={`/newsroom/income?${incomeViewUrlQuery({ ...view, step, until })}`}>{name}</a>;
  return mayExport ? <a href={`/newsroom/exports?from=${range.from}&to=${range.to}`}>{name}</a> : name;
}
