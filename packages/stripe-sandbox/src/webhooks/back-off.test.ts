import { expect, test } from "vitest";
import { isGivenUp, retryDelayMs } from "./back-off";

test("a delivery is given up as at Stripe: after three retries in test mode, after three days in live mode", () => {
  const asStripe = { baseMs: 1_000, tries: "as-stripe" } as const;
  expect([3, 4].map((tries) => isGivenUp(tries, asStripe, false))).toEqual([false, true]);
  expect([9, 10].map((tries) => isGivenUp(tries, asStripe, true))).toEqual([false, true]);
  expect([1, 2, 3].map((tries) => retryDelayMs(tries, asStripe))).toEqual([1_000, 2_000, 4_000]);
});
