// Compares the variants of an experiment. Staff can look at the results at any time, because the confidence intervals
// allow for repeated looks (docs/decisions/019-experiments.md).
import { type ArmStatistics, estimateDifferenceOfMeans, meanPerReader } from "./confidence";
import { maxUndetectedForgedShare } from "./sample-ratio";

/** The maximum probability of a false verdict, for all comparisons of an experiment together. */
export const MAX_FALSE_VERDICT_PROBABILITY = 0.05;
/**
 * If fewer people than this gave in a variant, the variance of its values is too uncertain for a verdict
 * (lab/docs/experiments.md).
 */
export const MIN_SUPPORTERS_FOR_VERDICT = 30;

/** The data of one variant. `share`: its planned share of devices, in percent. */
export type ArmValuesWithPlannedShare = ArmStatistics & { arm: string; share: number };

export type ArmComparison = {
  arm: string;
  base: string;
  /** The income per reader of `arm` minus that of `base`, in minor units. It can be a fraction. */
  estimate: number;
  low: number;
  high: number;
  /**
   * The largest change of `estimate` that forged devices could have caused without an alarm. The interval from `low` to
   * `high` is wider by this amount on both sides.
   */
  allowance: number;
  verdict: "too-early" | "more" | "less" | "open";
};

/**
 * Compares each variant with the first one. `expectedReadersAtEnd`: how many readers all variants together are expected
 * to have at the experiment's end. See readersInTheEnd() in assess.ts.
 */
export function compareArms(
  arms: readonly ArmValuesWithPlannedShare[],
  { expectedReadersAtEnd }: { expectedReadersAtEnd: number },
): ArmComparison[] {
  const [base, ...others] = arms;
  if (!base) return [];
  const readers = arms.reduce((sum, arm) => sum + arm.readers, 0);
  return others.map((arm) => {
    const look = { readers, finalReaders: expectedReadersAtEnd, alpha: MAX_FALSE_VERDICT_PROBABILITY / others.length };
    const { estimate, low, high } = estimateDifferenceOfMeans({ arm, base }, look);
    const allowance = Math.max(movable(arm, readers), movable(base, readers));
    const bounds = { estimate, low: low - allowance, high: high + allowance, allowance };
    return { arm: arm.arm, base: base.arm, ...bounds, verdict: verdictOf(bounds, [base, arm]) };
  });
}

function movable(arm: ArmValuesWithPlannedShare, readers: number): number {
  return (
    meanPerReader(arm) *
    maxUndetectedForgedShare({ share: arm.share, count: arm.readers }, { share: 100, count: readers })
  );
}

function verdictOf(
  { low, high }: Pick<ArmComparison, "low" | "high">,
  arms: readonly ArmStatistics[],
): ArmComparison["verdict"] {
  if (arms.some(({ supporters }) => supporters < MIN_SUPPORTERS_FOR_VERDICT)) return "too-early";
  if (low > 0) return "more";
  return high < 0 ? "less" : "open";
}
