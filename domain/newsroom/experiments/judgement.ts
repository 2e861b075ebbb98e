// The verdicts that the newsroom's first page shows. Judging reads every payment of an experiment, so a job does it at most every
// JUDGED_FOR_MS and keeps the answer with its time. The experiment's own page does not use that answer: it judges each time it opens.
import { z } from "zod";
import { dayNumberOf, type Experiment, finalOn, lastDayToCount, type Phase, phaseOf } from "../../appeal/experiment";
import { findExperiment } from "../../appeal/experiments";
import type { Db } from "../../database";
import { eachApart, type NoteFailure } from "../../each-apart";
import type { Currency } from "../../money";
import { type JudgedRow, saveVerdict, selectJudged } from "../store/experiments";
import { type Assessment, assessExperiment } from "./assess";
import { loadEvidence } from "./report";

/** The part of an assessment that its verdict in words needs. `exposed` and `counted` are numbers of devices in all arms. */
export type Judgement = Pick<Assessment, "distrust" | "firstFinalOn" | "isFinal" | "comparisons"> & {
  exposed: number;
  counted: number;
};

/** JSON has no infinite numbers: an infinite bound was stored as null. */
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

/** `judged`: null until the job has judged it once, and if the kept verdict cannot be read. */
export type KeptVerdict = Pick<Experiment, "id" | "name" | "currency"> & {
  phase: Phase;
  judged: { at: Date; judgement: Judgement } | null;
};

const JUDGED_FOR_MS = 10 * 60 * 1000;
/** How long a final verdict stays on the first page. */
const SHOWN_AFTER_DAYS = 7;

export function judgementOf(assessment: Assessment): Judgement {
  const { distrust, firstFinalOn, isFinal, comparisons, exposed, arms } = assessment;
  return {
    ...{ distrust, firstFinalOn, isFinal, comparisons },
    exposed: Object.values(exposed).reduce((sum, count) => sum + count, 0),
    counted: arms.reduce((sum, { readers }) => sum + readers, 0),
  };
}

/** Experiments that run or wait for their last value, and those that were decided in the past week. The newest comes first. */
export async function listVerdicts(db: Db, now: Date): Promise<KeptVerdict[]> {
  return (await listShown(db, now)).map((row) => ({
    ...{ id: row.id, name: row.name, phase: phaseOf(row, now) },
    // Only plans that were checked are stored.
    currency: row.currency as Currency,
    judged: judgedOf(row),
  }));
}

/** A verdict that is damaged, or that another version of the site has kept, counts as none. */
function judgedOf({ judgedAt, judgement }: JudgedRow): KeptVerdict["judged"] {
  if (!judgedAt || judgement === null) return null;
  try {
    return { at: judgedAt, judgement: shape.parse(JSON.parse(judgement)) satisfies Judgement };
  } catch {
    return null;
  }
}

/** Judges the experiments whose kept verdict is old. One that cannot be judged is noted, and the others are judged all the same. */
export async function keepVerdicts(db: Db, { now, onFailure }: { now: Date; onFailure: NoteFailure }): Promise<void> {
  const due = (await listShown(db, now)).filter((row) => isDue(row, now));
  await eachApart(due, ({ id }) => keepVerdict(db, { id, now }), {
    onFailure: ({ id }, error) => onFailure(id, error),
  });
}

async function listShown(db: Db, now: Date): Promise<JudgedRow[]> {
  const shownUntil = (lastDay: number) => finalOn(lastDay) + SHOWN_AFTER_DAYS;
  const today = dayNumberOf(now);
  const rows = await selectJudged(db, { since: today - shownUntil(0) });
  return rows.filter((row) => today < shownUntil(lastDayToCount(row)));
}

/** A final verdict does not change any more. A clock that was set back makes every verdict due. */
function isDue(row: JudgedRow, now: Date): boolean {
  const judged = judgedOf(row);
  if (!judged) return true;
  return Math.abs(now.getTime() - judged.at.getTime()) >= JUDGED_FOR_MS && !judged.judgement.isFinal;
}

async function keepVerdict(db: Db, { id, now }: { id: string; now: Date }): Promise<void> {
  const experiment = await findExperiment(db, id);
  if (!experiment) return;
  const judgement = judgementOf(assessExperiment(experiment, await loadEvidence(db, id), now));
  await saveVerdict(db, { experiment: id, judgedAt: now, judgement: JSON.stringify(judgement) });
}
