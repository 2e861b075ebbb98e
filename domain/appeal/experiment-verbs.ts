import type { Tx } from "../database";
import {
  EXPERIMENT_GIFT_WINDOW_DAYS,
  type Experiment,
  type ExperimentPlan,
  epochDayOf,
  experimentPhaseOf,
  HOLD_OUT_ARM,
} from "./experiment";
import { experimentOf, experimentRowOf } from "./experiments";
import {
  deleteDraftExperiment,
  findExperimentRow,
  insertExperiment,
  listStartedExperimentRows,
  setExperimentEnded,
  setExperimentStarted,
  updateDraftExperiment,
} from "./store";

export type PlanExperimentResult = { kind: "planned"; isChanged: boolean } | { kind: "refused"; reason: "begun" };

type PlanToSave = { id: string; name: string; plan: ExperimentPlan; now: Date };

export async function saveExperimentPlan(tx: Tx, { id, name, plan, now }: PlanToSave): Promise<PlanExperimentResult> {
  const found = await findExperimentRow(tx, id);
  const row = experimentRowOf({
    id,
    name,
    ...plan,
    createdAt: found?.createdAt ?? now,
    startedAt: null,
    endedAt: null,
  });
  if (!found) {
    await insertExperiment(tx, row);
    return { kind: "planned", isChanged: true };
  }
  const isChanged = Object.entries(row).some(
    ([column, value]) => String(value) !== String(found[column as keyof typeof row]),
  );
  return (await updateDraftExperiment(tx, row)) ? { kind: "planned", isChanged } : { kind: "refused", reason: "begun" };
}

export type ExperimentStartRefusal = "begun" | "another" | "outdated" | "gone";
export type ExperimentStartResult =
  | { kind: "started"; experiment: Experiment }
  | { kind: "refused"; reason: ExperimentStartRefusal };

type StartTerms = { id: string; appeal: string; variants: readonly string[]; now: Date };

/**
 * Starts a planned experiment. Refuses while devices still see the variants of another experiment, because a device can
 * store its exposure in only one experiment.
 */
export async function startExperiment(tx: Tx, { id, now, ...current }: StartTerms): Promise<ExperimentStartResult> {
  const row = await findExperimentRow(tx, id);
  if (!row) return { kind: "refused", reason: "gone" };
  const experiment = experimentOf(row);
  if (experiment.startedAt) return { kind: "refused", reason: "begun" };
  if (!fits(experiment, current) || experiment.lastDay < epochDayOf(now))
    return { kind: "refused", reason: "outdated" };
  if (await isAnotherAtWork(tx, now)) return { kind: "refused", reason: "another" };
  if (!(await setExperimentStarted(tx, { id, at: now }))) return { kind: "refused", reason: "begun" };
  return { kind: "started", experiment: { ...experiment, startedAt: now } };
}

function fits({ appeal, arms }: ExperimentPlan, current: Pick<StartTerms, "appeal" | "variants">): boolean {
  return appeal === current.appeal && arms.every(({ arm }) => arm === HOLD_OUT_ARM || current.variants.includes(arm));
}

async function isAnotherAtWork(tx: Tx, now: Date): Promise<boolean> {
  const started = await listStartedExperimentRows(tx, epochDayOf(now) - EXPERIMENT_GIFT_WINDOW_DAYS);
  return started.some((row) => ["running", "following"].includes(experimentPhaseOf(row, now)));
}

/**
 * Ends an experiment early. Returns false if it has not started, was ended before, or no device sees its variants any
 * more.
 */
export async function endExperiment(tx: Tx, { id, now }: { id: string; now: Date }): Promise<boolean> {
  const row = await findExperimentRow(tx, id);
  const phase = row && experimentPhaseOf(row, now);
  return (phase === "running" || phase === "following") && setExperimentEnded(tx, { id, at: now });
}

/** Deletes the plan. Returns false if the experiment has started or does not exist. */
export function deleteExperimentPlan(tx: Tx, id: string): Promise<boolean> {
  return deleteDraftExperiment(tx, id);
}
