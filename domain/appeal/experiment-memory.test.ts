import { expect, test } from "vitest";
import { ensureExperimentSeed, formatExposureForGift, parseExperimentMemory } from "./experiment-memory";
import { formatExposure, parseExposure } from "./exposure";

const DAY_MS = 24 * 60 * 60 * 1000;
const seen = { experiment: "x_00000001", arm: "b", exposedOn: 20_780 };
const memory = { seed: 4_000_000_000, seen };
const on = (day: number) => (seen.exposedOn + day) * DAY_MS + DAY_MS / 2;

test("a stored memory of an experiment reads back unchanged", () => {
  expect(parseExperimentMemory(JSON.parse(JSON.stringify(memory)), on(0))).toEqual(memory);
});

test.each([
  ["nothing", undefined],
  ["no seed", { seen }],
  ["a seed that is not a number", { seed: "1", seen }],
  ["a text", "x"],
])("a memory of %s counts as absent", (_, stored) => {
  expect(parseExperimentMemory(stored, on(0))).toBeNull();
});

test.each([
  ["has an invalid experiment", { ...seen, experiment: "<b>" }],
  ["has an invalid day", { ...seen, exposedOn: "soon" }],
  ["is missing", null],
])("an exposure that %s is dropped, but the seed is kept", (_, stored) => {
  expect(parseExperimentMemory({ seed: 7, seen: stored }, on(0))).toEqual({ seed: 7, seen: null });
});

test("the device forgets its variant after 120 days", () => {
  expect(parseExperimentMemory(memory, on(119))?.seen).toEqual(seen);
  expect(parseExperimentMemory(memory, on(120))?.seen).toBeNull();
});

test("a device keeps the first seed", () => {
  expect(ensureExperimentSeed(null, 1)).toEqual({ seed: 1, seen: null });
  expect(ensureExperimentSeed(memory, 1)).toEqual(memory);
});

test("a gift carries the exposure for as long as it may count, and never the seed", () => {
  expect(formatExposureForGift(memory, on(0))).toBe("x_00000001.b.20780");
  expect(formatExposureForGift(memory, on(30))).toBe("x_00000001.b.20780");
  expect(formatExposureForGift(memory, on(31))).toBe("");
  expect(formatExposureForGift(null, on(0))).toBe("");
  expect(formatExposureForGift(memory, on(0))).not.toContain(String(memory.seed));
});

test.each(["", "x_00000001.b", "x_00000001.b.soon", "x_1.b.20780", "x_00000001.B b.20780", "x_00000001.b.20780.x"])(
  "%j is not an exposure",
  (text) => {
    expect(parseExposure(text)).toBeNull();
  },
);

test("a formatted exposure parses back unchanged", () => {
  expect(parseExposure(formatExposure(seen))).toEqual(seen);
});
