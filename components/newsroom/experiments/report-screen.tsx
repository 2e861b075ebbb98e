import { type Translate, translator } from "@/content/messages";
import { EXPERIMENT_GIFT_WINDOW_DAYS } from "@/domain/appeal/experiment";
import type { Currency } from "@/domain/money";
import { type ExperimentAssessmentSummary, summarizeAssessment } from "@/domain/newsroom/experiments/judgement";
import type { ExperimentReport } from "@/domain/newsroom/experiments/report";
import { Button } from "../../ui/button";
import { Notice } from "../../ui/notice";
import { NewsroomPage } from "../newsroom-page";
import { ArmsTable } from "./arms-table";
import { ExperimentNotice } from "./experiment-notice";
import { GuardrailTable } from "./guardrail-table";
import { InterimLooks } from "./interim-looks";
import { ExperimentPlanFacts } from "./plan-facts";
import { formatExperimentDate, formatIncomePerThousandReaders, verdictSentences } from "./words";

type ExperimentReportScreenProps = {
  locale: string;
  report: ExperimentReport;
  flash: unknown;
  now: Date;
  timeZone: string;
};

export function ExperimentReportScreen({ locale, report, flash, now, timeZone }: ExperimentReportScreenProps) {
  const t = translator(locale);
  const { experiment, assessment } = report;
  const touchesReaders = assessment.phase === "running" || assessment.phase === "following";
  return (
    <NewsroomPage locale={locale} section="experiments" title={experiment.name} now={now} timeZone={timeZone}>
      <ExperimentNotice t={t} flash={flash} />
      <PhaseLine t={t} report={report} />
      <VerdictPart t={t} report={report} />
      <ArmsTable t={t} report={report} />
      <InterimLooks t={t} report={report} />
      <GuardrailTable t={t} report={report} />
      <ExperimentPlanFacts t={t} experiment={experiment} />
      {touchesReaders ? <EndForm t={t} id={experiment.id} /> : null}
      <p>
        <a href="/newsroom/experiments">{t("experiments.back")}</a>
      </p>
    </NewsroomPage>
  );
}

type PartProps = { t: Translate; report: ExperimentReport };

function PhaseLine({ t, report: { experiment, assessment } }: PartProps) {
  const { phase, lastFinalOn } = assessment;
  const days = {
    ...{ draft: experiment.lastDay, running: experiment.lastDay },
    ...{ following: experiment.lastDay + EXPERIMENT_GIFT_WINDOW_DAYS, settling: lastFinalOn, over: lastFinalOn },
  };
  const text = phase === "settling" && experiment.endedAt ? "ended-early" : phase;
  return (
    <p className="experiment-phase">
      <strong>{t(`experiments.phase.${phase}`)}</strong>{" "}
      {t(`experiments.phase.${text}.text`, {
        day: formatExperimentDate(t, days[phase]),
        days: EXPERIMENT_GIFT_WINDOW_DAYS,
      })}
    </p>
  );
}

function VerdictPart({ t, report }: PartProps) {
  const judgement = summarizeAssessment(report.assessment);
  const { distrust, exposed, counted } = judgement;
  const verdicts = <Verdicts t={t} judgement={judgement} currency={report.experiment.currency} />;
  return (
    <section className="newsroom-part experiment-verdict">
      <h2>{t("experiments.verdict.title")}</h2>
      {distrust ? <Notice kind="bad">{verdicts}</Notice> : verdicts}
      <p>{t("experiments.verdict.so-far", { counted, exposed })}</p>
      <p className="newsroom-note">
        {t("experiments.verdict.trust")} <Trust t={t} report={report} />
      </p>
    </section>
  );
}

function Verdicts({
  t,
  judgement,
  currency,
}: {
  t: Translate;
  judgement: ExperimentAssessmentSummary;
  currency: Currency;
}) {
  return verdictSentences(t, { judgement, currency }).map((verdict) => (
    <p key={verdict} className="experiment-sentence">
      {verdict}
    </p>
  ));
}

/**
 * Says by how much forged reports could change a difference between variants. Also shows how many gifts the ledger has,
 * and how many the devices reported.
 */
function Trust({ t, report: { experiment, assessment, giftCounts } }: PartProps) {
  const minorPerReader = Math.max(0, ...assessment.comparisons.map(({ allowance }) => allowance));
  const amount = formatIncomePerThousandReaders(t, { minorPerReader, currency: experiment.currency });
  return (
    <>
      {minorPerReader > 0 ? t("experiments.verdict.forged", { amount }) : null}{" "}
      {giftCounts.gifts > 0 ? t("experiments.verdict.heard", giftCounts) : null}
    </>
  );
}

/** The form is folded, so that nobody ends the experiment with a single press by mistake. */
function EndForm({ t, id }: { t: Translate; id: string }) {
  return (
    <section className="newsroom-part">
      <h2>{t("experiments.end.title")}</h2>
      <details className="experiment-end">
        <summary>{t("experiments.end.open")}</summary>
        <form className="experiment-press" method="post" action={`/newsroom/experiments/${id}/end`}>
          <p>{t("experiments.end.text", { days: EXPERIMENT_GIFT_WINDOW_DAYS })}</p>
          <Button>{t("experiments.end.press")}</Button>
        </form>
      </details>
    </section>
  );
}
