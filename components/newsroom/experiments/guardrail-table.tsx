// Shows how often each variant annoyed readers. The page shows this beside the income, and never converts annoyance
// into money.
import type { Translate } from "@/content/messages";
import { eventRate } from "@/domain/newsroom/experiments/rates";
import {
  type AnnoyanceCountsOfArm,
  type AnnoyanceKind,
  type ExperimentReport,
  REPORTED_ANNOYANCE_EVENTS,
} from "@/domain/newsroom/experiments/report";
import { ScrollTable, SignWithSpokenText } from "../../ui/scroll-table";
import { capitalizedArmName } from "./words";

type GuardrailTableProps = { t: Translate; report: ExperimentReport };

const KINDS: readonly AnnoyanceKind[] = [...REPORTED_ANNOYANCE_EVENTS, "ended", "unsubscribed"];

export function GuardrailTable({ t, report }: GuardrailTableProps) {
  return (
    <section className="newsroom-part">
      <h2 id="harm">{t("experiments.harm.title")}</h2>
      <p className="newsroom-note">{t("experiments.harm.note")}</p>
      <ScrollTable labelledBy="harm" className="table-stacked">
        <thead>
          <tr>
            <th scope="col">{t("experiments.arms.arm")}</th>
            {KINDS.map((kind) => (
              <th key={kind} scope="col" className="figure">
                {t(`experiments.harm.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.harm.map((harm) => (
            <tr key={harm.arm}>
              <th scope="row">{capitalizedArmName(t, harm.arm)}</th>
              {KINDS.map((kind) => (
                <td key={kind} className="figure" data-label={t(`experiments.harm.${kind}`)}>
                  <HarmCell t={t} report={report} harm={harm} kind={kind} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}

type CellProps = GuardrailTableProps & { harm: AnnoyanceCountsOfArm; kind: AnnoyanceKind };

/** Shows the harm per 1,000 readers, with the range of uncertainty below. */
function HarmCell({ t, report, harm, kind }: CellProps) {
  if (harm.readers === 0) return <SignWithSpokenText sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />;
  const readers = report.harm.reduce((sum, each) => sum + each.readers, 0);
  const rate = eventRate(
    { count: harm[kind], readers: harm.readers },
    { readers, finalReaders: report.assessment.finalReaders },
  );
  const format = (value: number) => (value * 1_000).toLocaleString(t.locale, { maximumFractionDigits: 1 });
  return (
    <>
      {format(rate.mean)}
      <small className="experiment-range">
        {t("experiments.range", { low: format(rate.low ?? 0), high: format(rate.high ?? 0) })}
      </small>
    </>
  );
}
