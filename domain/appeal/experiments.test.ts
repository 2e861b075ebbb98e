// Each database has its own trigger that forbids changes of a started experiment. So these tests must pass on both.
import { beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { epochDayOf } from "./experiment";
import { experimentOf, experimentRowOf, findRunningOrFollowingExperiment } from "./experiments";
import {
  addToEventCounts,
  deleteDraftExperiment,
  findExperimentRow,
  insertExperiment,
  setExperimentEnded,
  setExperimentStarted,
  updateDraftExperiment,
} from "./store";

const now = new Date("2026-11-24T09:00:00Z");
const draft = {
  ...{ id: "x_00000001", name: "Shorter", appeal: "first", currency: "USD" as const, rates: { EUR: "1.0835" } },
  arms: [
    { arm: "a", share: 50 },
    { arm: "b", share: 50 },
  ],
  ...{ capMinor: 20_000, plannedReaders: 1_000, smallestEffectMinor: 0.75, lastDay: epochDayOf(now) + 10 },
  ...{ createdAt: now, startedAt: null, endedAt: null },
};
let db: Db;
beforeEach(async () => {
  db = await openEmptyLedger();
  await insertExperiment(db, experimentRowOf(draft));
});

test("a stored plan reads back unchanged", async () => {
  const row = await findExperimentRow(db, draft.id);
  expect(row && experimentOf(row)).toEqual(draft);
});

test("a draft may change and may be deleted", async () => {
  expect(await updateDraftExperiment(db, experimentRowOf({ ...draft, name: "Longer" }))).toBe(true);
  expect(await findExperimentRow(db, draft.id)).toMatchObject({ name: "Longer" });
  expect(await deleteDraftExperiment(db, draft.id)).toBe(true);
});

test("once its experiment has begun, a plan can be neither changed nor deleted, not even by direct statements", async () => {
  expect(await setExperimentStarted(db, { id: draft.id, at: now })).toBe(true);
  expect(await setExperimentStarted(db, { id: draft.id, at: now })).toBe(false);
  expect(await updateDraftExperiment(db, experimentRowOf({ ...draft, name: "Longer" }))).toBe(false);
  expect(await deleteDraftExperiment(db, draft.id)).toBe(false);
  const where = { id: draft.id };
  const before = await findExperimentRow(db, draft.id);
  for (const data of [
    { name: "x" },
    { arms: "[]" },
    { capMinor: 1n },
    { plannedReaders: 1 },
    { lastDay: 1 },
    { rates: "{}" },
    { startedAt: null },
  ])
    await expect(db.experiment.update({ where, data }), JSON.stringify(Object.keys(data))).rejects.toThrow();
  await expect(db.experiment.delete({ where })).rejects.toThrow();
  expect(await findExperimentRow(db, draft.id)).toEqual(before);
  expect(await setExperimentEnded(db, { id: draft.id, at: now })).toBe(true);
  expect(await setExperimentEnded(db, { id: draft.id, at: now })).toBe(false);
  await expect(db.experiment.update({ where, data: { endedAt: null } })).rejects.toThrow();
});

test("devices may join until the last day, and see the experiment until the last window is over or staff end it", async () => {
  const isLive = async (day: number) =>
    (await findRunningOrFollowingExperiment(db, new Date(now.getTime() + day * 86_400_000)))?.isOpen;
  expect(await isLive(0)).toBeUndefined();
  await setExperimentStarted(db, { id: draft.id, at: now });
  expect([await isLive(0), await isLive(10), await isLive(11), await isLive(39), await isLive(40)]).toEqual([
    true,
    true,
    false,
    false,
    undefined,
  ]);
  await setExperimentEnded(db, { id: draft.id, at: new Date(now.getTime() + 86_400_000) });
  expect(await isLive(2)).toBeUndefined();
});

test("new counts are added to the stored counts", async () => {
  const key = { table: "experiment", experiment: draft.id, arm: "a", day: 20_781, event: "exposed" } as const;
  await db.$transaction((tx) => addToEventCounts(tx, [{ key, count: 2 }]));
  await db.$transaction((tx) => addToEventCounts(tx, [{ key, count: 3 }]));
  expect(await db.experimentCount.findMany()).toMatchObject([{ arm: "a", count: 5 }]);
});
