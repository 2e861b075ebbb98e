import type { Translate } from "@/content/messages";
import type { StoredVerdict } from "@/domain/newsroom/experiments/judgement";
import { verdictSentences } from "../experiments/words";
import { formatDateAndTime } from "../format-time";

type VerdictsProps = {
  t: Translate;
  verdicts: readonly StoredVerdict[];
  timeZone: string;
  /** False for colleagues who may not open experiments. */
  mayOpenAppeals: boolean;
};

export function ExperimentVerdicts({ t, verdicts, timeZone, mayOpenAppeals }: VerdictsProps) {
  const title = t("monday.experiment");
  return (
    <section className="monday-answer monday-verdicts">
      <h2>{mayOpenAppeals ? <a href="/newsroom/experiments">{title}</a> : title}</h2>
      {verdicts.length === 0 ? (
        <NoExperiment t={t} mayOpenAppeals={mayOpenAppeals} />
      ) : (
        <ul>
          {verdicts.map((verdict) => (
            <Verdict key={verdict.id} {...{ t, verdict, timeZone, mayOpenAppeals }} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NoExperiment({ t, mayOpenAppeals }: Pick<VerdictsProps, "t" | "mayOpenAppeals">) {
  return (
    <p>
      {t("monday.experiment.none")}{" "}
      {mayOpenAppeals ? <a href="/newsroom/experiments/new">{t("experiments.new")}</a> : null}
    </p>
  );
}

function Verdict({
  t,
  verdict,
  timeZone,
  mayOpenAppeals,
}: Omit<VerdictsProps, "verdicts"> & { verdict: StoredVerdict }) {
  const { id, name, phase, currency, judged } = verdict;
  const sentences = judged
    ? verdictSentences(t, { judgement: judged.judgement, currency })
    : [t("monday.experiment.not-yet")];
  const state = t(`experiments.phase.${phase}`);
  const { counted, exposed } = judged?.judgement ?? { counted: 0, exposed: 0 };
  return (
    <li className="monday-verdict">
      <p>{mayOpenAppeals ? <a href={`/newsroom/experiments/${id}`}>{name}</a> : name}</p>
      {sentences.map((sentence) => (
        <strong key={sentence} className="monday-sentence">
          {sentence}
        </strong>
      ))}
      <p>
        {judged
          ? t("monday.experiment.as-of", {
              counted,
              exposed,
              phase: state,
              time: formatDateAndTime(t, { at: judged.at, timeZone }),
            })
          : state}
      </p>
    </li>
  );
}
