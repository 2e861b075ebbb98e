// The verdicts that the newsroom's first page shows. Judging reads every payment of an experiment, so a job does it at most every
// JUDGED_FOR_MS and stores the verdict with its time. The experiment's own page does not use it: it judges at each request.
import { z } from "zod";
import {
  dayNumberOf,
  dayWhenFinal,
  type Experiment,
  type ExperimentPhase,
  experimentPhaseOf,
  lastDayEverCounted,
} from "../../appeal/experiment";
import { findExperiment } from "../../appeal/experiments";
import type { Db } from "../../database";
import { forEachIsolated, type NoteFailure } from "../../for-each-isolated";
import type { Currency } from "../../money";
import { type JudgedExperimentRow, saveVerdict, selectJudgedExperiments } from "../store/experiments";
import { type Assessment, assessExperiment } from "./assess";
import { loadExperimentData } from "./report";

/** The part of an assessment that the text of a verdict needs. `exposed` and `counted`: the numbers of devices in all arms. */
export type Judgement = Pick<Assessment, "distrust" | "firstFinalOn" | "isFinal" | "comparisons"> & {
  exposed: number;
  counted: number;
};

/** JSON has no infinite numbers, so an infinite bound is stored as null. */
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

/** `judged`: null if the job has not judged the experiment yet, or the stored verdict cannot be read. */
export type StoredVerdict = Pick<Experiment, "id" | "name" | "currency"> & {
  phase: ExperimentPhase;
  judged: { at: Date; judgement: Judgement } | null;
};

const JUDGED_FOR_MS = 10 * 60 * 1000;
/** The number of days for which a final verdict stays on the first page. */
const SHOWN_AFTER_DAYS = 7;

export function judgementOf(assessment: Assessment): Judgement {
  const { distrust, firstFinalOn, isFinal, comparisons, exposed, arms } = assessment;
  return {
    ...{ distrust, firstFinalOn, isFinal, comparisons },
    exposed: Object.values(exposed).reduce((sum, count) => sum + count, 0),
    counted: arms.reduce((sum, { readers }) => sum + readers, 0),
  };
}

/** Lists experiments that are running or settling, and those that became final in the past week, newest first. */
export async function listVerdicts(db: Db, now: Date): Promise<StoredVerdict[]> {
  return (await listShown(db, now)).map((row) => ({
    ...{ id: row.id, name: row.name, phase: experimentPhaseOf(row, now) },
    // Plans are checked before they are stored.
    currency: row.currency as Currency,
    judged: judgedOf(row),
  }));
}

/** Null if there is no stored verdict, or it is damaged or in another version's format. */
function judgedOf({ judgedAt, judgement }: JudgedExperimentRow): StoredVerdict["judged"] {
  if (!judgedAt || judgement === null) return null;
  try {
    return { at: judgedAt, judgement: shape.parse(JSON.parse(judgement)) satisfies Judgement };
  } catch {
    return null;
  }
}

/** Judges the experiments whose stored verdict is old. If one cannot be judged, reports it and judges the others. */
export async function refreshVerdicts(
  db: Db,
  { now, onFailure }: { now: Date; onFailure: NoteFailure },
): Promise<void> {
  const due = (await listShown(db, now)).filter((row) => isDue(row, now));
  await forEachIsolated(due, ({ id }) => keepVerdict(db, { id, now }), {
    onFailure: ({ id }, error) => onFailure(id, error),
  });
}

async function listShown(db: Db, now: Date): Promise<JudgedExperimentRow[]> {
  const shownUntil = (lastDay: number) => dayWhenFinal(lastDay) + SHOWN_AFTER_DAYS;
  const today = dayNumberOf(now);
  const rows = await selectJudgedExperiments(db, { since: today - shownUntil(0) });
  return rows.filter((row) => today < shownUntil(lastDayEverCounted(row)));
}

/** A final verdict is never due again. If the clock was set back by more than the interval, other verdicts are due. */
function isDue(row: JudgedExperimentRow, now: Date): boolean {
  const judged = judgedOf(row);
  if (!judged) return true;
  return Math.abs(now.getTime() - judged.at.getTime()) >= JUDGED_FOR_MS && !judged.judgement.isFinal;
}

async function keepVerdict(db: Db, { id, now }: { id: string; now: Date }): Promise<void> {
  const experiment = await findExperiment(db, id);
  if (!experiment) return;
  const judgement = judgementOf(assessExperiment(experiment, await loadExperimentData(db, id), now));
  await saveVerdict(db, { experiment: id, judgedAt: now, judgement: JSON.stringify(judgement) });
}
