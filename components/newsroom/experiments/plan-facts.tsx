import type { Translate } from "@/content/messages";
import { type Experiment, epochDayOf } from "@/domain/appeal/experiment";
import { formatMoney } from "@/domain/money";
import { DescriptionList } from "../../ui/fact-list";
import { capitalizedArmName, formatExperimentDate, formatIncomePerThousandReaders } from "./words";

type ExperimentPlanFactsProps = { t: Translate; experiment: Experiment };

export function ExperimentPlanFacts({ t, experiment }: ExperimentPlanFactsProps) {
  return (
    <section className="newsroom-part">
      <h2>{t("experiments.plan.title")}</h2>
      <DescriptionList className="experiment-facts" facts={listFacts(t, experiment)} />
    </section>
  );
}

function listFacts(t: Translate, experiment: Experiment): [string, string][] {
  const { arms, currency, rates, capMinor, smallestEffectMinor: minorPerReader, plannedReaders, lastDay } = experiment;
  const { startedAt, endedAt } = experiment;
  const named = Object.entries(rates).map(([from, rate]) => t("experiments.plan.rate", { from, rate, to: currency }));
  const fact = (name: FactName, value: string): [string, string] => [t(`experiments.plan.${name}`), value];
  return [
    fact(
      "arms",
      listOf(
        t,
        arms.map(({ arm, share }) => t("experiments.plan.arm", { arm: capitalizedArmName(t, arm), share })),
      ),
    ),
    fact("currency", currency),
    ...(named.length > 0 ? [fact("rates", listOf(t, named))] : []),
    fact("cap", formatMoney({ amountMinor: capMinor, currency }, { locale: t.locale })),
    fact("effect", formatIncomePerThousandReaders(t, { minorPerReader, currency })),
    fact("readers", plannedReaders.toLocaleString(t.locale)),
    fact("last-day", formatExperimentDate(t, lastDay)),
    ...(startedAt ? [fact("started", formatExperimentDate(t, epochDayOf(startedAt)))] : []),
    ...(endedAt ? [fact("ended", formatExperimentDate(t, epochDayOf(endedAt)))] : []),
  ];
}

type FactName = "arms" | "currency" | "rates" | "cap" | "effect" | "readers" | "last-day" | "started" | "ended";

function listOf(t: Translate, items: string[]): string {
  return new Intl.ListFormat(t.locale, { style: "narrow" }).format(items);
}
