import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { getCachedLedgerQueryResult } from "./cached-answer";
import type { LedgerQueryCache } from "./runtime";

let cache: LedgerQueryCache<string>;
let queries: { answer: (word: string) => void; fail: (error: Error) => void }[];

beforeEach(async () => {
  setRuntimeDatabase(await openEmptyLedger());
  vi.useFakeTimers({ toFake: ["Date"] });
  [cache, queries] = [{}, []];
});
afterEach(() => {
  vi.useRealTimers();
});

function ask(): Promise<string> {
  return getCachedLedgerQueryResult(cache, {
    forMs: 1_000,
    ask: () => new Promise((answer, fail) => queries.push({ answer, fail })),
  });
}

/** Waits until `count` queries have started. Does not use vi.waitFor(), because that advances a fake clock. */
async function queriesStarted(count: number): Promise<void> {
  for (let turn = 0; turn < 20 && queries.length < count; turn++) await new Promise(setImmediate);
  expect(queries).toHaveLength(count);
}

test("callers share one cached answer until it is too old", async () => {
  const both = Promise.all([ask(), ask()]);
  await queriesStarted(1);
  queries[0]?.answer("first");
  expect(await both).toEqual(["first", "first"]);
  vi.setSystemTime(Date.now() + 999);
  expect(await ask()).toBe("first");
  vi.setSystemTime(Date.now() + 1);
  const next = ask();
  await queriesStarted(2);
  queries[1]?.answer("second");
  expect(await next).toBe("second");
});

test("an older query that fails late does not remove the newer answer", async () => {
  const old = ask();
  await queriesStarted(1);
  vi.setSystemTime(Date.now() + 1_000);
  const fresh = ask();
  await queriesStarted(2);
  queries[1]?.answer("fresh");
  expect(await fresh).toBe("fresh");
  queries[0]?.fail(new Error("the ledger is unavailable"));
  await expect(old).rejects.toThrow("unavailable");
  expect(await ask()).toBe("fresh");
});

test("a failure is not cached", async () => {
  const failed = ask();
  await queriesStarted(1);
  queries[0]?.fail(new Error("the ledger is unavailable"));
  await expect(failed).rejects.toThrow("unavailable");
  const next = ask();
  await queriesStarted(2);
  queries[1]?.answer("back");
  expect(await next).toBe("back");
});

test("queries again for another ledger, and after the clock was set back", async () => {
  const first = ask();
  await queriesStarted(1);
  queries[0]?.answer("first");
  await first;
  setRuntimeDatabase(await openEmptyLedger());
  const other = ask();
  await queriesStarted(2);
  queries[1]?.answer("other");
  expect(await other).toBe("other");
  vi.setSystemTime(Date.now() - 60_000);
  const earlier = ask();
  await queriesStarted(3);
  queries[2]?.answer("earlier");
  expect(await earlier).toBe("earlier");
});
