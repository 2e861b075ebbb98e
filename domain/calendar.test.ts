import { describe, expect, test } from "vitest";
import { dayOn, joinNumbersToWordsWithNoBreakSpaces, localDateTimeAt, monthOn, parseLocalDateTime } from "./calendar";

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

describe("a form's date and time", () => {
  const ZONES = ["Europe/Moscow", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia"];

  test.each([
    ["2026-12-01T09:30", "Europe/Moscow", "2026-12-01T06:30:00.000Z"],
    ["2026-07-01T00:00", "America/New_York", "2026-07-01T04:00:00.000Z"],
    // The clocks change in both nights. On 29 March this local time does not exist, and on 25 October it occurs twice.
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ])("%s in %s is %s", (text, timeZone, moment) => {
    expect(parseLocalDateTime(text, timeZone)?.toISOString()).toBe(moment);
  });

  test.each([
    "",
    "2026-12-01",
    "2026-13-01T09:30",
    "2026-02-30T09:30",
    "2026-12-01T24:30",
    "2026-12-01T09:30Z",
    "soon",
  ])("%j is not a date and time", (text) => {
    expect(parseLocalDateTime(text, "Europe/Moscow")).toBeNull();
  });

  test("a moment converts to local time and back, throughout a year in several zones", () => {
    for (const timeZone of ZONES)
      for (let hour = 0; hour < 365 * 24; hour += 7) {
        const at = new Date(Date.UTC(2026, 0, 1, hour));
        const text = localDateTimeAt(at, timeZone);
        const back = parseLocalDateTime(text, timeZone);
        // If a local time occurs twice, parseLocalDateTime() returns the earlier moment, which can be an hour before
        // `at`.
        expect(back && [0, 3_600_000]).toContain(at.getTime() - (back?.getTime() ?? 0));
      }
  });
});

test("joins a number to the word after it, as Russian dates need", () => {
  expect(joinNumbersToWordsWithNoBreakSpaces("28 ноября 2026 г.")).toBe("28\u00a0ноября 2026\u00a0г.");
  expect(joinNumbersToWordsWithNoBreakSpaces("November 28, 2026")).toBe("November 28, 2026");
});
