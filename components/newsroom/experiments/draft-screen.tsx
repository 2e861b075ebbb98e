import { type Translate, translator } from "@/content/messages";
import type { Experiment } from "@/domain/appeal/experiment";
import { DAYS_TO_FIRST_VERDICT, type ExperimentSizeEstimate } from "@/domain/newsroom/experiments/outlook";
import { EXPERIMENT_BASELINE_DAYS } from "@/domain/newsroom/experiments/past-values";
import { Button } from "../../ui/button";
import { NewsroomPage } from "../newsroom-page";
import { NoExperimentsUnderHighRiskNotice } from "./experiment-list-screen";
import { ExperimentNotice } from "./experiment-notice";
import { ExperimentPlanForm, type PlanFormProps } from "./plan-form";
import { formatIncomePerThousandReaders } from "./words";

type ExperimentDraftScreenProps = Pick<PlanFormProps, "form" | "refused" | "context"> & {
  locale: string;
  experiment: Experiment;
  outlook: ExperimentSizeEstimate;
  mayRun: boolean;
  flash: unknown;
  now: Date;
  timeZone: string;
};

export function ExperimentDraftScreen({
  locale,
  experiment,
  outlook,
  mayRun,
  flash,
  now,
  timeZone,
  ...form
}: ExperimentDraftScreenProps) {
  const t = translator(locale);
  const { id, name } = experiment;
  return (
    <NewsroomPage locale={locale} section="experiments" title={name} now={now} timeZone={timeZone}>
      <ExperimentNotice t={t} flash={flash} />
      <p className="experiment-phase">
        <strong>{t("experiments.phase.draft")}</strong> {t("experiments.phase.draft.text")}
      </p>
      <OutlookPart t={t} experiment={experiment} outlook={outlook} />
      <section className="newsroom-part">
        <h2>{t("experiments.start.title")}</h2>
        {mayRun ? <StartForm t={t} id={id} /> : <NoExperimentsUnderHighRiskNotice t={t} />}
      </section>
      <section className="newsroom-part">
        <h2>{t("experiments.form.title")}</h2>
        <ExperimentPlanForm t={t} id={id} {...form} isNew={false} />
        <form method="post" action={`/newsroom/experiments/${id}/delete`}>
          <Button kind="plain">{t("experiments.delete.press")}</Button>
        </form>
      </section>
    </NewsroomPage>
  );
}

function StartForm({ t, id }: { t: Translate; id: string }) {
  return (
    <form className="experiment-press" method="post" action={`/newsroom/experiments/${id}/start`}>
      <p>{t("experiments.start.text", { days: DAYS_TO_FIRST_VERDICT })}</p>
      <Button>{t("experiments.start.press")}</Button>
    </form>
  );
}

type OutlookProps = { t: Translate; experiment: Experiment; outlook: ExperimentSizeEstimate };

function OutlookPart({ t, experiment, outlook }: OutlookProps) {
  const { smallestEffectMinor: minorPerReader, currency, plannedReaders } = experiment;
  const effect = formatIncomePerThousandReaders(t, { minorPerReader, currency });
  return (
    <section className="newsroom-part experiment-outlook">
      <h2>{t("experiments.power.title")}</h2>
      {outlook.kind === "unknown" ? <p>{t("experiments.power.unknown")}</p> : null}
      {outlook.kind === "unreachable" ? <p>{t("experiments.power.unreachable", { effect })}</p> : null}
      {outlook.kind === "needed" ? (
        <p>
          {t("experiments.power.needed", { effect, needed: outlook.needed, planned: plannedReaders })}{" "}
          {t("experiments.power.enough", { days: outlook.days })}
        </p>
      ) : null}
      {outlook.kind === "unknown" ? null : (
        <p className="newsroom-note">
          {t("experiments.power.past", { days: EXPERIMENT_BASELINE_DAYS, ...outlook.past })}
        </p>
      )}
    </section>
  );
}
