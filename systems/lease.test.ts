import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createFreshLedger } from "../prisma/fresh-ledger";
import { type Db, openDatabase } from "./database";
import { newLease } from "./lease";

const noon = new Date("2026-11-24T12:00:00Z");
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000);

let instances: [Db, Db, Db];

beforeAll(async () => {
  const url = await createFreshLedger();
  instances = await Promise.all([openDatabase(url), openDatabase(url), openDatabase(url)]);
});
beforeEach(() => instances[0].lease.deleteMany());
afterAll(() => Promise.all(instances.map((db) => db.$disconnect())));

const lease = (holder: string) => newLease("work", `elsewhere-${holder}:7`);

async function holders(leases: ReturnType<typeof lease>[], now: Date): Promise<boolean[]> {
  return Promise.all(leases.map((each, i) => each.isHeld(instances[i % instances.length] as Db, now)));
}

test("of thirty instances that ask at once, exactly one gets the lease and keeps it", async () => {
  const leases = Array.from({ length: 30 }, (_, i) => lease(`${i}`));
  const first = await holders(leases, noon);
  expect(first.filter(Boolean)).toHaveLength(1);
  for (const seconds of [6, 12, 18, 24, 30, 36, 42]) expect(await holders(leases, after(seconds))).toEqual(first);
});

test("concurrent questions of one instance get the same answer", async () => {
  const [db] = instances;
  const runner = lease("a");
  for (const seconds of [0, 20, 60]) {
    const answers = await Promise.all(Array.from({ length: 4 }, () => runner.isHeld(db, after(seconds))));
    expect(answers).toEqual([true, true, true, true]);
  }
});

test("exactly one other instance takes over when the holder is silent for half a minute", async () => {
  const [runner, ...others] = [lease("a"), lease("b"), lease("c")] as const;
  expect(await holders([runner], noon)).toEqual([true]);
  expect(await holders(others, after(29))).toEqual([false, false]);
  expect((await holders(others, after(34))).filter(Boolean)).toHaveLength(1);
  expect(await holders([runner], after(35))).toEqual([false]);
});

test("a returned lease is free at once", async () => {
  const [runner, other] = [lease("a"), lease("b")];
  await holders([runner], noon);
  await runner.giveBack(instances[0]);
  expect(await holders([other], noon)).toEqual([true]);
});

test("an instance that returned the lease never gets it again, not even by an attempt in progress", async () => {
  const [db] = instances;
  const [runner, other] = [lease("a"), lease("b")];
  const answers = runner.isHeld(db, noon);
  await runner.giveBack(db);
  expect(await answers).toBe(false);
  expect(await db.lease.count()).toBe(0);
  for (const seconds of [0, 60]) expect(await holders([runner], after(seconds))).toEqual([false]);
  expect(await db.lease.count()).toBe(0);
  expect(await holders([other], after(61))).toEqual([true]);
});

test("an instance that shuts down is no longer the holder, and others wait until it returns the lease", async () => {
  const [runner, other] = [lease("a"), lease("b")];
  await holders([runner], noon);
  runner.stopHolding();
  expect(await holders([runner, other], after(1))).toEqual([false, false]);
  await runner.giveBack(instances[0]);
  expect(await holders([other], after(7))).toEqual([true]);
});

test("takes over at once from a process on the same machine that has exited", async () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  expect(await holders([newLease("work", `${hostname()}:${pid}`)], noon)).toEqual([true]);
  expect(await holders([newLease("work")], noon)).toEqual([true]);
});

test("an idle holder writes twice a minute, not at every check", async () => {
  const [db] = instances;
  const runner = lease("a");
  await runner.isHeld(db, noon);
  await db.lease.deleteMany();
  expect(await runner.isHeld(db, after(14))).toBe(true);
  expect(await db.lease.count()).toBe(0);
  expect(await runner.isHeld(db, after(16))).toBe(true);
  expect(await db.lease.count()).toBe(1);
});
