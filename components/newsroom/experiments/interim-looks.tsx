import type { Translate } from "@/content/messages";
import type { ExperimentReport } from "@/domain/newsroom/experiments/report";
import type { ArmComparison } from "@/domain/newsroom/experiments/verdict";
import { ScrollTable } from "../../ui/scroll-table";
import { ConfidenceIntervalChart, type ConfidenceIntervalPoint } from "./confidence-interval-chart";
import { armName, capitalizedArmName, formatExperimentDate, formatIncomePerThousandReaders } from "./words";

type InterimLooksProps = { t: Translate; report: ExperimentReport };

export function InterimLooks({ t, report }: InterimLooksProps) {
  const { looks, assessment } = report;
  if (looks.length === 0 || assessment.distrust) return null;
  return (
    <section className="newsroom-part">
      <h2 id="looks">{t("experiments.looks.title")}</h2>
      {assessment.comparisons.map((comparison) => (
        <ComparisonLooks key={comparison.arm} t={t} report={report} comparison={comparison} />
      ))}
    </section>
  );
}

function ComparisonLooks({ t, report, comparison }: InterimLooksProps & { comparison: ArmComparison }) {
  const points = pointsOf(report, comparison);
  if (points.length === 0) return null;
  const { currency } = report.experiment;
  const format = (minorPerReader: number) => formatIncomePerThousandReaders(t, { minorPerReader, currency });
  const { arm, base } = comparison;
  const name = t("experiments.looks.of", { Arm: capitalizedArmName(t, arm), base: armName(t, base) });
  const id = `looks-${arm}`;
  return (
    <figure className="looks">
      <figcaption>
        <strong id={id}>{name}</strong> {t("experiments.looks.note")}
      </figcaption>
      <ConfidenceIntervalChart
        label={name}
        points={points}
        formatValue={format}
        formatDay={(day) => formatExperimentDate(t, day)}
      />
      <details>
        <summary>{t("experiments.looks.table")}</summary>
        <LooksTable t={t} labelledBy={id} points={points} format={format} />
      </details>
    </figure>
  );
}

function pointsOf({ looks }: ExperimentReport, { arm }: ArmComparison): ConfidenceIntervalPoint[] {
  return looks.flatMap(({ day, comparisons }) => {
    const found = comparisons.find((each) => each.arm === arm);
    return found ? [{ day, estimate: found.estimate, low: found.low, high: found.high }] : [];
  });
}

type TableProps = {
  t: Translate;
  labelledBy: string;
  points: ConfidenceIntervalPoint[];
  format: (minor: number) => string;
};

function LooksTable({ t, labelledBy, points, format }: TableProps) {
  return (
    <ScrollTable labelledBy={labelledBy}>
      <thead>
        <tr>
          <th scope="col">{t("experiments.looks.day")}</th>
          {(["estimate", "low", "high"] as const).map((name) => (
            <th key={name} scope="col" className="figure">
              {t(`experiments.looks.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map(({ day, estimate, low, high }) => (
          <tr key={day}>
            <th scope="row">{formatExperimentDate(t, day)}</th>
            <td className="figure">{format(estimate)}</td>
            <td className="figure">{format(low)}</td>
            <td className="figure">{format(high)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
