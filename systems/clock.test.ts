import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { currentTime, syncClockWithStandIn } from "./clock";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const DAY_MS = 24 * 60 * 60 * 1000;
let bench: StandIn;

beforeAll(async () => {
  // Stops the machine's clock, so that a slow machine cannot change the difference between the site's clock and the
  // machine's clock. Stops it at a whole second, because the stand-in counts only whole seconds.
  vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / 1000) * 1000 });
  bench = await openStandIn();
  for (const [name, value] of Object.entries(testEnvironmentFor(bench))) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.useRealTimers();
  await bench.close();
});

function aheadMs(): number {
  return currentTime().getTime() - Date.now();
}

/**
 * Advances the clock of the Stripe account that the site uses in the stand-in.
 */
function advance(days: number): Promise<Response> {
  return fetch(`${bench.url}/_sandbox/advance`, {
    method: "POST",
    body: JSON.stringify({ key: "sk_test_bench", days }),
  });
}

test("follows the Stripe stand-in's time", async () => {
  await syncClockWithStandIn();
  const before = aheadMs();
  expect((await advance(71)).status).toBe(200);
  await syncClockWithStandIn();
  expect(aheadMs() - before).toBe(71 * DAY_MS);
});

test("does not go back because the stand-in's answer took longer", async () => {
  await syncClockWithStandIn();
  const before = currentTime().getTime();
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", async (...args: Parameters<typeof fetch>) => {
    const response = await fetch(...args);
    vi.setSystemTime(Date.now() + 900);
    return response;
  });
  await syncClockWithStandIn();
  vi.unstubAllGlobals();
  expect(currentTime().getTime() - before).toBe(900);
});

test("keeps the clock unchanged if the Stripe stand-in does not respond", async () => {
  const before = aheadMs();
  await bench.close();
  await syncClockWithStandIn();
  expect(aheadMs()).toBe(before);
});
