// Simulates experiments. Computes the result after every day, as an impatient colleague would.

import { hasSampleRatioMismatch } from "../../domain/newsroom/experiments/sample-ratio";
import {
  type ArmComparison,
  type ArmValuesWithPlannedShare,
  compareArms,
} from "../../domain/newsroom/experiments/verdict";
import { type RandomSource, seededRandom } from "../torture/seeded-random";
import { type ArmTotals, type SimulatedWorld, simulateDays } from "./world";

export type SimulationTally = {
  runs: number;
  /** The number of runs in which any variant was ever called better or worse. */
  decided: number;
  /**
   * The number of runs with at least one wrong verdict. A verdict is wrong if it calls a variant worse that brings
   * more, or better although it brings less.
   */
  wrongWay: number;
  /**
   * The number of runs in which hasSampleRatioMismatch() returned true on at least one day. The counts of devices then
   * deviate too much from the planned shares. The experiment then declares no result any more.
   */
  alarms: number;
  /** Runs in which at least one confidence interval missed the true difference. */
  intervalMissed: number;
  /**
   * Runs in which an ordinary z-test at the 5% level found a difference on at least one day. The z-test is made for
   * each day with enough data for a verdict.
   */
  zTestDetections: number;
};

export function simulateExperiments(
  world: SimulatedWorld,
  { runs, seed }: { runs: number; seed: number },
): SimulationTally {
  const tally: SimulationTally = { runs, decided: 0, wrongWay: 0, alarms: 0, intervalMissed: 0, zTestDetections: 0 };
  const truth = trueDifferences(world);
  for (let run = 0; run < runs; run++) {
    const seen = playOnce(world, { random: seededRandom(seed + run * 7_919), id: idOf(run), truth });
    for (const name of ["decided", "wrongWay", "alarms", "intervalMissed", "zTestDetections"] as const)
      tally[name] += Number(seen[name]);
  }
  return tally;
}

type Seen = Record<Exclude<keyof SimulationTally, "runs">, boolean>;
type Run = { random: RandomSource; id: string; truth: Record<string, number> };

function playOnce(world: SimulatedWorld, { random, id, truth }: Run): Seen {
  const seen: Seen = { decided: false, wrongWay: false, alarms: false, intervalMissed: false, zTestDetections: false };
  const planned = world.days * world.readersPerDay * (1 - (world.lostShare ?? 0));
  for (const counted of simulateDays(world, { random, id })) {
    const arms = judged(world, counted);
    if (hasSampleRatioMismatch([arms.map(({ share, readers }) => ({ share, count: readers }))])) {
      seen.alarms = true;
      return seen;
    }
    const readers = arms.reduce((sum, arm) => sum + arm.readers, 0);
    for (const comparison of compareArms(arms, { expectedReadersAtEnd: Math.max(planned, readers) })) {
      const difference = truth[comparison.arm] ?? 0;
      const { verdict, low, high } = comparison;
      if (verdict === "too-early") continue;
      seen.decided ||= verdict !== "open";
      seen.wrongWay ||= (verdict === "more" && difference < 0) || (verdict === "less" && difference > 0);
      seen.intervalMissed ||= difference < low || difference > high;
      seen.zTestDetections ||= isSignificantInZTest(comparison, arms);
    }
  }
  return seen;
}

function judged({ arms }: SimulatedWorld, counted: Record<string, ArmTotals>): ArmValuesWithPlannedShare[] {
  return arms.map(({ arm, share }) => {
    const sums = counted[arm];
    if (!sums) throw new Error(`the world did not count ${arm}`);
    return { arm, share, ...sums };
  });
}

/** Returns true if an ordinary z-test at 5% finds a difference between the two arms. */
function isSignificantInZTest(
  { arm, base, estimate }: ArmComparison,
  arms: readonly ArmValuesWithPlannedShare[],
): boolean {
  const variance = arms
    .filter((each) => each.arm === arm || each.arm === base)
    .reduce(
      (sum, { readers, sum: value, sumOfSquares }) => sum + (sumOfSquares - value ** 2 / readers) / readers ** 2,
      0,
    );
  return Math.abs(estimate) > 1.96 * Math.sqrt(variance);
}

/**
 * Returns each variant's true difference from the first one in cents per reader, computed with the mean of a million
 * random amounts. Returns an empty record if one rate applies to all variants.
 */
function trueDifferences({ arms, givingRate, amount, capMinor }: SimulatedWorld): Record<string, number> {
  if (typeof givingRate === "number") return {};
  const random = seededRandom(1);
  let sum = 0;
  for (let gift = 0; gift < 1e6; gift++) sum += Math.min(amount(random), capMinor);
  const first = givingRate[arms[0]?.arm ?? ""] ?? 0;
  return Object.fromEntries(arms.map(({ arm }) => [arm, ((givingRate[arm] ?? 0) - first) * (sum / 1e6)]));
}

function idOf(run: number): string {
  return `x_${run.toString(36).padStart(8, "0")}`;
}
