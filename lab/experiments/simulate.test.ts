// A short version of `npm run experiments:simulate` (lab/docs/experiments.md).
import { expect, test } from "vitest";
import { chooseTestCaseCount } from "../../tools/test/scope.mjs";
import { simulateExperiments } from "./simulate";
import { SCENARIOS_WITH_EFFECT, SCENARIOS_WITHOUT_EFFECT } from "./worlds";

const runs = chooseTestCaseCount({ usual: 50, all: 2_000 });
/**
 * Returns the world with a tenth of its readers, so that the test is quick. The share of readers who give is ten times
 * as large, so the number of gifts stays the same.
 */
const small = <W extends (typeof SCENARIOS_WITHOUT_EFFECT)[number]>(world: W): W => ({
  ...world,
  readersPerDay: world.readersPerDay / 10,
  givingRate:
    typeof world.givingRate === "number"
      ? world.givingRate * 10
      : Object.fromEntries(Object.entries(world.givingRate).map(([arm, rate]) => [arm, rate * 10])),
});

test.each(SCENARIOS_WITHOUT_EFFECT.map((world) => [world.name, small(world)] as const))(
  "%s: at most one run in twenty has a false winner, although the result is checked after every batch",
  (_, world) => {
    expect(simulateExperiments(world, { runs, seed: 1 }).decided / runs).toBeLessThanOrEqual(0.05);
  },
);

test("without forged reports the counts are trusted in 98 of 100 runs", () => {
  const [usual] = SCENARIOS_WITHOUT_EFFECT.map(small);
  if (usual) expect(simulateExperiments(usual, { runs, seed: 2 }).alarms / runs).toBeLessThanOrEqual(0.02);
});

test("forged reports of a tenth of one variant are always found", () => {
  const world = SCENARIOS_WITHOUT_EFFECT.find(({ name }) => name.includes("10% forged in one arm"));
  if (!world) throw new Error("no world of forgers");
  expect(simulateExperiments(world, { runs: 10, seed: 1 }).alarms).toBe(10);
});

test("a real difference is found in the right direction, and the intervals contain it", () => {
  const double = SCENARIOS_WITH_EFFECT.find(({ name }) => name.includes("100% more"));
  if (!double) throw new Error("no world with a difference");
  const tally = simulateExperiments(small(double), { runs, seed: 1 });
  expect(tally.decided / runs).toBeGreaterThan(0.9);
  expect(tally.wrongWay).toBe(0);
  expect(tally.intervalMissed / runs).toBeLessThanOrEqual(0.05);
});
