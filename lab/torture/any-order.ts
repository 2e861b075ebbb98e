// Any order, any repetition, any crash: the books are always the same, and equal to Stripe's. The stand-in plays out a world of gifts.
// Its events are delivered to the real route in random order until all have been accepted.
import { existsSync } from "node:fs";
import fc from "fast-check";
import { expect } from "vitest";
import { freshLedger } from "../../prisma/fresh-ledger";
import { type Db, openDatabase } from "../../systems/database";
import { receiveWebhook } from "../../systems/fast-path/receive";
import { newLease } from "../../systems/lease";
import { setLedger, setRuntime } from "../../systems/testing/runtime";
import { seeds } from "../../tools/test/scope.mjs";
import { differencesIn } from "./compare";
import { type Delivery, planDeliveries } from "./deliveries";
import { type Dice, diceOf } from "./dice";
import { faulty } from "./faulty-database";
import { type Account, accountOfStripe } from "./oracle";
import { wrongNow } from "./oracle-sums";
import { SECRET, settingsFor } from "./site-settings";
import { workUntilIdle } from "./until-idle";
import { withConcurrency } from "./with-concurrency";
import { KEY, openWorld, type World } from "./world";

export const DELIVERIES = 2_000;
/** The share of transactions that crash. Each such delivery comes again, as Stripe's do. */
const CRASHES = 0.02;
/** The share of seeds in which another instance holds the jobs' lease. The jobs then run only after all events have arrived. */
const ELSEWHERE = 0.5;
/** How often the jobs ask Stripe between two stretches of deliveries. Stripe's answers are then newer than the events that follow. */
const JOBS_BETWEEN = 0.5;
const LIVES_BESIDES_ONE_OF_EACH = 10;
const AN_HOUR_MS = 60 * 60 * 1000;

/** The number of seeds for each world. PostgreSQL is slower; TORTURE_SEEDS=10 tries as many there as on SQLite. */
export function seedsOn(provider: "sqlite" | "postgresql"): number {
  return Number(process.env.TORTURE_SEEDS) || seeds({ usual: 1, all: provider === "sqlite" ? 10 : 1 });
}

/** A world and the settings of this process, for deliverInAnyOrder(). */
export async function openWorldForDeliveries(seed: number): Promise<World & { account: Account }> {
  // A ledger in memory saves some ten thousand waits for the disk. Power cuts are not tested here.
  if (existsSync("/dev/shm")) process.env.TMPDIR = "/dev/shm";
  const world = await openWorld({ seed, more: LIVES_BESIDES_ONE_OF_EACH });
  Object.assign(process.env, settingsFor({ key: KEY, base: world.url, databaseUrl: "file:never-opened.db" }));
  return { ...world, account: await accountOfStripe(world.stripe) };
}

/** Tries the same `times` seeds in each run. A failure prints its seed, and TORTURE_SEED=… repeats that one alone. */
export async function deliverInAnyOrder(world: World & { account: Account }, times: number): Promise<void> {
  const only = Number(process.env.TORTURE_SEED);
  const seeds = only ? fc.constant(only) : fc.integer({ min: 1, max: 1_000_000 });
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const differences = await differencesAfter(world, diceOf(seed));
      expect(differences, `TORTURE_SEED=${seed} repeats it; the first is “${differences[0]}”`).toEqual([]);
    }),
    { seed: 20_261_124, numRuns: only ? 1 : times, endOnFailure: true, includeErrorInReport: true },
  );
}

async function differencesAfter(world: World & { account: Account }, dice: Dice): Promise<string[]> {
  const url = await freshLedger();
  if (dice.next() < ELSEWHERE) await runJobsElsewhere(url);
  const answers = await deliver(planDeliveries(world.events, { count: DELIVERIES, dice, secret: SECRET }), {
    url,
    dice,
  });
  if (answers.length > 0) return answers;
  const db = await openDatabase(url);
  setLedger(db);
  await workUntilIdle(db);
  const differences = await differencesIn(db, world.account);
  await db.$disconnect();
  return differences;
}

/** Closes and opens the ledger again now and then. Returns the wrong answers; stops at the first stretch that has one. */
async function deliver(deliveries: Delivery[], { url, dice }: { url: string; dice: Dice }): Promise<string[]> {
  const wrong: string[] = [];
  const rest = [...deliveries];
  while (rest.length > 0 && wrong.length === 0) {
    const db = await openDatabase(url);
    const accepted = new Set<string>();
    setLedger(faulty(db, { dice, rate: CRASHES }));
    setRuntime({ jobsLease: undefined });
    await withConcurrency(rest.splice(0, 200 + dice.throw(DELIVERIES / 2)), async (delivery) => {
      const status = await receiveWebhook({ raw: Buffer.from(delivery.payload), signature: delivery.sign() });
      if (status === 500 || status === 503) rest.push(delivery);
      if (status === 200) accepted.add(delivery.eventId);
      if ((status === 400) !== (delivery.kind === "forged")) wrong.push(`${delivery.kind}: answered ${status}`);
    });
    const { missing, failed } = await findUnrecorded(db, accepted);
    wrong.push(...missing.map((id) => `${id} was answered before it was recorded`));
    // A second failure is answered 200 and kept as failed. Another delivery stands for the retry by the jobs or by staff.
    rest.push(...deliveries.filter(({ eventId, kind }) => kind !== "forged" && failed.delete(eventId)));
    // The totals must be right at every moment, not only when all events have arrived.
    wrong.push(...(await wrongNow(db)));
    if (wrong.length === 0 && dice.next() < JOBS_BETWEEN) await workUntilIdle(db);
    await db.$disconnect();
  }
  return wrong;
}

/** An event that was answered 200 must be in the ledger or kept as failed, because Stripe does not send it again. */
async function findUnrecorded(db: Db, accepted: Set<string>): Promise<{ missing: string[]; failed: Set<string> }> {
  const noted = await db.receivedEvent.findMany({ select: { id: true, outcome: true } });
  const outcomes = new Map(noted.map(({ id, outcome }) => [id, outcome]));
  const ids = [...accepted];
  return {
    missing: ids.filter((id) => !outcomes.has(id)),
    failed: new Set(ids.filter((id) => outcomes.get(id) === "failed")),
  };
}

async function runJobsElsewhere(url: string): Promise<void> {
  const db = await openDatabase(url);
  await newLease("jobs", "elsewhere:1").isHeld(db, new Date(Date.now() + AN_HOUR_MS));
  await db.$disconnect();
}
