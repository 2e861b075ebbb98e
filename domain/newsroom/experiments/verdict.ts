// The comparison may be made at any time (docs/decisions/019-experiments.md).
import { type ArmValues, meanOf, valueDifferenceOf } from "./confidence";
import { maxForgedShare } from "./sample-ratio";

/** The maximum probability of a false winner, for all comparisons of an experiment together. */
export const ALPHA = 0.05;
/** With fewer people who gave in a variant, the variance is too uncertain for a verdict (lab/docs/experiments.md). */
export const MIN_SUPPORTERS_FOR_VERDICT = 30;

/** `share`: in percent. The other variants are compared with the first one in the list. */
export type JudgedArm = ArmValues & { arm: string; share: number };

export type ArmComparison = {
  arm: string;
  base: string;
  /** The difference in income per reader between `arm` and `base`, in minor units. It may be a fraction. */
  estimate: number;
  low: number;
  high: number;
  /** The largest change of the estimate that forged devices could have caused unnoticed. `low` and `high` include it. */
  allowance: number;
  verdict: "too-early" | "more" | "less" | "open";
};

/** `finalReaders`: the final number of readers of all variants together. */
export function compareArms(arms: readonly JudgedArm[], { finalReaders }: { finalReaders: number }): ArmComparison[] {
  const [base, ...others] = arms;
  if (!base) return [];
  const readers = arms.reduce((sum, arm) => sum + arm.readers, 0);
  return others.map((arm) => {
    const look = { readers, finalReaders, alpha: ALPHA / others.length };
    const { estimate, low, high } = valueDifferenceOf({ arm, base }, look);
    const allowance = Math.max(movable(arm, readers), movable(base, readers));
    const bounds = { estimate, low: low - allowance, high: high + allowance, allowance };
    return { arm: arm.arm, base: base.arm, ...bounds, verdict: verdictOf(bounds, [base, arm]) };
  });
}

function movable(arm: JudgedArm, readers: number): number {
  return meanOf(arm) * maxForgedShare({ share: arm.share, count: arm.readers }, { share: 100, count: readers });
}

function verdictOf(
  { low, high }: Pick<ArmComparison, "low" | "high">,
  arms: readonly ArmValues[],
): ArmComparison["verdict"] {
  if (arms.some(({ supporters }) => supporters < MIN_SUPPORTERS_FOR_VERDICT)) return "too-early";
  if (low > 0) return "more";
  return high < 0 ? "less" : "open";
}
