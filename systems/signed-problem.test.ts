import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { isSignedProblem, signProblem } from "./signed-problem";
import { settingsFor } from "./testing/stripes-books";

const now = new Date("2026-11-26T12:00:00Z");
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

beforeEach(() => {
  for (const [name, value] of Object.entries(settingsFor({ url: "http://127.0.0.1:1" } as never)))
    vi.stubEnv(name, value);
});
afterEach(() => vi.unstubAllEnvs());

test("a word that was told is true for ten minutes, and no longer", () => {
  const told = signProblem("unreachable", now);
  expect(isSignedProblem("unreachable", { told, now })).toBe(true);
  expect(isSignedProblem("unreachable", { told, now: minutesLater(9) })).toBe(true);
  expect(isSignedProblem("unreachable", { told, now: minutesLater(10) })).toBe(false);
  expect(isSignedProblem("unreachable", { told, now: minutesLater(-1) })).toBe(false);
});

test("it tells no other word, and nothing that was made up tells any", () => {
  const told = signProblem("unreachable", now);
  expect(isSignedProblem("refused", { told, now })).toBe(false);
  const changed = `${told.slice(0, -2)}${told.at(-2) === "A" ? "B" : "A"}${told.at(-1)}`;
  for (const made of [
    undefined,
    "",
    "unreachable",
    changed,
    `${minutesLater(1).getTime().toString(36)}.${told.split(".")[1]}`,
    [told],
  ])
    expect(isSignedProblem("unreachable", { told: made, now: minutesLater(2) })).toBe(false);
});
