// Tests the live appeal with two instances of the site. The other instance is a second connection to the same ledger.
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAppeal, saveAppealPart, takeEditLock } from "../../domain/appeal/edit-appeal";
import { endAppeal } from "../../domain/appeal/end-appeal";
import { publishAppeal } from "../../domain/appeal/publish-appeal";
import { exampleContent, exampleWords } from "../../domain/appeal/testing/example-appeal";
import { createFreshLedger } from "../../prisma/fresh-ledger";
import { currentTime } from "../clock";
import { getFirstAppealVariant, listArticles } from "../content";
import { type Db, openDatabase } from "../database";
import { setRuntime, setRuntimeDatabase } from "../testing/runtime";
import { testEnvironmentFor } from "../testing/stripes-books";
import { getKnownVariantCheck } from "./known-variants";
import { getCacheKeysOfAppealPages } from "./live-appeal";
import { findReaderAppeal, getReaderAppeal } from "./reader-appeal";
import { seedFirstAppeal } from "./seed";

Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }));

let ours: Db;
let other: Db;
const recordAct = async () => {};
const by = () => ({ by: "staff_1", now: currentTime(), recordAct });

beforeEach(async () => {
  const url = await createFreshLedger();
  [ours, other] = await Promise.all([openDatabase(url), openDatabase(url)]);
  setRuntimeDatabase(ours);
  setRuntime({ liveAppeal: undefined, clockAheadMs: 0 });
  // With real timers, a slow machine could reach the maximum time that a reader waits for the ledger. So the timers are
  // fake.
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all([ours.$disconnect(), other.$disconnect()]);
});

function aSecondPasses(): void {
  vi.advanceTimersByTime(1_000);
}

async function headline(): Promise<string | undefined> {
  return (await findReaderAppeal("en"))?.variants[0].headline;
}

async function publishOther(
  headline: string,
  { base, startsAt = null }: { base: number; startsAt?: Date | null },
): Promise<void> {
  const id = getFirstAppealVariant("en").id;
  await takeEditLock(other, { id, takeoverReason: "", ...by() });
  await saveAppealPart(other, { id, base, ...by(), value: { part: "words/a/en", words: exampleWords({ headline }) } });
  await publishAppeal(other, { id, version: base + 1, startsAt, endsAt: null, languages: ["en"], ...by() });
}

/** Lets the maximum wait of a reader (150 ms) pass, and returns the headline that the reader got. */
async function headlineAfterWait(): Promise<string | undefined> {
  const answer = headline();
  await vi.advanceTimersByTimeAsync(150);
  return answer;
}

test("a new ledger gets the appeal of content/appeals/, live at once, and only once if two instances start together", async () => {
  await Promise.all([seedFirstAppeal(ours), seedFirstAppeal(other)]);
  await seedFirstAppeal(ours);
  expect(await ours.appeal.count()).toBe(1);
  const { variants } = await getReaderAppeal("en");
  expect(variants[0]).toEqual(getFirstAppealVariant("en"));
  expect(await ours.act.findMany({ select: { by: true, kind: true } })).toEqual([
    { by: "site", kind: "appeal-published" },
  ]);
});

test("a change that another instance publishes is seen within a second, even by the first reader after a pause", async () => {
  await seedFirstAppeal(other);
  expect(await headline()).toBe(getFirstAppealVariant("en").headline);
  const before = await getCacheKeysOfAppealPages();
  await publishOther("Now", { base: 1 });
  aSecondPasses();
  expect(await headline()).toBe("Now");
  const { appeal, goalProgress } = await getCacheKeysOfAppealPages();
  expect([appeal === before.appeal, goalProgress === before.goalProgress]).toEqual([false, false]);
  await endAppeal(other, { id: getFirstAppealVariant("en").id, ...by() });
  aSecondPasses();
  expect([await findReaderAppeal("en"), await getCacheKeysOfAppealPages()]).toEqual([
    null,
    { appeal: "none", goalProgress: "none" },
  ]);
  // The page with the gift form must always show an appeal.
  expect((await getReaderAppeal("en")).variants[0].headline).toBe(getFirstAppealVariant("en").headline);
});

test("the ledger is not queried while no reader comes, and once a second for a thousand readers", async () => {
  await seedFirstAppeal(other);
  let queries = 0;
  setRuntimeDatabase(
    new Proxy(ours, {
      get(target, name) {
        if (name === "appealChange") queries += 1;
        return Reflect.get(target, name);
      },
    }),
  );
  await Promise.all(Array.from({ length: 1_000 }, headline));
  expect(queries).toBe(1);
  aSecondPasses();
  expect(queries).toBe(1);
  await Promise.all(Array.from({ length: 1_000 }, headline));
  expect(queries).toBe(2);
});

test("an appeal starts and ends on time, although no row in the ledger changes then", async () => {
  const id = "drive";
  await seedFirstAppeal(other);
  await other.$transaction((tx) => createAppeal(tx, { id, name: id, content: exampleContent(), kind: "copied" }, by()));
  const startsAt = new Date(currentTime().getTime() + 60_000);
  await publishAppeal(other, {
    id,
    version: 1,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 60_000),
    languages: ["en"],
    ...by(),
  });
  const seen = [];
  for (const aheadMs of [0, 61_000, 121_000]) {
    setRuntime({ clockAheadMs: aheadMs });
    seen.push((await findReaderAppeal("en"))?.variants[0].id);
  }
  const usual = getFirstAppealVariant("en").id;
  expect(seen).toEqual([usual, id, usual]);
});

test.each([
  ["refuses every connection", () => Promise.reject<Db>(Object.assign(new Error("no answer"), { code: "P1001" }))],
  ["does not answer at all", () => new Promise<Db>(() => {})],
])(
  "while the ledger %s, readers get the last known appeal, or after a restart that of content/appeals/; only the first one waits",
  async (_, away) => {
    await seedFirstAppeal(other);
    await publishOther("Known", { base: 1 });
    expect(await headline()).toBe("Known");
    const gone = away();
    gone.catch(() => {});
    setRuntime({ database: gone });
    aSecondPasses();
    expect(await headlineAfterWait()).toBe("Known");
    // These calls advance no timer. So they would hang if they waited for the ledger.
    for (let readers = 1; readers <= 20; readers++) expect(await headline()).toBe("Known");
    setRuntime({ liveAppeal: undefined });
    expect(await headlineAfterWait()).toBe(getFirstAppealVariant("en").headline);
    expect(await getCacheKeysOfAppealPages()).toEqual({ appeal: "files", goalProgress: "files" });
    for (let readers = 1; readers <= 20; readers++) expect(await headline()).toBe(getFirstAppealVariant("en").headline);
  },
);

test("the ledger is read again once it is available", async () => {
  await seedFirstAppeal(other);
  expect(await headline()).toBeDefined();
  const unavailable = Promise.reject(new Error("unavailable"));
  unavailable.catch(() => {});
  setRuntime({ database: unavailable });
  aSecondPasses();
  await headline();
  await publishOther("Back", { base: 1 });
  setRuntimeDatabase(ours);
  // The first call of headline() after a failure starts a refresh, but does not wait for it. So the test calls
  // headline() until the refresh has finished.
  aSecondPasses();
  while ((await headline()) !== "Back") await delay(10);
});

test("a goal's progress is what the ledger kept in one currency between two days, rounded down", async () => {
  const [article] = listArticles();
  const goal = {
    amount: "1000",
    currency: "USD" as const,
    from: "2026-12-01",
    until: "2026-12-31",
    counts: "currency" as const,
  };
  const content = exampleContent({ goal, quiet: { sections: [], articles: [article?.id ?? ""] } });
  await other.$transaction((tx) => createAppeal(tx, { id: "goal", name: "goal", content, kind: "first" }, by()));
  await publishAppeal(other, { id: "goal", version: 1, startsAt: null, endsAt: null, languages: ["en"], ...by() });
  const day = { period: "day", by: "frequency", value: "once", currency: "USD", settledCurrency: "" };
  const rows = [
    { ...day, start: "2026-11-30", grossMinor: 90_000n },
    { ...day, start: "2026-12-01", grossMinor: 30_000n, refundedMinor: 4_000n },
    {
      ...day,
      start: "2026-12-31",
      value: "monthly",
      grossMinor: 10_000n,
      disputedMinor: 1_001n,
      pendingMinor: 50_000n,
    },
    { ...day, start: "2027-01-01", grossMinor: 90_000n },
    { ...day, start: "2026-12-05", currency: "EUR", grossMinor: 90_000n },
    { ...day, start: "2026-12-05", by: "article", value: "a", grossMinor: 90_000n },
    { ...day, start: "2026-12", period: "month", grossMinor: 90_000n },
  ];
  await other.total.createMany({ data: rows });
  // 300 − 40 + 100 − 10.01 = 349.99
  expect((await getReaderAppeal("en")).progress).toMatchObject({
    kept: { amountMinor: 34_000, currency: "USD" },
    percent: 34,
  });
  // The appeal's `quiet` list names this article.
  expect(await findReaderAppeal("en", article)).toBeNull();
});

test("a goal that counts all currencies converts them at the rates of staff's own sums, and names the day of the rates", async () => {
  const goal = {
    amount: "1000",
    currency: "USD" as const,
    from: "2026-12-01",
    until: "2026-12-31",
    counts: "all" as const,
  };
  await other.$transaction((tx) =>
    createAppeal(tx, { id: "goal", name: "goal", content: exampleContent({ goal }), kind: "first" }, by()),
  );
  await publishAppeal(other, { id: "goal", version: 1, startsAt: null, endsAt: null, languages: ["en"], ...by() });
  const total = { by: "frequency", value: "once", settledCurrency: "" };
  const day = { ...total, period: "day", start: "2026-12-05" };
  // Stripe settled 110 dollars for 100 euros.
  const rate = {
    currency: "EUR",
    settledCurrency: "USD",
    settledPayments: 1,
    settledMinor: 10_000n,
    settledGrossMinor: 11_000n,
  };
  await other.total.createMany({
    data: [
      { ...day, currency: "USD", grossMinor: 10_000n },
      { ...day, currency: "EUR", grossMinor: 10_000n, refundedMinor: 1_000n },
      // No exchange rate is known for yen, so this amount in yen is not counted.
      { ...day, currency: "JPY", grossMinor: 10_000n },
      { ...day, start: "2026-12-04", ...rate },
      { ...total, period: "month", start: "2026-12", ...rate },
    ],
  });
  // 100 + 90 × 1.1 = 199
  expect((await getReaderAppeal("en")).progress).toMatchObject({
    kept: { amountMinor: 19_000, currency: "USD" },
    oldestRateDay: "2026-12-04",
  });
});

test("a device's report may name the variants of every published appeal and of content/appeals/", async () => {
  await seedFirstAppeal(other);
  const content = exampleContent({ variants: ["a", "b"].map((id) => ({ id, words: { en: exampleWords() } })) });
  await other.$transaction((tx) => createAppeal(tx, { id: "two", name: "two", content, kind: "copied" }, by()));
  await publishAppeal(other, { id: "two", version: 1, startsAt: null, endsAt: null, languages: ["en"], ...by() });
  const { id, variant } = getFirstAppealVariant("en");
  const isKnown = await getKnownVariantCheck();
  expect([isKnown("two", "b"), isKnown(id, variant), isKnown("two", "c"), isKnown("three", "a")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
