// The verdict of an experiment, from what each arm brought. It may be asked for after every batch: the chance that any comparison of one
// experiment is ever wrong is at most ALPHA (docs/decisions/019-experiments.md).
import { type ArmValues, differenceOf, meanOf } from "./confidence";
import { unnoticedShare } from "./sample-ratio";

/** The largest chance of a false winner, for all comparisons of an experiment together. */
export const ALPHA = 0.05;
/** If fewer readers of an arm have given, the variance is a guess and the sequence is not yet trustworthy (lab/docs/experiments.md). */
export const FEWEST_GIVERS = 30;

/** `share`: percent. The first arm of a list is the base of every comparison. */
export type JudgedArm = ArmValues & { arm: string; share: number };

export type Comparison = {
  arm: string;
  base: string;
  /** How much more one reader of the arm brought than one of the base, in minor units with decimals. */
  estimate: number;
  low: number;
  high: number;
  /** How far forged devices could have moved the estimate unnoticed. `low` and `high` allow for it. */
  allowance: number;
  verdict: "too-early" | "more" | "less" | "open";
};

/** `of`: the number of readers in all arms that will have been counted in the end. */
export function compareArms(arms: readonly JudgedArm[], { of }: { of: number }): Comparison[] {
  const [base, ...others] = arms;
  if (!base) return [];
  const readers = arms.reduce((sum, arm) => sum + arm.readers, 0);
  return others.map((arm) => {
    const look = { readers, of, alpha: ALPHA / others.length };
    const { estimate, low, high } = differenceOf({ arm, base }, look);
    const allowance = Math.max(movable(arm, readers), movable(base, readers));
    const bounds = { estimate, low: low - allowance, high: high + allowance, allowance };
    return { arm: arm.arm, base: base.arm, ...bounds, verdict: verdictOf(bounds, [base, arm]) };
  });
}

function movable(arm: JudgedArm, readers: number): number {
  return meanOf(arm) * unnoticedShare({ share: arm.share, count: arm.readers }, { share: 100, count: readers });
}

function verdictOf({ low, high }: Pick<Comparison, "low" | "high">, arms: readonly ArmValues[]): Comparison["verdict"] {
  if (arms.some(({ givers }) => givers < FEWEST_GIVERS)) return "too-early";
  if (low > 0) return "more";
  return high < 0 ? "less" : "open";
}
