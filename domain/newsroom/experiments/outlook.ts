import { dayWhenValuesOfJoinDayAreFinal, type ExperimentPlan } from "../../appeal/experiment";
import type { Db } from "../../database";
import { findExperimentBaseline } from "./past-values";
import { readersNeededInAllVariants } from "./power";

/**
 * How many readers and days a planned experiment needs. `unknown`: there is too little past data. `unreachable`: no
 * number of readers is enough to detect a difference of the plan's `smallestEffectMinor`.
 */
export type ExperimentSizeEstimate =
  | { kind: "unknown" }
  | { kind: "unreachable"; past: BaselineReaderAndSupporterCounts }
  | { kind: "needed"; needed: number; days: number; past: BaselineReaderAndSupporterCounts };

export type BaselineReaderAndSupporterCounts = { readers: number; supporters: number };

type Question = { plan: ExperimentPlan; now: Date; timeZone: string };

export async function estimateExperimentSize(
  db: Db,
  { plan, now, timeZone }: Question,
): Promise<ExperimentSizeEstimate> {
  const past = await findExperimentBaseline(db, { plan, now, timeZone });
  const [base, ...others] = plan.arms;
  if (!past || !base) return { kind: "unknown" };
  const figures = { readers: past.values.readers, supporters: past.values.supporters };
  const needed = others.map(({ share }) =>
    readersNeededInAllVariants({
      past: past.values,
      shares: { base: base.share, arm: share },
      comparisons: others.length,
      smallestEffectMinor: plan.smallestEffectMinor,
    }),
  );
  // Each comparison needs its own number of readers. The experiment needs the largest of them.
  const most = needed.reduce<number | null>((most, each) => (most && each ? Math.max(most, each) : null), 1);
  if (most === null) return { kind: "unreachable", past: figures };
  return { kind: "needed", needed: most, days: Math.ceil(most / past.readersPerDay), past: figures };
}

/**
 * The number of days after the first device joins an experiment until the experiment can first be judged.
 */
export const DAYS_TO_FIRST_VERDICT = dayWhenValuesOfJoinDayAreFinal(0);
