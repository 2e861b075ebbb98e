// Tests readings that are shared, that fail and that end late.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { emptyLedger } from "@/prisma/empty-ledger";
import { setLedger } from "@/systems/testing/runtime";
import { type KeptAnswer, keptAnswerOf } from "./kept-answer";

let kept: KeptAnswer<string>;
let readings: { answer: (word: string) => void; fail: (error: Error) => void }[];

beforeEach(async () => {
  setLedger(await emptyLedger());
  vi.useFakeTimers({ toFake: ["Date"] });
  [kept, readings] = [{}, []];
});
afterEach(() => {
  vi.useRealTimers();
});

function ask(): Promise<string> {
  return keptAnswerOf(kept, {
    forMs: 1_000,
    ask: () => new Promise((answer, fail) => readings.push({ answer, fail })),
  });
}

/** Not vi.waitFor(), which moves a faked clock. */
async function readingsBegun(count: number): Promise<void> {
  for (let turn = 0; turn < 20 && readings.length < count; turn++) await new Promise(setImmediate);
  expect(readings).toHaveLength(count);
}

test("callers share one kept answer until it is too old", async () => {
  const both = Promise.all([ask(), ask()]);
  await readingsBegun(1);
  readings[0]?.answer("first");
  expect(await both).toEqual(["first", "first"]);
  vi.setSystemTime(Date.now() + 999);
  expect(await ask()).toBe("first");
  vi.setSystemTime(Date.now() + 1);
  const next = ask();
  await readingsBegun(2);
  readings[1]?.answer("second");
  expect(await next).toBe("second");
});

test("an older reading that fails late does not remove the newer answer", async () => {
  const old = ask();
  await readingsBegun(1);
  vi.setSystemTime(Date.now() + 1_000);
  const fresh = ask();
  await readingsBegun(2);
  readings[1]?.answer("fresh");
  expect(await fresh).toBe("fresh");
  readings[0]?.fail(new Error("the ledger is away"));
  await expect(old).rejects.toThrow("away");
  expect(await ask()).toBe("fresh");
});

test("a failure is not kept as an answer", async () => {
  const failed = ask();
  await readingsBegun(1);
  readings[0]?.fail(new Error("the ledger is away"));
  await expect(failed).rejects.toThrow("away");
  const next = ask();
  await readingsBegun(2);
  readings[1]?.answer("back");
  expect(await next).toBe("back");
});

test("the question is asked again for another ledger, and after the clock was set back", async () => {
  const first = ask();
  await readingsBegun(1);
  readings[0]?.answer("first");
  await first;
  setLedger(await emptyLedger());
  const other = ask();
  await readingsBegun(2);
  readings[1]?.answer("other");
  expect(await other).toBe("other");
  vi.setSystemTime(Date.now() - 60_000);
  const earlier = ask();
  await readingsBegun(3);
  readings[2]?.answer("earlier");
  expect(await earlier).toBe("earlier");
});
