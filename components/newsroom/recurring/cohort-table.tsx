import { ChartLinks } from "@/components/charts/chart-frame";
import { HeatTable } from "@/components/charts/heat-table";
import type { Translate } from "@/content/messages";
import { periodContainingDay } from "@/domain/newsroom/periods";
import type { CohortRow } from "@/domain/newsroom/recurring-report";
import { formatPeriod } from "../income/income-words";

type CohortTableProps = { t: Translate; cohorts: readonly CohortRow[]; csv: string };

export function CohortTable({ t, cohorts, csv }: CohortTableProps) {
  const percent = new Intl.NumberFormat(t.locale, { style: "percent", maximumFractionDigits: 0 });
  const ages = Math.max(0, ...cohorts.map(({ cells }) => cells.length));
  return (
    <section className="newsroom-part" id="cohorts">
      <h2 id="cohorts-title">{t("renewals.cohorts.title")}</h2>
      <p className="newsroom-note">{cohorts.length > 0 ? t("renewals.cohorts.note") : t("charts.empty")}</p>
      {cohorts.length > 0 ? (
        <HeatTable
          labelledBy="cohorts-title"
          leadingHeadings={[t("figure.cohort.name"), t("renewals.cohorts.began"), t("figure.churn.name")]}
          columns={Array.from({ length: ages }, (_, age) => age.toLocaleString(t.locale))}
          rows={cohorts.map(({ month, began, cells }) => ({
            name: formatPeriod(t.locale, periodContainingDay("month", `${month}-01`)),
            leadingCells: [began, began - (cells.at(-1)?.kept ?? began)].map((each) => each.toLocaleString(t.locale)),
            cells: cells.map(({ month: key, kept }) => {
              const share = began > 0 ? kept / began : null;
              return { key, share, text: share === null ? t("newsroom.none") : percent.format(share) };
            }),
          }))}
        />
      ) : null}
      <ChartLinks t={t} title={t("renewals.cohorts.title")} csv={csv} figures={["cohort", "retention", "churn"]} />
    </section>
  );
}
