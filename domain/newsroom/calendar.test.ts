import { describe, expect, test } from "vitest";
import { lastMonths, startOfDay, startOfMonth } from "./calendar";

const iso = (date: Date) => date.toISOString();

describe("a day begins", () => {
  test.each([
    ["Europe/Moscow", "2026-11-23T20:59:59Z", "2026-11-22T21:00:00.000Z"],
    ["Europe/Moscow", "2026-11-23T21:00:00Z", "2026-11-23T21:00:00.000Z"],
    ["UTC", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00.000Z"],
    ["Asia/Kathmandu", "2026-11-23T12:00:00Z", "2026-11-22T18:15:00.000Z"],
    ["Pacific/Kiritimati", "2026-11-23T09:59:59Z", "2026-11-22T10:00:00.000Z"],
  ])("at midnight in %s, seen from %s", (zone, now, expected) => {
    expect(iso(startOfDay(new Date(now), zone))).toBe(expected);
  });

  test.each([
    ["23 hours long", "Europe/Berlin", "2026-03-29T20:00:00Z", "2026-03-28T23:00:00.000Z"],
    ["25 hours long", "Europe/Berlin", "2026-10-25T22:30:00Z", "2026-10-24T22:00:00.000Z"],
    ["after a short one", "America/New_York", "2026-03-09T12:00:00Z", "2026-03-09T04:00:00.000Z"],
    ["before a long one", "America/New_York", "2026-10-31T12:00:00Z", "2026-10-31T04:00:00.000Z"],
    ["that has no midnight", "Africa/Cairo", "2026-04-24T12:00:00Z", "2026-04-23T22:00:00.000Z"],
    ["that has two midnights", "America/Havana", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00.000Z"],
  ])("rightly when it is %s (%s)", (_kind, zone, now, expected) => {
    expect(iso(startOfDay(new Date(now), zone))).toBe(expected);
  });
});

describe("a month", () => {
  test("begins on its first day by the newsroom's clock, not by UTC's", () => {
    expect(iso(startOfMonth(new Date("2026-10-31T21:30:00Z"), "Europe/Moscow"))).toBe("2026-10-31T21:00:00.000Z");
    expect(iso(startOfMonth(new Date("2026-11-01T03:59:00Z"), "America/New_York"))).toBe("2026-10-01T04:00:00.000Z");
  });

  test("ends where the next begins, over the year's end and both changes of the clock", () => {
    const months = lastMonths(12, { now: new Date("2027-02-03T12:00:00Z"), timeZone: "Europe/Berlin" });
    expect(months.map(({ year, month }) => `${year}-${month}`)).toEqual([
      ...["2026-3", "2026-4", "2026-5", "2026-6", "2026-7", "2026-8", "2026-9", "2026-10", "2026-11", "2026-12"],
      ...["2027-1", "2027-2"],
    ]);
    for (const [index, month] of months.entries()) {
      if (index > 0) expect(iso(months[index - 1]?.to ?? new Date(0))).toBe(iso(month.from));
    }
    expect(months.map(({ from }) => iso(from).slice(11, 13)).join(" ")).toBe("23 22 22 22 22 22 22 22 23 23 23 23");
  });
});
