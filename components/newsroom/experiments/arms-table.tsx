import type { Translate } from "@/content/messages";
import { EXPERIMENT_GIFT_WINDOW_DAYS } from "@/domain/appeal/experiment";
import { formatMoney } from "@/domain/money";
import { incomePerReader, type PerReaderEstimate } from "@/domain/newsroom/experiments/rates";
import type { ExperimentReport } from "@/domain/newsroom/experiments/report";
import { ScrollTable, SignWithSpokenText } from "../../ui/scroll-table";
import { capitalizedArmName, formatIncomePerThousandReaders } from "./words";

type ArmsTableProps = { t: Translate; report: ExperimentReport };

const FIGURES = ["share", "readers", "counted", "supporters", "kept", "per-thousand", "between"] as const;

export function ArmsTable({ t, report }: ArmsTableProps) {
  const { currency, capMinor } = report.experiment;
  const cap = formatMoney({ amountMinor: capMinor, currency }, { locale: t.locale });
  return (
    <section className="newsroom-part">
      <h2 id="arms">{t("experiments.arms.title")}</h2>
      <p className="newsroom-note">
        {t("experiments.arms.note", { window: EXPERIMENT_GIFT_WINDOW_DAYS, cap, currency })}
      </p>
      <ScrollTable labelledBy="arms" className="table-stacked">
        <thead>
          <tr>
            <th scope="col">{t("experiments.arms.arm")}</th>
            {FIGURES.map((name) => (
              <th key={name} scope="col" className="figure">
                {t(`experiments.arms.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.assessment.arms.map(({ arm }) => (
            <ArmRow key={arm} t={t} report={report} arm={arm} />
          ))}
        </tbody>
      </ScrollTable>
    </section>
  );
}

function ArmRow({ t, report, arm }: ArmsTableProps & { arm: string }) {
  const figures = figuresOf(t, report, arm);
  return (
    <tr>
      <th scope="row">{capitalizedArmName(t, arm)}</th>
      {FIGURES.map((name) => (
        <td key={name} className="figure" data-label={t(`experiments.arms.${name}`)}>
          {figures[name] ?? <SignWithSpokenText sign={t("newsroom.none")} spoken={t("newsroom.none-spoken")} />}
        </td>
      ))}
    </tr>
  );
}

/** Returns the text of each figure, or null for a number that is not known yet. */
function figuresOf(
  t: Translate,
  { experiment, assessment }: ExperimentReport,
  name: string,
): Record<(typeof FIGURES)[number], string | null> | Record<string, never> {
  const { currency } = experiment;
  const arm = assessment.arms.find((each) => each.arm === name);
  if (!arm) return {};
  const readers = assessment.arms.reduce((sum, each) => sum + each.readers, 0);
  const rate = incomePerReader(arm, { readers, finalReaders: assessment.finalReaders });
  const money = { locale: t.locale, alwaysDecimals: true };
  const isCounted = arm.readers > 0;
  return {
    share: t("experiments.arms.percent", { share: arm.share }),
    readers: (assessment.exposed[name] ?? 0).toLocaleString(t.locale),
    counted: arm.readers.toLocaleString(t.locale),
    supporters: isCounted ? arm.supporters.toLocaleString(t.locale) : null,
    kept: isCounted ? formatMoney({ amountMinor: arm.sum, currency }, money) : null,
    "per-thousand": isCounted ? formatIncomePerThousandReaders(t, { minorPerReader: rate.mean, currency }) : null,
    between: between(t, rate, (minorPerReader) => formatIncomePerThousandReaders(t, { minorPerReader, currency })),
  };
}

function between(t: Translate, { low, high }: PerReaderEstimate, format: (value: number) => string): string | null {
  if (low === null || high === null) return null;
  return t("experiments.between", { low: format(low), high: format(high) });
}
