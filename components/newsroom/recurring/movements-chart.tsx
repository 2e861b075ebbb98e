import { BarChart } from "@/components/charts/bar-chart";
import { ChartFrame } from "@/components/charts/chart-frame";
import { ScrollTable } from "@/components/ui/scroll-table";
import type { Translate } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import {
  type RecurringMovementsOfMonth,
  SHOWN_RECURRING_MOVEMENT_KINDS,
  type ShownRecurringMovementKind,
} from "@/domain/newsroom/recurring-report";
import { formatCompactAmount, formatPeriod, formatPeriodStart } from "../income/income-words";
import { formatSignedAmount, recurringMovementKindName } from "./value-summary";

/** A bar can only have four colours, so three of the series sum up several kinds of change. */
const SERIES: Record<"begun" | "raised" | "less" | "lost", readonly ShownRecurringMovementKind[]> = {
  begun: ["new", "returned"],
  raised: ["grown", "resumed", "recovered"],
  less: ["shrunk", "paused"],
  lost: ["lost"],
};
const FIGURES = [
  ...(["movements", "new", "returned-gift", "grown", "resumed", "recovered"] as const),
  ...(["shrunk", "paused-movement", "lost"] as const),
] as const;

type MovementsChartProps = { t: Translate; months: readonly RecurringMovementsOfMonth[]; csv: string };

export function RecurringMovementsChart({ t, months, csv }: MovementsChartProps) {
  const { locale } = t;
  const currency = months.at(-1)?.converted.end.currency ?? "";
  const money = (amountMinor: number) => ({ amountMinor: Math.round(amountMinor), currency });
  const isEmpty = months.every(({ converted }) =>
    SHOWN_RECURRING_MOVEMENT_KINDS.every((kind) => converted.byKind[kind].movements === 0),
  );
  const series = Object.entries(SERIES);
  const chart = (
    <BarChart
      label={labelOf(t, months)}
      series={series.map(([name]) => t(`renewals.series.${name as keyof typeof SERIES}`))}
      referenceName={t("renewals.net")}
      bars={months.map(({ range, converted }) => ({
        axisLabel: formatPeriodStart(locale, { range, step: "month" }),
        tooltipLabel: formatPeriod(locale, range),
        values: series.map(([, kinds]) =>
          kinds.reduce((sum, kind) => sum + converted.byKind[kind].worth.amountMinor, 0),
        ),
        referenceValue: converted.end.amountMinor - converted.start.amountMinor,
      }))}
      formatTick={(value) => formatCompactAmount(locale, money(value))}
      formatValue={(value) => formatSignedAmount(locale, money(value))}
    />
  );
  return (
    <ChartFrame
      t={t}
      id="movements"
      title={t("renewals.movements.title")}
      figures={FIGURES}
      note={t("renewals.movements.note", { currency })}
      chart={isEmpty ? null : chart}
      table={<MonthTable t={t} months={months} />}
      csv={csv}
    />
  );
}

function labelOf(t: Translate, months: readonly RecurringMovementsOfMonth[]): string {
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return "";
  return t("renewals.movements.label", {
    ...{ from: formatPeriod(t.locale, first.range), start: formatMoneyWithDecimals(t.locale, first.converted.start) },
    ...{ to: formatPeriod(t.locale, last.range), end: formatMoneyWithDecimals(t.locale, last.converted.end) },
  });
}

function MonthTable({ t, months }: { t: Translate; months: readonly RecurringMovementsOfMonth[] }) {
  return (
    <ScrollTable className="table-stacked" labelledBy="movements-title">
      <KindHead t={t} first={t("renewals.month")} />
      <tbody>
        {months.toReversed().map(({ range, converted: { start, byKind, end } }) => (
          <tr key={range.from}>
            <th scope="row">{formatPeriod(t.locale, range)}</th>
            <td className="figure" data-label={t("renewals.start")}>
              {formatMoneyWithDecimals(t.locale, start)}
            </td>
            {SHOWN_RECURRING_MOVEMENT_KINDS.map((kind) => (
              <td
                key={kind}
                className={cellClass(byKind[kind].movements === 0)}
                data-label={recurringMovementKindName(t, kind)}
              >
                {formatSignedAmount(t.locale, byKind[kind].worth)}
                <span className="renewals-count"> {byKind[kind].movements.toLocaleString(t.locale)}</span>
              </td>
            ))}
            <td className="figure" data-label={t("renewals.end")}>
              {formatMoneyWithDecimals(t.locale, end)}
            </td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function KindHead({ t, first }: { t: Translate; first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col" className="figure">
          {t("renewals.start")}
        </th>
        {SHOWN_RECURRING_MOVEMENT_KINDS.map((kind) => (
          <th key={kind} scope="col" className="figure">
            {recurringMovementKindName(t, kind)}
          </th>
        ))}
        <th scope="col" className="figure">
          {t("renewals.end")}
        </th>
      </tr>
    </thead>
  );
}

/** Returns the CSS class of a cell. The class of a cell without a change hides it on a phone. */
function cellClass(isNothing: boolean): string {
  return isNothing ? "figure not-when-stacked" : "figure";
}

export function LatestMonthRecurringMovementsTable({
  t,
  months,
}: {
  t: Translate;
  months: readonly RecurringMovementsOfMonth[];
}) {
  const last = months.at(-1);
  if (!last || last.exact.length === 0) return null;
  return (
    <section className="newsroom-part">
      <h3 id="exact-movements">{t("renewals.exact.title", { period: formatPeriod(t.locale, last.range) })}</h3>
      <ScrollTable className="table-stacked" labelledBy="exact-movements">
        <KindHead t={t} first={t("income.currency")} />
        <tbody>
          {last.exact.map(({ currency, start, byKind, end }) => (
            <tr key={currency}>
              <th scope="row">{currency}</th>
              <td className="figure" data-label={t("renewals.start")}>
                {formatMoneyWithDecimals(t.locale, start.perMonth)}
              </td>
              {SHOWN_RECURRING_MOVEMENT_KINDS.map((kind) => (
                <td
                  key={kind}
                  className={cellClass(!byKind[kind]?.movements)}
                  data-label={recurringMovementKindName(t, kind)}
                >
                  {formatSignedAmount(t.locale, byKind[kind]?.perMonth ?? { amountMinor: 0, currency })}
                </td>
              ))}
              <td className="figure" data-label={t("renewals.end")}>
                {formatMoneyWithDecimals(t.locale, end.perMonth)}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <p className="newsroom-note">{t("renewals.exact.note")}</p>
    </section>
  );
}
