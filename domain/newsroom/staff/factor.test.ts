import { expect, test } from "vitest";
import { isSecondFactorRecentEnough } from "./factor";

const now = new Date("2026-11-24T12:00:00Z");

test.each([
  ["just now", 0, true, true],
  ["four seconds ahead, by another server's clock", -4, true, true],
  ["a minute ahead", -60, false, false],
  ["ten minutes ago", 600, false, true],
  ["twelve hours ago", 12 * 3600, false, false],
])("a second factor that was entered %s", (_, secondsAgo, isFresh, isValid) => {
  const at = new Date(now.getTime() - secondsAgo * 1000);
  expect([
    isSecondFactorRecentEnough(at, { now, fresh: true }),
    isSecondFactorRecentEnough(at, { now, fresh: false }),
  ]).toEqual([isFresh, isValid]);
});

test("a second factor that was never entered is not valid", () => {
  expect(isSecondFactorRecentEnough(null, { now, fresh: false })).toBe(false);
});
