// Simulates the readers of an experiment. Their variants are assigned by the code that runs in browsers. Counts only
// what the site would see.
import { assignArm } from "../../domain/appeal/assignment";
import type { Arm } from "../../domain/appeal/experiment";
import type { RandomSource } from "../torture/seeded-random";

export type SimulatedWorld = {
  name: string;
  arms: readonly Arm[];
  days: number;
  readersPerDay: number;
  /** The share of readers who give: one number for each variant, or one for all. */
  givingRate: number | Record<string, number>;
  /** Returns the amount of one gift, in whole cents. */
  amount: (random: RandomSource) => number;
  /**
   * The cap on one gift, in cents: a larger gift counts as this amount. A simulated device gives at most once, so this
   * also caps each device.
   */
  capMinor: number;
  /** The share of devices whose report does not reach the site. Neither these devices nor their gifts are counted. */
  lostShare?: number;
  /** The share of devices that the site counted, but that never got its response. Their gifts count for no variant. */
  unansweredShare?: number;
  /**
   * On one random day a process of the site is killed. As a result, this share of that day's devices is not counted,
   * but their gifts are.
   */
  forgottenShare?: number;
  /**
   * Returns how many forged devices are added to each variant on this day. `counts`: for each variant, the number of
   * devices that were counted before this day. `today`: for each variant, the number of genuine devices on this day.
   */
  forge?: (forger: {
    day: number;
    counts: Record<string, number>;
    today: Record<string, number>;
    random: RandomSource;
  }) => Record<string, number>;
};

export type ArmTotals = { readers: number; supporters: number; sum: number; sumOfSquares: number };

export function* simulateDays(
  world: SimulatedWorld,
  { random, id }: { random: RandomSource; id: string },
): Generator<Record<string, ArmTotals>> {
  const counted: Record<string, ArmTotals> = {};
  for (const { arm } of world.arms) counted[arm] = { readers: 0, supporters: 0, sum: 0, sumOfSquares: 0 };
  const killedOn = world.forgottenShare ? random.integerBelow(world.days) : -1;
  const nextGiver: Record<string, number> = {};
  for (let day = 0; day < world.days; day++) {
    const today: Record<string, number> = {};
    // The number of readers varies by 30% from day to day. On one day in twenty, three times as many come.
    const readers = Math.round(world.readersPerDay * (0.7 + 0.6 * random.next()) * (random.next() < 0.05 ? 3 : 1));
    for (let reader = 0; reader < readers; reader++) {
      if (world.lostShare && random.next() < world.lostShare) continue;
      const arm = assignArm({ id, arms: world.arms }, random.next() * 2 ** 32);
      const isForgotten = day === killedOn && random.next() < (world.forgottenShare ?? 0);
      if (!isForgotten) today[arm] = (today[arm] ?? 0) + 1;
      nextGiver[arm] = (nextGiver[arm] ?? gapTo(random, rateOf(world, arm))) - 1;
      if (nextGiver[arm] >= 0) continue;
      nextGiver[arm] = gapTo(random, rateOf(world, arm));
      if (world.unansweredShare && random.next() < world.unansweredShare) continue;
      addGift(counted[arm], Math.min(world.amount(random), world.capMinor));
    }
    const counts = Object.fromEntries(Object.entries(counted).map(([arm, { readers }]) => [arm, readers]));
    const forged = world.forge?.({ day, counts, today, random }) ?? {};
    for (const { arm } of world.arms) {
      const sums = counted[arm];
      if (sums) sums.readers += (today[arm] ?? 0) + (forged[arm] ?? 0);
    }
    yield counted;
  }
}

function rateOf({ givingRate }: SimulatedWorld, arm: string): number {
  return typeof givingRate === "number" ? givingRate : (givingRate[arm] ?? 0);
}

/**
 * Returns a random number: how many readers in a row do not give before one gives. A separate random decision for
 * each reader would be equivalent, but much slower.
 */
function gapTo(random: RandomSource, rate: number): number {
  return Math.floor(Math.log(1 - random.next()) / Math.log(1 - rate));
}

function addGift(sums: ArmTotals | undefined, value: number): void {
  if (!sums || value <= 0) return;
  sums.supporters += 1;
  sums.sum += value;
  sums.sumOfSquares += value ** 2;
}

/** Returns an amount in cents. One gift in thirty is zero, which stands for a refunded gift. */
export function randomGiftAmount(random: RandomSource): number {
  if (random.next() < 1 / 30) return 0;
  const at = random.next();
  if (at < 0.05) return Math.round(200 * Math.exp(3 * random.next()));
  if (at < 0.06) return Math.round(10_000 * Math.exp(2 * random.next()));
  const presets = [500, 1000, 1000, 1000, 1500, 2000, 2000, 3000, 3000, 6000, 12_000];
  return presets[random.integerBelow(presets.length)] ?? 0;
}
