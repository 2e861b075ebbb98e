// Lists the situations that are simulated (worlds). If a world's name begins with A/A, all its variants have the same
// effect. A result that calls one of them better is then wrong.
import {
  logarithmOfBayesFactor,
  SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY,
} from "../../domain/newsroom/experiments/sample-ratio";
import type { RandomSource } from "../torture/seeded-random";
import { randomGiftAmount, type SimulatedWorld } from "./world";

const HALVES = [
  { arm: "a", share: 50 },
  { arm: "b", share: 50 },
];

const usual: SimulatedWorld = {
  name: "A/A, 1% give",
  arms: HALVES,
  days: 40,
  readersPerDay: 1_000,
  givingRate: 0.01,
  amount: randomGiftAmount,
  capMinor: 20_000,
};

export const SCENARIOS_WITHOUT_EFFECT: SimulatedWorld[] = [
  usual,
  { ...usual, name: "A/A, 0.2% give", givingRate: 0.002, readersPerDay: 2_000 },
  { ...usual, name: "A/A, shares 90 : 10", arms: shares({ a: 90, b: 10 }), readersPerDay: 2_000 },
  { ...usual, name: "A/A, shares 10 : 90", arms: shares({ a: 10, b: 90 }), readersPerDay: 2_000 },
  { ...usual, name: "A/A/A and a hold-out", arms: shares({ a: 30, b: 30, c: 30, "hold-out": 10 }) },
  { ...usual, name: "A/A, no cap, amounts that vary a thousandfold", capMinor: 1e9, amount: wildAmount },
  { ...usual, name: "A/A, 90 days of few readers", days: 90, readersPerDay: 300 },
  { ...usual, name: "A/A, reports lost", lostShare: 0.3, unansweredShare: 0.02, forgottenShare: 0.5 },
  { ...usual, name: "A/A, 10% forged in each arm", forge: ({ today }) => eachTimes(today, 0.1) },
  { ...usual, name: "A/A, 1% forged in one arm", forge: ({ today }) => ({ b: (today.b ?? 0) * 0.01 }) },
  { ...usual, name: "A/A, 10% forged in one arm", forge: ({ today }) => ({ b: (today.b ?? 0) * 0.1 }) },
  { ...usual, name: "A/A, as many forged in one arm as go unnoticed", forge: maxForgedDevices },
];

export const SCENARIOS_WITH_EFFECT: SimulatedWorld[] = [
  better(1.1, 1_000),
  better(1.25, 1_000),
  better(1.25, 4_000),
  better(1.5, 1_000),
  better(2, 1_000),
  {
    ...better(1.5, 1_000),
    name: "B brings 50% more, 40,000 readers, reports lost",
    lostShare: 0.3,
    unansweredShare: 0.02,
    forgottenShare: 0.5,
  },
];

function better(factor: number, readersPerDay: number): SimulatedWorld {
  const readers = (readersPerDay * usual.days).toLocaleString("en-GB");
  const name = `B brings ${Math.round((factor - 1) * 100)}% more, ${readers} readers`;
  return { ...usual, name, readersPerDay, givingRate: { a: 0.01, b: 0.01 * factor } };
}

function shares(byArm: Record<string, number>) {
  return Object.entries(byArm).map(([arm, share]) => ({ arm, share }));
}

/** Returns an amount in cents from a log-normal distribution with a median of $10. */
function wildAmount(random: RandomSource): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.round(1_000 * Math.exp(1.8 * normal));
}

function eachTimes(today: Record<string, number>, share: number): Record<string, number> {
  return Object.fromEntries(Object.entries(today).map(([arm, count]) => [arm, count * share]));
}

/**
 * Returns the largest number of forged devices that the site does not notice, less a margin for chance. The forger
 * knows all counts and the site's test.
 */
function maxForgedDevices({
  counts,
  today,
}: Parameters<NonNullable<SimulatedWorld["forge"]>>[0]): Record<string, number> {
  const count = (arm: string) => (counts[arm] ?? 0) + (today[arm] ?? 0);
  const isNoticed = (added: number) =>
    logarithmOfBayesFactor([
      { share: 50, count: count("a") },
      { share: 50, count: count("b") + added },
    ]) >
    Math.log(1 / SAMPLE_RATIO_MAX_FALSE_ALARM_PROBABILITY) - 2.5;
  let [low, high] = [0, count("a")];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (isNoticed(middle)) high = middle;
    else low = middle;
  }
  return { b: low };
}
