import { FigureDefinitionLink } from "@/components/charts/figure-link";
import { type Translate, translator } from "@/content/messages";
import type { RecurringFigures } from "@/domain/newsroom/figures";
import type { OnPageSectionFailure } from "@/domain/newsroom/page-section";
import { type RecurringGiftsPageChoices, recurringViewQuery } from "@/domain/newsroom/recurring-view";
import { EndReasonsTable } from "./end-reasons";
import { FailedRenewals } from "./failed-renewals";
import { NewsroomPage } from "./newsroom-page";
import { CohortTable } from "./recurring/cohort-table";
import { LatestMonthRecurringMovementsTable, RecurringMovementsChart } from "./recurring/movements-chart";
import { NextMonthForecastView } from "./recurring/next-month";
import { RecurringListLink } from "./recurring/recurring-list-link";
import { RecurringTotalsByStateTable } from "./recurring/totals-by-state";
import { LatestRecurringValueSummary } from "./recurring/value-summary";
import { RecurringViewForm } from "./recurring/view-form";
import { createPageSectionRenderer, type RenderPageSection } from "./render-page-section";

type RecurringScreenProps = {
  locale: string;
  view: RecurringGiftsPageChoices;
  today: string;
  figures: RecurringFigures;
  timeZone: string;
  /**
   * False for colleagues who may not open the pages about supporters and their gifts. The links to these pages are then
   * left out.
   */
  mayOpenPeople: boolean;
  onFailure: OnPageSectionFailure;
};

export function RecurringScreen({ locale, view, today, figures, onFailure, ...shown }: RecurringScreenProps) {
  const t = translator(locale);
  const { now, currencies, commonCurrency, recurring, cohorts, nextMonth } = figures;
  const renderPart = createPageSectionRenderer({ t, onFailure });
  const csvOf = (table: string) => `/newsroom/recurring/${table}.csv?${recurringViewQuery(view)}`;
  return (
    <NewsroomPage locale={locale} section="recurring" now={now} timeZone={shown.timeZone}>
      <RecurringViewForm t={t} {...{ view, today, currencies, commonCurrency }} />
      {renderPart({ name: "months", title: t("renewals.movements.title") }, figures.months, (months) => (
        <>
          <LatestRecurringValueSummary t={t} months={months} />
          <RecurringMovementsChart t={t} months={months} csv={csvOf("movements")} />
          <LatestMonthRecurringMovementsTable t={t} months={months} />
        </>
      ))}
      {renderPart({ name: "recurring", title: t("newsroom.recurring.title") }, recurring, (standings) => (
        <RecurringTotalsByStateTable
          t={t}
          standings={standings}
          mayOpenPeople={shown.mayOpenPeople}
          csv={csvOf("standings")}
        />
      ))}
      {renderPart({ name: "next-month", title: t("figure.forecast.name") }, nextMonth, (next) => (
        <NextMonthForecastView t={t} next={next} csv={csvOf("forecast")} />
      ))}
      {renderPart({ name: "cohorts", title: t("renewals.cohorts.title") }, cohorts, (rows) => (
        <CohortTable t={t} cohorts={rows} csv={csvOf("cohorts")} />
      ))}
      <Losses {...{ t, renderPart, figures, csvOf }} {...shown} />
    </NewsroomPage>
  );
}

type LossesProps = Pick<RecurringScreenProps, "figures" | "timeZone" | "mayOpenPeople"> & {
  t: Translate;
  renderPart: RenderPageSection;
  csvOf: (table: string) => string;
};

function Losses({ t, renderPart, figures, timeZone, mayOpenPeople, csvOf }: LossesProps) {
  const { failedRenewals, endings, lapsed } = figures;
  return (
    <>
      {renderPart({ name: "failed-renewals", title: t("newsroom.failed.title") }, failedRenewals, (renewals) => (
        <FailedRenewals t={t} renewals={renewals} timeZone={timeZone} areLinked={mayOpenPeople} csv={csvOf("failed")} />
      ))}
      {renderPart({ name: "endings", title: t("newsroom.endings.title") }, endings, (value) => (
        <EndReasonsTable t={t} endings={value} mayOpenPeople={mayOpenPeople} csv={csvOf("endings")} />
      ))}
      {renderPart({ name: "lapsed", title: t("renewals.lapsed.title") }, lapsed, (counts) => (
        <section className="newsroom-part">
          <h2>{t("renewals.lapsed.title")}</h2>
          <p>{t("renewals.lapsed", counts)}</p>
          {mayOpenPeople ? <RecurringListLink t={t} list="lapsed" /> : null}
          <p>
            <FigureDefinitionLink t={t} figure="lapsed" />
          </p>
        </section>
      ))}
    </>
  );
}
