import { describe, expect, test } from "vitest";
import {
  billingIntervalOf,
  firstPeriodEndFrom,
  frequencyOf,
  frequencyOfPeriod,
  type IntervalUnit,
  isChargedAtMostTwiceAYear,
  isPaymentFrequency,
} from "./frequency";

const day = (text: string) => new Date(`${text}T10:00:00Z`);

test.each<[IntervalUnit, number, string]>([
  ["month", 1, "monthly"],
  ["year", 1, "yearly"],
  ["month", 12, "yearly"],
  ["month", 3, "every-3-month"],
  ["month", 24, "every-2-year"],
  ["week", 1, "every-1-week"],
  ["day", 14, "every-2-week"],
  ["day", 1, "every-1-day"],
])("an interval of a %s × %i has the frequency %s, which converts back", (interval, count, frequency) => {
  expect(frequencyOf({ interval, count })).toBe(frequency);
  expect(frequencyOf(billingIntervalOf(frequency))).toBe(frequency);
  expect(isPaymentFrequency(frequency)).toBe(true);
});

test("six months, 26 weeks and 183 days are charged at most twice a year, and shorter intervals more often", () => {
  const rare = ["yearly", "every-2-year", "every-6-month", "every-26-week", "every-183-day"];
  const frequent = ["monthly", "every-5-month", "every-25-week", "every-182-day"];
  expect([...rare, ...frequent].filter(isChargedAtMostTwiceAYear)).toEqual(rare);
});

test("other texts are not frequencies of recurring gifts", () => {
  for (const word of ["once", "weekly", "every-0-month", "every-3-months", "every--1-day", "monthlyx"])
    expect(() => billingIntervalOf(word)).toThrow(word);
  for (const word of ["weekly", "every-0-month", "every-3-months", ""]) expect(isPaymentFrequency(word)).toBe(false);
});

test.each([
  ["2026-11-20", "2026-12-20", "monthly"],
  ["2027-01-31", "2027-02-28", "monthly"],
  ["2027-02-28", "2027-03-31", "monthly"],
  ["2027-02-05", "2027-03-05", "monthly"],
  ["2027-01-05", "2027-02-02", "every-4-week"],
  ["2026-11-30", "2027-02-28", "every-3-month"],
  ["2024-02-29", "2025-02-28", "yearly"],
  ["2026-11-20", "2027-11-20", "yearly"],
  ["2026-11-20", "2028-11-20", "every-2-year"],
  ["2026-11-20", "2026-11-27", "every-1-week"],
  ["2026-11-20", "2026-11-21", "every-1-day"],
])("a period from %s to %s has the frequency %s", (start, end, frequency) => {
  expect(frequencyOfPeriod({ start: day(start), end: day(end) })).toBe(frequency);
});

describe("the first period end at or after a day", () => {
  test.each<[string, IntervalUnit, number, string, string]>([
    ["2026-12-20", "month", 1, "2026-12-20", "2026-12-20"],
    ["2026-12-20", "month", 1, "2026-12-21", "2027-01-20"],
    ["2026-12-20", "month", 3, "2027-05-01", "2027-06-20"],
    ["2026-12-20", "year", 1, "2026-12-21", "2027-12-20"],
    ["2026-12-20", "week", 2, "2026-12-21", "2027-01-03"],
  ])("after %s, every %s × %i, from %s on, is %s", (end, interval, count, from, expected) => {
    const period = {
      end: day(end),
      dayOfMonth: day(end).getUTCDate(),
      billingInterval: { interval, count },
      from: day(from),
    };
    expect(firstPeriodEndFrom(period)).toEqual(day(expected));
  });

  test("a gift charged on the 31st returns to the 31st after February", () => {
    const period = { end: day("2027-02-28"), dayOfMonth: day("2026-10-31").getUTCDate(), from: day("2027-03-01") };
    expect(firstPeriodEndFrom({ ...period, billingInterval: { interval: "month", count: 1 } })).toEqual(
      day("2027-03-31"),
    );
  });
});
