import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type RefreshState, refreshCacheIfOld } from "./keep-fresh";
import { log } from "./log";

let state: RefreshState;
let callCount = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  vi.spyOn(log, "error").mockImplementation(() => {});
  state = { refreshedAtMs: Number.NEGATIVE_INFINITY, isUnavailable: false };
  callCount = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const refreshWith = (answer: () => Promise<void>) =>
  refreshCacheIfOld(state, {
    refresh: () => {
      callCount += 1;
      return answer();
    },
    failureMessage: "the source is unavailable",
  });

/** Simulates a minute with ten readers a second. */
async function aMinute(answer: () => Promise<void>): Promise<void> {
  for (let time = 0; time < 600; time++) {
    void refreshWith(answer);
    await vi.advanceTimersByTimeAsync(100);
  }
}

test("a refresh that never ends is logged once, and only one more is started meanwhile", async () => {
  await aMinute(() => new Promise(() => {}));
  expect(callCount).toBe(2);
  expect(vi.mocked(log.error).mock.calls.map(([, words]) => words)).toEqual(["the source is unavailable"]);
});

test("once late refreshes have ended, new ones start, and a success resets the failure", async () => {
  const ends: (() => void)[] = [];
  await aMinute(() => new Promise((end) => ends.push(end)));
  for (const end of ends) end();
  await aMinute(async () => {});
  expect(callCount).toBeGreaterThan(100);
  expect(state).toMatchObject({ isUnavailable: false, overdueRefreshes: 0 });
  await aMinute(() => Promise.reject(new Error("again")));
  expect(log.error).toHaveBeenCalledTimes(2);
});

test("a reader waits for a refresh at most 150 ms", async () => {
  let isDone = false;
  void refreshWith(() => new Promise(() => {})).then(() => {
    isDone = true;
  });
  await vi.advanceTimersByTimeAsync(149);
  expect(isDone).toBe(false);
  await vi.advanceTimersByTimeAsync(2);
  expect(isDone).toBe(true);
});
