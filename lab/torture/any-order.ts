// Delivers events in any order, repeated and with crashes. The ledger must always end equal to Stripe's objects.
import { existsSync } from "node:fs";
import fc from "fast-check";
import { expect } from "vitest";
import { createFreshLedger } from "../../prisma/fresh-ledger";
import { type Db, openDatabase } from "../../systems/database";
import { receiveWebhook } from "../../systems/fast-path/receive";
import { newLease } from "../../systems/lease";
import { setRuntime, setRuntimeDatabase } from "../../systems/testing/runtime";
import { chooseTestCaseCount } from "../../tools/test/scope.mjs";
import { queueCardExpiryMailsAndCompareLedger } from "./compare";
import { planDeliveries, type WebhookDeliveryToSend } from "./deliveries";
import { withRandomCrashes } from "./faulty-database";
import { type LedgerAsTextLines, ledgerLinesExpectedFromStripe } from "./oracle";
import { findWrongRecurringMovements } from "./oracle-movements";
import { findWrongTotals } from "./oracle-sums";
import { runJobsUntilIdle } from "./run-jobs-until-idle";
import { type RandomSource, seededRandom } from "./seeded-random";
import { WEBHOOK_SECRET } from "./site-settings";
import { openTortureWorld, type TortureWorld } from "./torture-world";
import { withConcurrency } from "./with-concurrency";

/**
 * The number of webhook deliveries in one run. It is a third to a half larger than the number of events, because some
 * events are delivered more than once.
 */
export const DELIVERY_COUNT = chooseTestCaseCount({ usual: 1_600, all: 2_000 });
/** The share of transactions that crash. */
const CRASHES = 0.02;
/** The share of runs in which another instance holds the jobs' lease. */
const ELSEWHERE = 0.5;
/**
 * The chance that the background jobs run between two groups of deliveries. The jobs then read a state from Stripe that
 * is newer than the events of the next group.
 */
const JOBS_BETWEEN = 0.5;
const LIVES_BESIDES_ONE_OF_EACH = chooseTestCaseCount({ usual: 0, all: 10 });
const AN_HOUR_MS = 60 * 60 * 1000;

/**
 * Returns how many seeds to try. A full run (TESTS=all) tries fewer on PostgreSQL, which is slower. The environment
 * variable TORTURE_SEEDS sets another number.
 */
export function tortureSeedCountFor(provider: "sqlite" | "postgresql"): number {
  return Number(process.env.TORTURE_SEEDS) || chooseTestCaseCount({ usual: 1, all: provider === "sqlite" ? 10 : 1 });
}

export async function openWorldForDeliveries(seed: number): Promise<TortureWorld & { stripeBooks: LedgerAsTextLines }> {
  // Puts the ledger into memory, which saves some ten thousand waits for the disk. This test does not simulate power
  // cuts.
  if (existsSync("/dev/shm")) process.env.TMPDIR = "/dev/shm";
  const world = await openTortureWorld({ seed, randomGifts: LIVES_BESIDES_ONE_OF_EACH });
  return { ...world, stripeBooks: await ledgerLinesExpectedFromStripe(world.stripe) };
}

/**
 * Delivers the events in `seedCount` random orders, and expects that the ledger equals Stripe's objects after each. The
 * orders are the same in every run. The environment variable TORTURE_SEED=… repeats only one order.
 */
export async function expectSameLedgerInAnyEventOrder(
  world: TortureWorld & { stripeBooks: LedgerAsTextLines },
  seedCount: number,
): Promise<void> {
  const only = Number(process.env.TORTURE_SEED);
  const seeds = only ? fc.constant(only) : fc.integer({ min: 1, max: 1_000_000 });
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const differences = await differencesAfter(world, seededRandom(seed));
      expect(differences, `TORTURE_SEED=${seed} repeats it; the first is “${differences[0]}”`).toEqual([]);
    }),
    { seed: 20_261_124, numRuns: only ? 1 : seedCount, endOnFailure: true, includeErrorInReport: true },
  );
}

async function differencesAfter(
  world: TortureWorld & { stripeBooks: LedgerAsTextLines },
  random: RandomSource,
): Promise<string[]> {
  const url = await createFreshLedger();
  if (random.next() < ELSEWHERE) await runJobsElsewhere(url);
  const answers = await deliver(
    planDeliveries(world.events, { count: DELIVERY_COUNT, random, secret: WEBHOOK_SECRET }),
    {
      url,
      random,
    },
  );
  if (answers.length > 0) return answers;
  const db = await openDatabase(url);
  setRuntimeDatabase(db);
  await runJobsUntilIdle(db);
  const differences = await queueCardExpiryMailsAndCompareLedger(db, world);
  await db.$disconnect();
  return differences;
}

/**
 * Delivers the events in groups, and closes and reopens the ledger after each group. Returns the faults of the first
 * group that has any.
 */
async function deliver(
  deliveries: WebhookDeliveryToSend[],
  { url, random }: { url: string; random: RandomSource },
): Promise<string[]> {
  const wrong: string[] = [];
  const rest = [...deliveries];
  while (rest.length > 0 && wrong.length === 0) {
    const db = await openDatabase(url);
    const accepted = new Set<string>();
    setRuntimeDatabase(withRandomCrashes(db, { random, rate: CRASHES }));
    setRuntime({ jobsLease: undefined });
    await withConcurrency(rest.splice(0, 200 + random.integerBelow(DELIVERY_COUNT / 2)), async (delivery) => {
      const status = await receiveWebhook({ raw: Buffer.from(delivery.payload), signature: delivery.sign() });
      if (status === 500 || status === 503) rest.push(delivery);
      if (status === 200) accepted.add(delivery.eventId);
      if ((status === 400) !== (delivery.kind === "forged")) wrong.push(`${delivery.kind}: answered ${status}`);
    });
    const { missing, failed } = await findUnrecorded(db, accepted);
    wrong.push(...missing.map((id) => `${id} was answered before it was recorded`));
    // If an event fails twice, the site keeps it as failed and answers 200. Such events are delivered again here, as
    // background jobs or staff would retry them.
    rest.push(...deliveries.filter(({ eventId, kind }) => kind !== "forged" && failed.delete(eventId)));
    // Checks the ledger's totals after each group of events. The totals must be right at every moment, not only when
    // all events have arrived.
    wrong.push(...(await findWrongTotals(db)), ...(await findWrongRecurringMovements(db)));
    if (wrong.length === 0 && random.next() < JOBS_BETWEEN) await runJobsUntilIdle(db);
    await db.$disconnect();
  }
  return wrong;
}

/**
 * Returns the events that the site answered with 200 but did not record. `failed`: the site stored the event's id with
 * the outcome `failed`. `missing`: the site stored nothing, so the event is lost: after a 200, Stripe does not send it
 * again.
 */
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
