// To judge an experiment, the site must read all payments that belong to it. So a background job judges each experiment
// at most once in JUDGED_FOR_MS, and stores the result with the time.
import { z } from "zod";
import {
  dayWhenValuesOfJoinDayAreFinal,
  type Experiment,
  type ExperimentPhase,
  epochDayOf,
  experimentPhaseOf,
  lastCountableJoinDay,
} from "../../appeal/experiment";
import { findExperiment } from "../../appeal/experiments";
import type { Db } from "../../database";
import { type FailureReporter, forEachIsolated } from "../../for-each-isolated";
import type { Currency } from "../../money";
import { type ExperimentWithResultRow, saveVerdict, selectStartedExperiments } from "../store/experiments";
import { assessExperiment, type ExperimentAssessment } from "./assess";
import { loadExperimentData } from "./report";

/** `exposed`: the number of devices of all variants together. `counted`: the number of those whose values are final. */
export type ExperimentAssessmentSummary = Pick<
  ExperimentAssessment,
  "distrust" | "firstFinalOn" | "isFinal" | "comparisons"
> & {
  exposed: number;
  counted: number;
};

/**
 * Reads a bound of a confidence interval. JSON has no infinite numbers, so an infinite bound is stored as null and read
 * as `infinite`.
 */
const boundOr = (infinite: number) =>
  z
    .number()
    .nullable()
    .transform((bound) => bound ?? infinite);
const shape = z.object({
  distrust: z.enum(["ratio", "gifts"]).nullable(),
  firstFinalOn: z.number().nullable(),
  isFinal: z.boolean(),
  exposed: z.number(),
  counted: z.number(),
  comparisons: z.array(
    z.object({
      arm: z.string(),
      base: z.string(),
      estimate: z.number(),
      low: boundOr(-Infinity),
      high: boundOr(Infinity),
      allowance: z.number(),
      verdict: z.enum(["too-early", "more", "less", "open"]),
    }),
  ),
});

/** The stored result of an experiment. `judged`: null if there is no result yet, or it cannot be read. */
export type StoredVerdict = Pick<Experiment, "id" | "name" | "currency"> & {
  phase: ExperimentPhase;
  judged: { at: Date; judgement: ExperimentAssessmentSummary } | null;
};

const JUDGED_FOR_MS = 10 * 60 * 1000;
/**
 * For how many days the newsroom's first page still shows the result after the values of the last devices became final.
 */
const SHOWN_AFTER_DAYS = 7;

export function summarizeAssessment(assessment: ExperimentAssessment): ExperimentAssessmentSummary {
  const { distrust, firstFinalOn, isFinal, comparisons, exposed, arms } = assessment;
  return {
    ...{ distrust, firstFinalOn, isFinal, comparisons },
    exposed: Object.values(exposed).reduce((sum, count) => sum + count, 0),
    counted: arms.reduce((sum, { readers }) => sum + readers, 0),
  };
}

/**
 * Lists the stored results of started experiments, newest first. Leaves out an experiment SHOWN_AFTER_DAYS after the
 * values of its last devices became final.
 */
export async function listExperimentVerdicts(db: Db, now: Date): Promise<StoredVerdict[]> {
  return (await listShown(db, now)).map((row) => ({
    ...{ id: row.id, name: row.name, phase: experimentPhaseOf(row, now) },
    // The cast is safe, because the plan was checked before it was stored.
    currency: row.currency as Currency,
    judged: judgedOf(row),
  }));
}

function judgedOf({ judgedAt, judgement }: ExperimentWithResultRow): StoredVerdict["judged"] {
  if (!judgedAt || judgement === null) return null;
  try {
    return { at: judgedAt, judgement: shape.parse(JSON.parse(judgement)) satisfies ExperimentAssessmentSummary };
  } catch {
    return null;
  }
}

export async function refreshExperimentVerdicts(
  db: Db,
  { now, onFailure }: { now: Date; onFailure: FailureReporter },
): Promise<void> {
  const due = (await listShown(db, now)).filter((row) => isDue(row, now));
  await forEachIsolated(due, ({ id }) => keepVerdict(db, { id, now }), {
    onFailure: ({ id }, error) => onFailure(id, error),
  });
}

async function listShown(db: Db, now: Date): Promise<ExperimentWithResultRow[]> {
  const shownUntil = (lastDay: number) => dayWhenValuesOfJoinDayAreFinal(lastDay) + SHOWN_AFTER_DAYS;
  const today = epochDayOf(now);
  const rows = await selectStartedExperiments(db, { earliestLastDay: today - shownUntil(0) });
  return rows.filter((row) => today < shownUntil(lastCountableJoinDay(row)));
}

/**
 * Returns true if the experiment has no readable result, if the result is JUDGED_FOR_MS old, or if the clock was set
 * back by that much. A final result is never judged again.
 */
function isDue(row: ExperimentWithResultRow, now: Date): boolean {
  const judged = judgedOf(row);
  if (!judged) return true;
  return Math.abs(now.getTime() - judged.at.getTime()) >= JUDGED_FOR_MS && !judged.judgement.isFinal;
}

async function keepVerdict(db: Db, { id, now }: { id: string; now: Date }): Promise<void> {
  const experiment = await findExperiment(db, id);
  if (!experiment) return;
  const judgement = summarizeAssessment(assessExperiment(experiment, await loadExperimentData(db, id), now));
  await saveVerdict(db, { experiment: id, judgedAt: now, judgement: JSON.stringify(judgement) });
}
