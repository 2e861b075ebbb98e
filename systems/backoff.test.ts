import { expect, test } from "vitest";
import { nextFollowUpAttemptAt } from "./backoff";

const firstAskedAt = new Date("2026-11-24T12:00:00Z");

function minutesOf(key: string, retries: number): number[] {
  let now = firstAskedAt;
  return Array.from({ length: retries }, (_, attempts) => {
    now = nextFollowUpAttemptAt(key, { now, attempts });
    return (now.getTime() - firstAskedAt.getTime()) / 60_000;
  });
}

test("retries a debit without an invoice after 1, 10, 65 and 120 minutes", () => {
  expect(minutesOf("debit:pi_1", 4)).toEqual([1, 10, 65, 120]);
});

test("retries a payment's fee within seconds", () => {
  expect(minutesOf("payment:p1", 2)).toEqual([5 / 60, 15 / 60]);
});
