import { expect, test } from "vitest";
import { formatDateAndTime } from "./format-time";

const at = new Date("2026-11-28T22:09:00Z");

test.each([
  ["en", {}, "Nov 29, 2026, 1:09\u00a0AM"],
  ["en", { timeStyle: "medium" }, "Nov 29, 2026, 1:09:00\u00a0AM"],
  ["en", { dateStyle: "full", timeStyle: "long" }, "Sunday, November 29, 2026 at 1:09:00\u00a0AM GMT+3"],
  ["en-GB", {}, "29 Nov 2026, 01:09"],
] as const)("a moment in %s with %j has no place within its time where a line may end", (locale, styles, text) => {
  expect(formatDateAndTime({ locale }, { at, timeZone: "Europe/Moscow", ...styles })).toBe(text);
});

test("a language that names the half of the day first keeps it with the time, too", () => {
  expect(formatDateAndTime({ locale: "ko" }, { at, timeZone: "Europe/Moscow" })).toMatch(
    /^2026\. 11\. 29\. \S+\u00a01:09$/,
  );
});
