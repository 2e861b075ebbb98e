import { expect, test } from "vitest";
import { dateOfEpochDay, epochDayOf, experimentPhaseOf, lastJoinDayWithFinalValues } from "./experiment";

const startedAt = new Date("2026-11-24T09:00:00Z");
const start = epochDayOf(startedAt);
const plan = { startedAt, endedAt: null, lastDay: start + 20 };
const on = (day: number) => new Date(dateOfEpochDay(day).getTime() + 12 * 60 * 60 * 1000);

test.each([
  [0, "running"],
  [20, "running"],
  [21, "following"],
  [49, "following"],
  [50, "settling"],
  [63, "settling"],
  [64, "over"],
])("on day %i the experiment is %s", (day, phase) => {
  expect(experimentPhaseOf(plan, on(start + day))).toBe(phase);
});

test("an experiment that was never started is a draft", () => {
  expect(experimentPhaseOf({ ...plan, startedAt: null }, on(start + 30))).toBe("draft");
});

test("after staff end an experiment, it settles for 14 days, and only devices whose 30 days were complete count", () => {
  const ended = { ...plan, endedAt: on(start + 35) };
  expect(experimentPhaseOf(ended, on(start + 35))).toBe("settling");
  expect(experimentPhaseOf(ended, on(start + 48))).toBe("settling");
  expect(experimentPhaseOf(ended, on(start + 49))).toBe("over");
  expect(lastJoinDayWithFinalValues(ended, on(start + 400))).toBe(start + 5);
});

test("an experiment that staff end in its first 30 days counts no device", () => {
  expect(lastJoinDayWithFinalValues({ ...plan, endedAt: on(start + 29) }, on(start + 400))).toBeLessThan(start);
});

test("a device is counted after its 30 days and 14 more days for refunds and disputes", () => {
  expect(lastJoinDayWithFinalValues(plan, on(start + 43))).toBe(start - 1);
  expect(lastJoinDayWithFinalValues(plan, on(start + 44))).toBe(start);
  expect(lastJoinDayWithFinalValues(plan, on(start + 400))).toBe(plan.lastDay);
});
