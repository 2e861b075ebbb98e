import type { ExperimentCount, Experiment as ExperimentRow } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import type { ReportCounterKey } from "./reports";

export function insertExperiment(tx: Tx | Db, row: ExperimentRow): Promise<ExperimentRow> {
  return tx.experiment.create({ data: row });
}

export function findExperimentRow(db: Db | Tx, id: string): Promise<ExperimentRow | null> {
  return db.experiment.findUnique({ where: { id } });
}

export function listExperimentRows(db: Db): Promise<ExperimentRow[]> {
  return db.experiment.findMany({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
}

/**
 * Lists the started experiments whose last day is `earliestLastDay` or later, newest first. `earliestLastDay`: days
 * since 1970 in UTC.
 */
export function listStartedExperimentRows(db: Db | Tx, earliestLastDay: number): Promise<ExperimentRow[]> {
  return db.experiment.findMany({
    where: { startedAt: { not: null }, lastDay: { gte: earliestLastDay } },
    orderBy: { startedAt: "desc" },
  });
}

/** Changes a plan. Returns false if the experiment has started or does not exist. */
export async function updateDraftExperiment(tx: Tx, { id, ...plan }: ExperimentRow): Promise<boolean> {
  return (await tx.experiment.updateMany({ where: { id, startedAt: null }, data: plan })).count === 1;
}

export async function deleteDraftExperiment(tx: Tx, id: string): Promise<boolean> {
  return (await tx.experiment.deleteMany({ where: { id, startedAt: null } })).count === 1;
}

/** Starts the experiment. Returns false if it has started already or does not exist. */
export async function setExperimentStarted(tx: Tx, { id, at }: { id: string; at: Date }): Promise<boolean> {
  return (await tx.experiment.updateMany({ where: { id, startedAt: null }, data: { startedAt: at } })).count === 1;
}

/** Ends the experiment early. Returns false if it has not started or was ended before. */
export async function setExperimentEnded(tx: Tx, { id, at }: { id: string; at: Date }): Promise<boolean> {
  const where = { id, startedAt: { not: null }, endedAt: null };
  return (await tx.experiment.updateMany({ where, data: { endedAt: at } })).count === 1;
}

export type AppealEventCount = { key: ReportCounterKey; count: number };

export async function addToEventCounts(tx: Tx, counts: readonly AppealEventCount[]): Promise<void> {
  for (const { key, count } of counts) await addCount(tx, key, count);
}

async function addCount(tx: Tx, key: ReportCounterKey, count: number): Promise<void> {
  if (key.table === "appeal") {
    const { day, article, appeal, variant, placement, event } = key;
    await tx.$executeRaw`
      INSERT INTO "AppealCount" ("day", "article", "appeal", "variant", "placement", "event", "count")
      VALUES (${day}, ${article}, ${appeal}, ${variant}, ${placement}, ${event}, ${count})
      ON CONFLICT ("day", "article", "appeal", "variant", "placement", "event")
      DO UPDATE SET "count" = "AppealCount"."count" + excluded."count"`;
    return;
  }
  const { experiment, arm, day, event } = key;
  await tx.$executeRaw`
    INSERT INTO "ExperimentCount" ("experiment", "arm", "day", "event", "count")
    VALUES (${experiment}, ${arm}, ${day}, ${event}, ${count})
    ON CONFLICT ("experiment", "arm", "day", "event")
    DO UPDATE SET "count" = "ExperimentCount"."count" + excluded."count"`;
}

export function listDailyCountsOfExperiment(db: Db, experiment: string): Promise<ExperimentCount[]> {
  return db.experimentCount.findMany({ where: { experiment }, orderBy: { day: "asc" } });
}

export async function countExposedDevices(db: Db | Tx, experiment: string): Promise<number> {
  const { _sum } = await db.experimentCount.aggregate({
    where: { experiment, event: "exposed" },
    _sum: { count: true },
  });
  return _sum.count ?? 0;
}

export async function countExposedByExperiment(db: Db): Promise<Map<string, number>> {
  const where = { event: "exposed" };
  const sums = await db.experimentCount.groupBy({ by: ["experiment"], where, _sum: { count: true } });
  return new Map(sums.map(({ experiment, _sum }) => [experiment, _sum.count ?? 0]));
}
