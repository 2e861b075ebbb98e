// Compares the variants of an experiment. The comparisons include only devices whose values are final
// (dayWhenValuesOfJoinDayAreFinal()), that is, can no longer change.
import {
  dateOfEpochDay,
  dayWhenValuesOfJoinDayAreFinal,
  type Experiment,
  type ExperimentPhase,
  epochDayOf,
  experimentPhaseOf,
  lastCountableJoinDay,
  lastJoinDayWithFinalValues,
} from "../../appeal/experiment";
import type { ArmStatistics } from "./confidence";
import { addArmValues } from "./confidence";
import { doReportedGiftSharesDifferByArm } from "./gift-ratio";
import { hasSampleRatioMismatch } from "./sample-ratio";
import {
  type ArmValuesOfExposureDay,
  armValuesByExposureDay,
  type ExperimentPaymentEntry,
  ZERO_ARM_VALUES,
} from "./values";
import { type ArmComparison, type ArmValuesWithPlannedShare, compareArms } from "./verdict";

/** How often devices of the variant or control group `arm` reported `event` on one day. `day`: in days since 1970. */
export type DailyEventCount = { arm: string; day: number; event: string; count: number };

export type ExperimentObservations = {
  counts: readonly DailyEventCount[];
  entries: readonly ExperimentPaymentEntry[];
  /** The first payment of each gift that came from the experiment. */
  firstPayments: readonly { arm: string; exposedOn: number; paidAt: Date }[];
};

export type ExperimentAssessment = {
  phase: ExperimentPhase;
  /** The number of devices that have joined so far, by variant. It includes devices whose values are not final. */
  exposed: Record<string, number>;
  /** For each variant, the number of devices whose values are final, and the money that these devices brought. */
  arms: ArmValuesWithPlannedShare[];
  comparisons: ArmComparison[];
  /**
   * Why the counts cannot be trusted. `ratio`: the variants do not have their planned shares of devices. `gifts`: with
   * one variant, devices reported a larger share of the gifts that they made than with another variant. Null: no
   * problem was found.
   */
  distrust: "ratio" | "gifts" | null;
  /**
   * `firstFinalOn`: the day on which the value of the first device that joined becomes final; null if no device has
   * joined. `lastFinalOn`: the day on which the values become final for devices that join on the last possible day.
   * Both are in days since 1970.
   */
  firstFinalOn: number | null;
  lastFinalOn: number;
  /** True if the experiment is over: all values are final. */
  isFinal: boolean;
  /**
   * The total number of readers that the confidence intervals assume for the end of the experiment: see
   * readersInTheEnd().
   */
  finalReaders: number;
};

export function assessExperiment(
  experiment: Experiment,
  data: ExperimentObservations,
  now: Date,
): ExperimentAssessment {
  const exposures = exposuresOf(data);
  const [first] = exposures.map(({ day }) => day).sort((a, b) => a - b);
  const days = armValuesByExposureDay(data.entries, experiment);
  const arms = judgedArms(experiment, { exposures, days, until: lastJoinDayWithFinalValues(experiment, now) });
  const phase = experimentPhaseOf(experiment, now);
  const of = readersInTheEnd(experiment, exposures, now);
  return {
    phase,
    exposed: Object.fromEntries(experiment.arms.map(({ arm }) => [arm, sumOf(exposures, arm)])),
    arms,
    comparisons: compareArms(arms, { expectedReadersAtEnd: of }),
    distrust: distrustOf(experiment, { exposures, data }),
    firstFinalOn: first === undefined ? null : dayWhenValuesOfJoinDayAreFinal(first),
    lastFinalOn: dayWhenValuesOfJoinDayAreFinal(lastCountableJoinDay(experiment)),
    isFinal: phase === "over",
    finalReaders: of,
  };
}

/** The comparisons as they were on one day. Comparisons that were `too-early` on that day are left out. */
export type InterimLook = { day: number; comparisons: ArmComparison[] };

export function listInterimLooks(experiment: Experiment, data: ExperimentObservations, now: Date): InterimLook[] {
  const exposures = exposuresOf(data);
  const days = armValuesByExposureDay(data.entries, experiment);
  const first = Math.min(...exposures.map(({ day }) => day));
  const last = Math.min(epochDayOf(now), dayWhenValuesOfJoinDayAreFinal(lastCountableJoinDay(experiment)));
  const looks: InterimLook[] = [];
  for (let day = dayWhenValuesOfJoinDayAreFinal(first); day <= last; day++) {
    const at = dateOfEpochDay(day);
    const exposuresSoFar = exposures.filter((each) => each.day <= day);
    const arms = judgedArms(experiment, { exposures, days, until: lastJoinDayWithFinalValues(experiment, at) });
    const comparisons = compareArms(arms, { expectedReadersAtEnd: readersInTheEnd(experiment, exposuresSoFar, at) });
    looks.push({ day, comparisons: comparisons.filter(({ verdict }) => verdict !== "too-early") });
  }
  return looks.filter(({ comparisons }) => comparisons.length > 0);
}

function exposuresOf({ counts }: ExperimentObservations): DailyEventCount[] {
  return counts.filter(({ event }) => event === "exposed");
}

/**
 * Returns the number of readers at the end of the experiment, for the confidence intervals. After the planned last day,
 * this is the number of readers counted. The results had no influence on that day. Before that day, or if staff ended
 * the experiment early, this is at least `plannedReaders`.
 */
function readersInTheEnd(experiment: Experiment, exposures: readonly DailyEventCount[], now: Date): number {
  const counted = exposures.reduce((sum, { count }) => sum + count, 0);
  const isClosedByPlan = experiment.endedAt === null && epochDayOf(now) > experiment.lastDay;
  return isClosedByPlan ? counted : Math.max(counted, experiment.plannedReaders);
}

type Counted = { exposures: readonly DailyEventCount[]; days: readonly ArmValuesOfExposureDay[]; until: number };

function judgedArms(experiment: Experiment, { exposures, days, until }: Counted): ArmValuesWithPlannedShare[] {
  const counted = exposures.filter(({ day }) => day <= until);
  const brought = days.filter(({ day }) => day <= until && isOwnDay(experiment, day));
  return experiment.arms.map(({ arm, share }) => {
    const values = brought
      .filter((each) => each.arm === arm)
      .reduce<ArmStatistics>((sum, day) => addArmValues(sum, day.values), ZERO_ARM_VALUES);
    return { arm, share, ...values, readers: sumOf(counted, arm) };
  });
}

/** Returns true if new devices could join the experiment on this day. */
function isOwnDay({ startedAt, lastDay }: Experiment, day: number): boolean {
  return startedAt !== null && day >= epochDayOf(startedAt) && day <= lastDay;
}

function distrustOf(
  { arms }: Experiment,
  { exposures, data }: { exposures: readonly DailyEventCount[]; data: ExperimentObservations },
): ExperimentAssessment["distrust"] {
  const days = [...new Set(exposures.map(({ day }) => day))].sort((a, b) => a - b);
  const ratios = days.map((day) => {
    const untilThen = exposures.filter((each) => each.day <= day);
    return arms.map(({ arm, share }) => ({ share, count: sumOf(untilThen, arm) }));
  });
  if (hasSampleRatioMismatch(ratios)) return "ratio";
  return doReportedGiftSharesDifferByArm(giftsByDay(arms, data)) ? "gifts" : null;
}

function giftsByDay(arms: Experiment["arms"], { counts, firstPayments }: ExperimentObservations) {
  const reports = counts.filter(({ event }) => event === "given");
  const gifts = firstPayments.map(({ arm, paidAt }) => ({ arm, day: epochDayOf(paidAt), count: 1 }));
  const days = [...new Set(gifts.map(({ day }) => day))].sort((a, b) => a - b);
  return days.map((day) =>
    arms.map(({ arm }) => ({
      gifts: sumOf(
        gifts.filter((each) => each.day === day),
        arm,
      ),
      reported: sumOf(
        reports.filter((each) => each.day === day),
        arm,
      ),
    })),
  );
}

function sumOf(counts: readonly { arm: string; count: number }[], arm: string): number {
  return counts.reduce((sum, each) => sum + (each.arm === arm ? each.count : 0), 0);
}
