import { expect, test } from "vitest";
import { dayOn, lastMonths, monthOn } from "./calendar";

test.each([
  ["Europe/Moscow", "2026-11-23T20:59:59Z", "2026-11-23"],
  ["Europe/Moscow", "2026-11-23T21:00:00Z", "2026-11-24"],
  ["UTC", "2026-11-23T00:00:00Z", "2026-11-23"],
  ["Asia/Kathmandu", "2026-11-23T18:14:59Z", "2026-11-23"],
  ["Pacific/Kiritimati", "2026-11-23T10:00:00Z", "2026-11-24"],
  ["Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-25"],
  ["Europe/Berlin", "2026-10-25T23:00:00Z", "2026-10-26"],
])("in %s the day at %s is %s", (zone, at, day) => {
  expect(dayOn(new Date(at), zone)).toBe(day);
  expect(monthOn(new Date(at), zone)).toBe(day.slice(0, 7));
});

test("the last twelve months cross the turn of the year and follow the time zone", () => {
  // At this moment it is February already in Berlin.
  const months = lastMonths(12, { now: new Date("2027-01-31T23:30:00Z"), timeZone: "Europe/Berlin" });
  expect(months.map(({ year, month }) => `${year}-${month}`)).toEqual([
    ...["2026-3", "2026-4", "2026-5", "2026-6", "2026-7", "2026-8", "2026-9", "2026-10", "2026-11", "2026-12"],
    ...["2027-1", "2027-2"],
  ]);
});
