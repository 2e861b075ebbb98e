// Any order, any repetition, any crash: the books are the same, and they are Stripe's own. Gifts live on the stand-in, and what it
// tells of them is brought to the real route by chance, until all has been taken.
import { existsSync } from "node:fs";
import fc from "fast-check";
import { expect } from "vitest";
import { freshLedger } from "../../prisma/fresh-ledger";
import { type Db, openDatabase } from "../../systems/database";
import { receive } from "../../systems/fast-path/receive";
import { newLease } from "../../systems/lease";
import { setLedger, setRuntime } from "../../systems/testing/runtime";
import { seeds } from "../../tools/test/scope.mjs";
import { differencesIn } from "./compare";
import { type Delivery, planDeliveries } from "./deliveries";
import { type Dice, diceOf } from "./dice";
import { faulty } from "./faulty-database";
import { inTurns } from "./in-turns";
import { type Account, accountOfStripe } from "./oracle";
import { wrongNow } from "./oracle-sums";
import { SECRET, settingsFor } from "./site-settings";
import { workUntilIdle } from "./until-idle";
import { KEY, openWorld, type World } from "./world";

export const DELIVERIES = 2_000;
/** Of the transactions; each such delivery comes again, as Stripe's do. */
const CRASHES = 0.02;
/** How often another instance is the one that asks Stripe and sends mail, and does so when all has arrived. */
const ELSEWHERE = 0.5;
/** How often Stripe is asked what is due before the next stretch of deliveries: its answers are newer than what comes then. */
const ASKED_BETWEEN = 0.5;
const LIVES_BESIDES_ONE_OF_EACH = 10;
const AN_HOUR_MS = 60 * 60 * 1000;

/** How many of a world are tried. PostgreSQL is slower: there TORTURE_SEEDS=10 asks for as many as on SQLite. */
export function seedsOn(provider: "sqlite" | "postgresql"): number {
  return Number(process.env.TORTURE_SEEDS) || seeds({ usual: 1, all: provider === "sqlite" ? 10 : 1 });
}

/** A world for this process; `deliverInAnyOrder` may then be called. */
export async function openWorldToTellOf(seed: number): Promise<World & { account: Account }> {
  // Power cuts are not tried here, and memory spares some ten thousand waits for the disk.
  if (existsSync("/dev/shm")) process.env.TMPDIR = "/dev/shm";
  const world = await openWorld({ seed, more: LIVES_BESIDES_ONE_OF_EACH });
  Object.assign(process.env, settingsFor({ key: KEY, base: world.url, databaseUrl: "file:never-opened.db" }));
  return { ...world, account: await accountOfStripe(world.stripe) };
}

/** The same `times` seeds each run; one that fails is printed, and TORTURE_SEED=… runs it alone. */
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

/** The ledger is closed and opened again now and then. Answers what was answered wrongly, and then leaves it at that. */
async function deliver(deliveries: Delivery[], { url, dice }: { url: string; dice: Dice }): Promise<string[]> {
  const wrong: string[] = [];
  const rest = [...deliveries];
  while (rest.length > 0 && wrong.length === 0) {
    const db = await openDatabase(url);
    const taken = new Set<string>();
    setLedger(faulty(db, { dice, rate: CRASHES }));
    setRuntime({ jobsLease: undefined });
    await inTurns(rest.splice(0, 200 + dice.throw(DELIVERIES / 2)), async (delivery) => {
      const status = await receive({ raw: Buffer.from(delivery.payload), signature: delivery.sign() });
      if (status === 500 || status === 503) rest.push(delivery);
      if (status === 200) taken.add(delivery.eventId);
      if ((status === 400) !== (delivery.kind === "forged")) wrong.push(`${delivery.kind}: answered ${status}`);
    });
    const { missing, failed } = await findUnrecorded(db, taken);
    wrong.push(...missing.map((id) => `${id} was answered before it was recorded`));
    // A second failure is answered 200 and kept: here the jobs, or staff, that try it again are a delivery more.
    rest.push(...deliveries.filter(({ eventId, kind }) => kind !== "forged" && failed.delete(eventId)));
    // At any moment, not only when all has arrived.
    wrong.push(...(await wrongNow(db)));
    if (wrong.length === 0 && dice.next() < ASKED_BETWEEN) await workUntilIdle(db);
    await db.$disconnect();
  }
  return wrong;
}

/** What was answered 200 is in the ledger at once, or kept as failed: nobody will send it again. */
async function findUnrecorded(db: Db, taken: Set<string>): Promise<{ missing: string[]; failed: Set<string> }> {
  const noted = await db.receivedEvent.findMany({ select: { id: true, outcome: true } });
  const known = new Map(noted.map(({ id, outcome }) => [id, outcome]));
  const ids = [...taken];
  return {
    missing: ids.filter((id) => !known.has(id)),
    failed: new Set(ids.filter((id) => known.get(id) === "failed")),
  };
}

async function runJobsElsewhere(url: string): Promise<void> {
  const db = await openDatabase(url);
  await newLease("jobs", "elsewhere:1").isHeld(db, new Date(Date.now() + AN_HOUR_MS));
  await db.$disconnect();
}
