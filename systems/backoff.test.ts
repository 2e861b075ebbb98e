import { expect, test } from "vitest";
import { followUpBackoff } from "./backoff";

const begun = new Date("2026-11-24T12:00:00Z");

/** Minutes after the first question at which the next ones are asked. */
function minutesOf(key: string, most: number): number[] {
  let now = begun;
  return Array.from({ length: most }, (_, attempts) => {
    now = followUpBackoff(key, { now, attempts });
    return (now.getTime() - begun.getTime()) / 60_000;
  });
}

test("a debit without an invoice is asked about three times more, the last time when an hour has passed", () => {
  expect(minutesOf("debit:pi_1", 4)).toEqual([1, 10, 65, 120]);
});

test("a payment's cost is asked for again in seconds", () => {
  expect(minutesOf("payment:p1", 2)).toEqual([5 / 60, 15 / 60]);
});
