import { type Translate, translator } from "@/content/messages";
import { type ExperimentPhase, epochDayOf, experimentPhaseOf } from "@/domain/appeal/experiment";
import type { ExperimentListItem } from "@/domain/appeal/experiments";
import { LinkStyledAsButton } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { ScrollTable, SignWithSpokenText } from "../../ui/scroll-table";
import { NewsroomPage } from "../newsroom-page";
import { ExperimentNotice } from "./experiment-notice";
import { formatExperimentDate } from "./words";

type ExperimentListScreenProps = {
  locale: string;
  experiments: ExperimentListItem[];
  mayRun: boolean;
  flash: unknown;
  now: Date;
  timeZone: string;
};

export function ExperimentListScreen({ locale, experiments, mayRun, flash, now, timeZone }: ExperimentListScreenProps) {
  const t = translator(locale);
  return (
    <NewsroomPage locale={locale} section="experiments" now={now} timeZone={timeZone}>
      <ExperimentNotice t={t} flash={flash} />
      <div className="experiment-intro">
        <p>{t("experiments.lede")}</p>
        {mayRun ? null : <NoExperimentsUnderHighRiskNotice t={t} />}
        <LinkStyledAsButton href="/newsroom/experiments/new">{t("experiments.new")}</LinkStyledAsButton>
      </div>
      {experiments.length === 0 ? (
        <p className="newsroom-empty">{t("experiments.none")}</p>
      ) : (
        <ExperimentTable t={t} experiments={experiments} now={now} />
      )}
    </NewsroomPage>
  );
}

export function NoExperimentsUnderHighRiskNotice({ t }: { t: Translate }) {
  return (
    <Notice kind="bad">
      <p>{t("experiments.high-risk")}</p>
    </Notice>
  );
}

type TableProps = { t: Translate; experiments: ExperimentListItem[]; now: Date };

function ExperimentTable({ t, experiments, now }: TableProps) {
  return (
    <section className="newsroom-part">
      <h2 id="experiments">{t("experiments.list")}</h2>
      <ScrollTable labelledBy="experiments" className="table-stacked">
        <thead>
          <tr>
            <th scope="col">{t("experiments.column.name")}</th>
            <th scope="col">{t("experiments.column.state")}</th>
            <th scope="col">{t("experiments.column.days")}</th>
            <th scope="col" className="figure">
              {t("experiments.column.readers")}
            </th>
          </tr>
        </thead>
        <tbody>
          {experiments.map((experiment) => (
            <ExperimentRow
              key={experiment.id}
              t={t}
              experiment={experiment}
              phase={experimentPhaseOf(experiment, now)}
            />
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}

type RowProps = { t: Translate; experiment: ExperimentListItem; phase: ExperimentPhase };

function ExperimentRow({ t, experiment, phase }: RowProps) {
  const { id, name, startedAt, endedAt, lastDay, exposedDevices } = experiment;
  const until = endedAt ? Math.min(lastDay, epochDayOf(endedAt)) : lastDay;
  return (
    <tr>
      <th scope="row">
        <a href={`/newsroom/experiments/${id}`}>{name}</a>
      </th>
      <td data-label={t("experiments.column.state")}>{t(`experiments.phase.${phase}`)}</td>
      <td data-label={t("experiments.column.days")}>
        {startedAt ? (
          t("experiments.days", {
            from: formatExperimentDate(t, epochDayOf(startedAt)),
            until: formatExperimentDate(t, until),
          })
        ) : (
          <SignWithSpokenText sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />
        )}
      </td>
      <td className="figure" data-label={t("experiments.column.readers")}>
        {exposedDevices.toLocaleString(t.locale)}
      </td>
    </tr>
  );
}
