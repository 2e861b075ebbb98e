import { describe, expect, test } from "vitest";
import { testPublication } from "../testing/test-publication";
import { epochDayOf } from "./experiment";
import { parseExperimentPlan, readPlanForm } from "./plan-form";

const now = new Date("2026-11-27T09:00:00Z");
const terms = { appeal: "first", variants: ["a", "b", "c"], publication: testPublication, now };
const whole: Record<string, string> = {
  ...{
    name: "Does a shorter banner bring more?",
    "share-a": "45",
    "share-b": "45",
    "share-c": "",
    "share-hold-out": "10",
  },
  ...{ currency: "USD", "rate-EUR": "1,0835", "rate-JPY": "", cap: "200", effect: "7.50", readers: "40,000" },
  "last-day": "2026-12-31",
};
const parse = (more: Record<string, string> = {}) =>
  parseExperimentPlan(
    readPlanForm((name) => ({ ...whole, ...more })[name] ?? null, terms),
    terms,
  );

test("a complete form becomes a plan", () => {
  expect(parse()).toEqual({
    kind: "plan",
    name: "Does a shorter banner bring more?",
    plan: {
      appeal: "first",
      arms: [
        { arm: "a", share: 45 },
        { arm: "b", share: 45 },
        { arm: "hold-out", share: 10 },
      ],
      currency: "USD",
      rates: { EUR: "1.0835" },
      capMinor: 20_000,
      plannedReaders: 40_000,
      // The form has the amount for 1,000 readers: $7.50.
      smallestEffectMinor: 0.75,
      lastDay: epochDayOf(new Date("2026-12-31")),
    },
  });
});

describe("the refusal names each invalid field", () => {
  test.each<[string, Record<string, string>, string[]]>([
    ["no name", { name: " " }, ["name"]],
    ["shares below 100", { "share-a": "40" }, ["shares"]],
    ["a share that is not a number", { "share-a": "45%" }, ["shares"]],
    ["only one arm", { "share-a": "100", "share-b": "", "share-hold-out": "" }, ["shares"]],
    ["only a hold-out", { "share-a": "", "share-b": "", "share-hold-out": "100" }, ["shares"]],
    ["a rate of zero", { "rate-EUR": "0" }, ["rates"]],
    ["a rate with words", { "rate-EUR": "about 1" }, ["rates"]],
    ["an unknown currency", { currency: "XYZ" }, ["cap", "effect"]],
    ["no cap", { cap: "" }, ["cap"]],
    ["no effect", { effect: "0" }, ["effect"]],
    ["too few readers", { readers: "99" }, ["readers"]],
    ["yesterday", { "last-day": "2026-11-26" }, ["lastDay"]],
    ["a day too far", { "last-day": "2027-02-26" }, ["lastDay"]],
    ["a day that does not exist", { "last-day": "2026-02-31x" }, ["lastDay"]],
    ["several invalid fields", { name: "", readers: "", cap: "-1" }, ["name", "cap", "readers"]],
  ])("%s", (_, more, fields) => {
    expect(parse(more)).toEqual({ kind: "refused", fields });
  });
});

test("the last day may be today or up to ninety days later", () => {
  for (const day of ["2026-11-27", "2027-02-25"]) expect(parse({ "last-day": day }).kind).toBe("plan");
});

test("an empty form reads as empty fields", () => {
  expect(readPlanForm(() => null, terms)).toMatchObject({
    name: "",
    shares: { a: "", "hold-out": "" },
    rates: { USD: "" },
  });
});
