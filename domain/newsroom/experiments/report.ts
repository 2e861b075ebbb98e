// All that the newsroom's page says about one experiment.
import type { Experiment } from "../../appeal/experiment";
import { experimentOf } from "../../appeal/experiments";
import { findExperimentRow, listExperimentCounts } from "../../appeal/store";
import type { Db } from "../../database";
import { selectBegunGifts, selectGiftEntries, selectRegrets } from "../store/experiments";
import { type Assessment, assessExperiment, type Evidence, type Look, listLooks } from "./assess";

/** The reports of an arm's devices, and the later acts of its supporters; whole numbers, not rates. */
export type Harm = { arm: string; readers: number } & Record<HarmKind, number>;
export const REPORTED_HARM = ["closed", "already-gave", "reminder", "opened"] as const;
export type HarmKind = (typeof REPORTED_HARM)[number] | "ended" | "unsubscribed";

export type ExperimentReport = {
  experiment: Experiment;
  assessment: Assessment;
  looks: Look[];
  harm: Harm[];
  /** Gifts in the ledger, and how many of them devices reported: the difference is what gets lost on the way. */
  heard: { gifts: number; reported: number };
};

/** Null for an experiment that does not exist, and for one that has not started. */
export async function findReport(db: Db, { id, now }: { id: string; now: Date }): Promise<ExperimentReport | null> {
  const row = await findExperimentRow(db, id);
  if (!row?.startedAt) return null;
  const experiment = experimentOf(row);
  const [evidence, regrets] = await Promise.all([loadEvidence(db, id), selectRegrets(db, id)]);
  const { counts, begun } = evidence;
  const assessment = assessExperiment(experiment, evidence, now);
  const harm = experiment.arms.map(({ arm }): Harm => {
    const own = regrets.find((each) => each.arm === arm);
    const reported = (event: string) =>
      counts.reduce((sum, each) => sum + (each.arm === arm && each.event === event ? each.count : 0), 0);
    return {
      ...{ arm, readers: assessment.exposed[arm] ?? 0, opened: reported("opened"), closed: reported("closed") },
      ...{ "already-gave": reported("already-gave"), reminder: reported("reminder") },
      ...{ ended: Number(own?.ended ?? 0), unsubscribed: Number(own?.unsubscribed ?? 0) },
    };
  });
  const reported = counts.reduce((sum, { event, count }) => sum + (event === "given" ? count : 0), 0);
  const heard = { gifts: begun.length, reported };
  return { experiment, assessment, looks: listLooks(experiment, evidence, now), harm, heard };
}

/** All that a verdict rests on. */
export async function loadEvidence(db: Db, id: string): Promise<Evidence> {
  const [counts, entries, begun] = await Promise.all([
    listExperimentCounts(db, id),
    selectGiftEntries(db, id),
    selectBegunGifts(db, id),
  ]);
  return { counts, entries, begun };
}
