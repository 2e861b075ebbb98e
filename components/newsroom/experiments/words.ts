import type { MessageKey, Translate } from "@/content/messages";
import {
  dateOfEpochDay,
  EXPERIMENT_GIFT_WINDOW_DAYS,
  GIFT_VALUE_SETTLING_DAYS,
  HOLD_OUT_ARM,
} from "@/domain/appeal/experiment";
import { type Currency, formatMoney } from "@/domain/money";
import type { ExperimentAssessmentSummary } from "@/domain/newsroom/experiments/judgement";
import { type ArmComparison, MIN_SUPPORTERS_FOR_VERDICT } from "@/domain/newsroom/experiments/verdict";
import { formatDay } from "../../site/format-day";

export function armName(t: Translate, arm: string): string {
  return arm === HOLD_OUT_ARM
    ? t("experiments.arm.hold-out")
    : t("experiments.arm.variant", { variant: arm.toUpperCase() });
}

/** Returns the arm's name with a capital letter, for the start of a sentence or a row. */
export function capitalizedArmName(t: Translate, arm: string): string {
  const name = armName(t, arm);
  return name.slice(0, 1).toLocaleUpperCase(t.locale) + name.slice(1);
}

/** `minorPerReader`: the income for one reader, in minor units. It can have decimals. */
export function formatIncomePerThousandReaders(
  t: Translate,
  { minorPerReader, currency }: { minorPerReader: number; currency: Currency },
): string {
  return formatMoney(
    { amountMinor: Math.round(minorPerReader * 1_000), currency },
    { locale: t.locale, alwaysDecimals: true },
  );
}

/** `day`: days since 1970 in UTC, as experiments count them. */
export function formatExperimentDate(t: Translate, day: number): string {
  return formatDay(dateOfEpochDay(day), { locale: t.locale, timeZone: "UTC" });
}

export function verdictSentences(
  t: Translate,
  { judgement, currency }: { judgement: ExperimentAssessmentSummary; currency: Currency },
): string[] {
  const { distrust, firstFinalOn, counted, isFinal, comparisons } = judgement;
  if (distrust) return [t(`experiments.verdict.${distrust}`)];
  if (firstFinalOn === null) return [t("experiments.verdict.nobody")];
  if (counted === 0) {
    if (isFinal) return [t("experiments.verdict.ended-unjudged", { window: EXPERIMENT_GIFT_WINDOW_DAYS })];
    const days = {
      day: formatExperimentDate(t, firstFinalOn),
      window: EXPERIMENT_GIFT_WINDOW_DAYS,
      settling: GIFT_VALUE_SETTLING_DAYS,
    };
    return [t("experiments.verdict.none-yet", days)];
  }
  return comparisons.map((comparison) => verdictOf(t, comparison, { isFinal, currency }));
}

type Terms = { isFinal: boolean; currency: Currency };

function verdictOf(t: Translate, comparison: ArmComparison, { isFinal, currency }: Terms): string {
  const { arm, base, verdict } = comparison;
  if (verdict === "too-early")
    return t("experiments.verdict.too-early", {
      arm: armName(t, arm),
      base: armName(t, base),
      supporters: MIN_SUPPORTERS_FOR_VERDICT,
    });
  // If `arm` is the control group, which sees no banner, reverses the comparison. So the sentence says how much more or
  // less the banner brings than no banner.
  const subject = arm === HOLD_OUT_ARM ? reverse(comparison) : comparison;
  const kind = subject.verdict === "open" && isFinal ? "none" : subject.verdict;
  const key: MessageKey = `experiments.verdict.${arm === HOLD_OUT_ARM ? "banner-" : ""}${kind as "more" | "less" | "open" | "none"}`;
  const [low, high] = kind === "less" ? [-subject.high, -subject.low] : [subject.low, subject.high];
  return t(key, {
    arm: armName(t, arm),
    Arm: capitalizedArmName(t, arm),
    base: armName(t, base),
    low: formatIncomePerThousandReaders(t, { minorPerReader: low, currency }),
    high: formatIncomePerThousandReaders(t, { minorPerReader: high, currency }),
  });
}

function reverse({ low, high, verdict, ...rest }: ArmComparison): ArmComparison {
  const opposite = { more: "less", less: "more" } as const;
  return {
    ...rest,
    low: -high,
    high: -low,
    verdict: verdict === "more" || verdict === "less" ? opposite[verdict] : verdict,
  };
}
