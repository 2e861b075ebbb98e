// The words of an experiment's page: its arms, days, amounts and verdicts.
import type { MessageKey, Translate } from "@/content/messages";
import { dateOfDay, HOLD_OUT, SETTLING_DAYS, WINDOW_DAYS } from "@/domain/appeal/experiment";
import { type Currency, formatMoney } from "@/domain/money";
import type { Judgement } from "@/domain/newsroom/experiments/judgement";
import { type Comparison, FEWEST_GIVERS } from "@/domain/newsroom/experiments/verdict";
import { formatDay } from "../../site/format-day";

export function armName(t: Translate, arm: string): string {
  return arm === HOLD_OUT ? t("experiments.arm.hold-out") : t("experiments.arm.variant", { variant: arm });
}

/** The arm's name as the first word of a sentence or a row. */
export function armTitle(t: Translate, arm: string): string {
  const name = armName(t, arm);
  return name.slice(0, 1).toLocaleUpperCase(t.locale) + name.slice(1);
}

/** `minor`: what one reader brings, in minor units with decimals. */
export function forThousand(t: Translate, { minor, currency }: { minor: number; currency: Currency }): string {
  return formatMoney({ amountMinor: Math.round(minor * 1_000), currency }, { locale: t.locale, exact: true });
}

/** A day of an experiment, which begins and ends in UTC. */
export function dayName(t: Translate, day: number): string {
  return formatDay(dateOfDay(day), { locale: t.locale, timeZone: "UTC" });
}

/** The verdict as one plain sentence for each comparison, or one that says why there is no verdict. */
export function verdictsOf(
  t: Translate,
  { judgement, currency }: { judgement: Judgement; currency: Currency },
): string[] {
  const { distrust, firstFinalOn, counted, isFinal, comparisons } = judgement;
  if (distrust) return [t(`experiments.verdict.${distrust}`)];
  if (firstFinalOn === null) return [t("experiments.verdict.nobody")];
  if (counted === 0) {
    if (isFinal) return [t("experiments.verdict.ended-unjudged", { window: WINDOW_DAYS })];
    const days = { day: dayName(t, firstFinalOn), window: WINDOW_DAYS, settling: SETTLING_DAYS };
    return [t("experiments.verdict.none-yet", days)];
  }
  return comparisons.map((comparison) => verdictOf(t, comparison, { isFinal, currency }));
}

type Terms = { isFinal: boolean; currency: Currency };

function verdictOf(t: Translate, comparison: Comparison, { isFinal, currency }: Terms): string {
  const { arm, base, verdict } = comparison;
  if (verdict === "too-early")
    return t("experiments.verdict.too-early", { arm: armName(t, arm), base: armName(t, base), givers: FEWEST_GIVERS });
  // Beside the hold-out, the question is what the banner brings.
  const turned = arm === HOLD_OUT ? turn(comparison) : comparison;
  const kind = turned.verdict === "open" && isFinal ? "none" : turned.verdict;
  const key: MessageKey = `experiments.verdict.${arm === HOLD_OUT ? "banner-" : ""}${kind as "more" | "less" | "open" | "none"}`;
  const [low, high] = kind === "less" ? [-turned.high, -turned.low] : [turned.low, turned.high];
  return t(key, {
    arm: armName(t, arm),
    Arm: armTitle(t, arm),
    base: armName(t, base),
    low: forThousand(t, { minor: low, currency }),
    high: forThousand(t, { minor: high, currency }),
  });
}

function turn({ low, high, verdict, ...rest }: Comparison): Comparison {
  const turned = { more: "less", less: "more" } as const;
  return {
    ...rest,
    low: -high,
    high: -low,
    verdict: verdict === "more" || verdict === "less" ? turned[verdict] : verdict,
  };
}
