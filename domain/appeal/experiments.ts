import type { Experiment as ExperimentRow } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { amountMinorOf } from "../money";
import { type Arm, EXPERIMENT_GIFT_WINDOW_DAYS, type Experiment, epochDayOf, experimentPhaseOf } from "./experiment";
import {
  countExposedByExperiment,
  countExposedDevices,
  findExperimentRow,
  listExperimentRows,
  listStartedExperimentRows,
} from "./store";

export function experimentOf(row: ExperimentRow): Experiment {
  const { arms, rates, currency, capMinor, smallestEffectMilli, ...rest } = row;
  return {
    ...rest,
    arms: JSON.parse(arms),
    rates: JSON.parse(rates),
    // This type assertion is safe, because parseExperimentPlan() has checked the currency before the plan was stored.
    currency: currency as Experiment["currency"],
    capMinor: amountMinorOf(capMinor),
    smallestEffectMinor: smallestEffectMilli / 1000,
  };
}

export function experimentRowOf(experiment: Experiment): ExperimentRow {
  const { arms, rates, capMinor, smallestEffectMinor, ...rest } = experiment;
  return {
    ...rest,
    arms: JSON.stringify(arms),
    rates: JSON.stringify(rates),
    capMinor: BigInt(capMinor),
    smallestEffectMilli: Math.round(smallestEffectMinor * 1000),
  };
}

export async function findExperiment(db: Db, id: string): Promise<Experiment | null> {
  const row = await findExperimentRow(db, id);
  return row && experimentOf(row);
}

export type ExperimentListItem = Experiment & { exposedDevices: number };

export async function listExperiments(db: Db): Promise<ExperimentListItem[]> {
  const [rows, exposed] = await Promise.all([listExperimentRows(db), countExposedByExperiment(db)]);
  return rows.map((row) => ({ ...experimentOf(row), exposedDevices: exposed.get(row.id) ?? 0 }));
}

/** The experiment whose variants devices see now. `isOpen`: new devices can still join. */
export type LiveExperiment = { id: string; arms: readonly Arm[]; isOpen: boolean };

export async function findRunningOrFollowingExperiment(db: Db, now: Date): Promise<LiveExperiment | null> {
  for (const row of await listStartedExperimentRows(db, epochDayOf(now) - EXPERIMENT_GIFT_WINDOW_DAYS)) {
    const experiment = experimentOf(row);
    const phase = experimentPhaseOf(experiment, now);
    if (phase !== "running" && phase !== "following") continue;
    const isOpen = phase === "running" && (await countExposedDevices(db, row.id)) < experiment.plannedReaders;
    return { id: row.id, arms: experiment.arms, isOpen };
  }
  return null;
}
