import { ChartLinks } from "@/components/charts/chart-frame";
import { FigureDefinitionLink } from "@/components/charts/figure-link";
import { ScrollTable } from "@/components/ui/scroll-table";
import type { Translate } from "@/content/messages";
import { formatMoneyWithDecimals } from "@/domain/money";
import type { RecurringTotalsByState } from "@/domain/newsroom/at-risk";
import { RecurringListLink } from "./recurring-list-link";

const GROUPS = [
  ["running", "running"],
  ["paused", "paused"],
  ["overdue", "overdue"],
  ["cardEnding", "card-ending"],
  ["atRisk", "at-risk"],
] as const;

type StandingTotalsTableProps = {
  t: Translate;
  standings: readonly RecurringTotalsByState[];
  mayOpenPeople: boolean;
  csv: string;
};

export function RecurringTotalsByStateTable({ t, standings, mayOpenPeople, csv }: StandingTotalsTableProps) {
  const title = t("newsroom.recurring.title");
  return (
    <section className="newsroom-part">
      <h2 id="recurring-gifts">{title}</h2>
      {standings.length === 0 ? <p>{t("newsroom.recurring.empty")}</p> : <StandingRows t={t} standings={standings} />}
      {mayOpenPeople ? (
        <>
          <p>
            <a href="/newsroom/recurring/overdue">{t("renewals.rows.open", { list: t("renewals.overdue.title") })}</a>
          </p>
          <RecurringListLink t={t} list="card-ending" />
        </>
      ) : null}
      <ChartLinks t={t} title={title} csv={csv} figures={["overdue", "at-risk"]} />
    </section>
  );
}

function StandingRows({ t, standings }: Pick<StandingTotalsTableProps, "t" | "standings">) {
  return (
    <>
      <p className="newsroom-note">{t("renewals.standings.note")}</p>
      <ScrollTable className="table-stacked" labelledBy="recurring-gifts">
        <thead>
          <tr>
            <th scope="col">{t("newsroom.money.currency")}</th>
            {GROUPS.map(([, figure]) => (
              <th key={figure} scope="col" className="figure">
                <FigureDefinitionLink t={t} figure={figure} />
              </th>
            ))}
            <th scope="col" className="figure">
              <FigureDefinitionLink t={t} figure="ending" />
            </th>
          </tr>
        </thead>
        <tbody>
          {standings.map((standing) => (
            <tr key={standing.currency}>
              <th scope="row">{standing.currency}</th>
              {GROUPS.map(([group, figure]) => (
                <td key={figure} className="figure" data-label={t(`figure.${figure}.name`)}>
                  {standing[group].gifts.toLocaleString(t.locale)}
                  <span className="renewals-count">
                    {" "}
                    {formatMoneyWithDecimals(t.locale, standing[group].worth.perMonth)}
                  </span>
                </td>
              ))}
              <td className="figure" data-label={t("figure.ending.name")}>
                {standing.ending.toLocaleString(t.locale)}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </>
  );
}
