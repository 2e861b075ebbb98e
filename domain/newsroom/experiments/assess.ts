// Assesses an experiment at one moment: which devices may be counted, whether the counts can be trusted, what each arm brought, and what it
// cost readers' patience. Everything is derived from the ledger, so that any two looks agree about what both could know.
import {
  dateOfDay,
  dayNumberOf,
  type Experiment,
  finalOn,
  lastDayCountedAt,
  lastDayToCount,
  type Phase,
  phaseOf,
} from "../../appeal/experiment";
import type { ArmValues } from "./confidence";
import { addValues } from "./confidence";
import { areGiftsLost } from "./gift-ratio";
import { isRatioWrong } from "./sample-ratio";
import { type DayValues, type GiftEntry, NO_VALUES, valuesByDay } from "./values";
import { type Comparison, compareArms, type JudgedArm } from "./verdict";

/** How often an event was reported by the devices of an arm on one day. */
export type DayCount = { arm: string; day: number; event: string; count: number };

export type Evidence = {
  counts: readonly DayCount[];
  entries: readonly GiftEntry[];
  /** Gifts that were begun, each by the day of its first payment. */
  begun: readonly { arm: string; exposedOn: number; paidAt: Date }[];
};

export type Assessment = {
  phase: Phase;
  /** All devices that were first shown their arm so far, by arm. */
  exposed: Record<string, number>;
  /** The devices whose values are final, by arm, with the money that they brought. */
  arms: JudgedArm[];
  comparisons: Comparison[];
  /** `ratio`: the arms do not have their shares of the devices. `gifts`: one arm's gifts do not arrive as often as another's. */
  distrust: "ratio" | "gifts" | null;
  /** The first day on which something can be judged, and the day on which the last values are final. */
  firstFinalOn: number | null;
  lastFinalOn: number;
  /** True once nothing more will be counted. */
  isFinal: boolean;
  /** The number of readers in all arms that will have been counted in the end, by plan. */
  of: number;
};

export function assessExperiment(experiment: Experiment, evidence: Evidence, now: Date): Assessment {
  const exposures = exposuresOf(evidence);
  const [first] = exposures.map(({ day }) => day).sort((a, b) => a - b);
  const days = valuesByDay(evidence.entries, experiment);
  const arms = judgedArms(experiment, { exposures, days, until: lastDayCountedAt(experiment, now) });
  const phase = phaseOf(experiment, now);
  const of = readersInTheEnd(experiment, exposures, now);
  return {
    phase,
    exposed: Object.fromEntries(experiment.arms.map(({ arm }) => [arm, sumOf(exposures, arm)])),
    arms,
    comparisons: compareArms(arms, { of }),
    distrust: distrustOf(experiment, { exposures, evidence }),
    firstFinalOn: first === undefined ? null : finalOn(first),
    lastFinalOn: finalOn(lastDayToCount(experiment)),
    isFinal: phase === "over",
    of,
  };
}

/** The comparisons as they were at the end of each day, oldest first, without those that were too early. */
export type Look = { day: number; comparisons: Comparison[] };

export function listLooks(experiment: Experiment, evidence: Evidence, now: Date): Look[] {
  const exposures = exposuresOf(evidence);
  const days = valuesByDay(evidence.entries, experiment);
  const first = Math.min(...exposures.map(({ day }) => day));
  const last = Math.min(dayNumberOf(now), finalOn(lastDayToCount(experiment)));
  const looks: Look[] = [];
  for (let day = finalOn(first); day <= last; day++) {
    const at = dateOfDay(day);
    const known = exposures.filter((each) => each.day <= day);
    const arms = judgedArms(experiment, { exposures, days, until: lastDayCountedAt(experiment, at) });
    const comparisons = compareArms(arms, { of: readersInTheEnd(experiment, known, at) });
    looks.push({ day, comparisons: comparisons.filter(({ verdict }) => verdict !== "too-early") });
  }
  return looks.filter(({ comparisons }) => comparisons.length > 0);
}

function exposuresOf({ counts }: Evidence): DayCount[] {
  return counts.filter(({ event }) => event === "exposed");
}

/**
 * The number of readers for which the interval is computed: the plan's while new devices may join, and afterwards the number counted,
 * which no value has influenced. If staff ended the experiment, it stays the plan's, because what they saw may have made them end it.
 */
function readersInTheEnd(experiment: Experiment, exposures: readonly DayCount[], now: Date): number {
  const counted = exposures.reduce((sum, { count }) => sum + count, 0);
  const isClosedByPlan = experiment.endedAt === null && dayNumberOf(now) > experiment.lastDay;
  return isClosedByPlan ? counted : Math.max(counted, experiment.plannedReaders);
}

type Counted = { exposures: readonly DayCount[]; days: readonly DayValues[]; until: number };

function judgedArms(experiment: Experiment, { exposures, days, until }: Counted): JudgedArm[] {
  const counted = exposures.filter(({ day }) => day <= until);
  const brought = days.filter(({ day }) => day <= until && isOwnDay(experiment, day));
  return experiment.arms.map(({ arm, share }) => {
    const values = brought
      .filter((each) => each.arm === arm)
      .reduce<ArmValues>((sum, day) => addValues(sum, day.values), NO_VALUES);
    return { arm, share, ...values, readers: sumOf(counted, arm) };
  });
}

/** False for an exposure that the experiment cannot have made. */
function isOwnDay({ startedAt, lastDay }: Experiment, day: number): boolean {
  return startedAt !== null && day >= dayNumberOf(startedAt) && day <= lastDay;
}

function distrustOf(
  { arms }: Experiment,
  { exposures, evidence }: { exposures: readonly DayCount[]; evidence: Evidence },
): Assessment["distrust"] {
  const days = [...new Set(exposures.map(({ day }) => day))].sort((a, b) => a - b);
  const ratios = days.map((day) => {
    const untilThen = exposures.filter((each) => each.day <= day);
    return arms.map(({ arm, share }) => ({ share, count: sumOf(untilThen, arm) }));
  });
  if (isRatioWrong(ratios)) return "ratio";
  return areGiftsLost(giftsByDay(arms, evidence)) ? "gifts" : null;
}

function giftsByDay(arms: Experiment["arms"], { counts, begun }: Evidence) {
  const reports = counts.filter(({ event }) => event === "given");
  const gifts = begun.map(({ arm, paidAt }) => ({ arm, day: dayNumberOf(paidAt), count: 1 }));
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
