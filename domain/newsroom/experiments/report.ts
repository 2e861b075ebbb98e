import type { Experiment } from "../../appeal/experiment";
import { experimentOf } from "../../appeal/experiments";
import { findExperimentRow, listDailyCountsOfExperiment } from "../../appeal/store";
import type { Db } from "../../database";
import {
  countEndedGiftsAndUnsubscribedByArm,
  selectExperimentPaymentEntries,
  selectFirstPaymentsOfExperiment,
} from "../store/experiments";
import {
  assessExperiment,
  type ExperimentAssessment,
  type ExperimentObservations,
  type InterimLook,
  listInterimLooks,
} from "./assess";

/**
 * Counts signs that a variant annoys readers: reported events, recurring gifts that were cancelled or ended (`ended`),
 * and supporters who stopped e-mails (`unsubscribed`).
 */
export type AnnoyanceCountsOfArm = { arm: string; readers: number } & Record<AnnoyanceKind, number>;
export const REPORTED_ANNOYANCE_EVENTS = ["closed", "already-gave", "reminder", "opened"] as const;
export type AnnoyanceKind = (typeof REPORTED_ANNOYANCE_EVENTS)[number] | "ended" | "unsubscribed";

export type ExperimentReport = {
  experiment: Experiment;
  assessment: ExperimentAssessment;
  looks: InterimLook[];
  harm: AnnoyanceCountsOfArm[];
  giftCounts: { gifts: number; reported: number };
};

/**
 * Returns all that the page of an experiment shows. Returns null if the experiment does not exist or has not started.
 */
export async function findExperimentReport(
  db: Db,
  { id, now }: { id: string; now: Date },
): Promise<ExperimentReport | null> {
  const row = await findExperimentRow(db, id);
  if (!row?.startedAt) return null;
  const experiment = experimentOf(row);
  const [data, regrets] = await Promise.all([loadExperimentData(db, id), countEndedGiftsAndUnsubscribedByArm(db, id)]);
  const { counts, firstPayments } = data;
  const assessment = assessExperiment(experiment, data, now);
  const harm = experiment.arms.map(({ arm }): AnnoyanceCountsOfArm => {
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
  const giftCounts = { gifts: firstPayments.length, reported };
  return { experiment, assessment, looks: listInterimLooks(experiment, data, now), harm, giftCounts };
}

export async function loadExperimentData(db: Db, id: string): Promise<ExperimentObservations> {
  const [counts, entries, firstPayments] = await Promise.all([
    listDailyCountsOfExperiment(db, id),
    selectExperimentPaymentEntries(db, id),
    selectFirstPaymentsOfExperiment(db, id),
  ]);
  return { counts, entries, firstPayments };
}
