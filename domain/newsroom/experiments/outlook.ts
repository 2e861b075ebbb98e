// Estimates how many readers a plan needs and how many days it takes until so many have seen the appeal.
import { type ExperimentPlan, finalDayOf } from "../../appeal/experiment";
import type { Db } from "../../database";
import { findPast } from "./past";
import { readersNeeded } from "./power";

/** `unknown`: there are too few past gifts for an estimate. `unreachable`: no number of readers can show such a small difference. */
export type Outlook =
  | { kind: "unknown" }
  | { kind: "unreachable"; past: PastFigures }
  | { kind: "needed"; needed: number; days: number; past: PastFigures };

export type PastFigures = { readers: number; givers: number };

type Question = { plan: ExperimentPlan; now: Date; timeZone: string };

export async function findOutlook(db: Db, { plan, now, timeZone }: Question): Promise<Outlook> {
  const past = await findPast(db, { plan, now, timeZone });
  const [base, ...others] = plan.arms;
  if (!past || !base) return { kind: "unknown" };
  const figures = { readers: past.values.readers, givers: past.values.givers };
  const needed = others.map(({ share }) =>
    readersNeeded({
      past: past.values,
      shares: { base: base.share, arm: share },
      comparisons: others.length,
      smallestEffectMinor: plan.smallestEffectMinor,
    }),
  );
  // The plan needs as many readers as the comparison that needs the most.
  const most = needed.reduce<number | null>((most, each) => (most && each ? Math.max(most, each) : null), 1);
  if (most === null) return { kind: "unreachable", past: figures };
  return { kind: "needed", needed: most, days: Math.ceil(most / past.readersPerDay), past: figures };
}

/** The number of days from an experiment's first device to the earliest day on which it can be judged. */
export const DAYS_TO_FIRST_VERDICT = finalDayOf(0);
