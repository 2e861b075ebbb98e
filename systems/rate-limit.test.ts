import { beforeEach, expect, it } from "vitest";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { createFreshLedger } from "../prisma/fresh-ledger";
import { type Db, openDatabase } from "./database";
import { type AttemptCountedByRateLimit, consumeRateLimit, deleteExpiredRateLimitCounts } from "./rate-limit";

const now = new Date("2026-11-23T12:10:00Z");
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
});

function attempt(more: Partial<AttemptCountedByRateLimit> = {}): AttemptCountedByRateLimit {
  const limits = [{ kind: "address", subject: "someone", max: 5 }];
  return { action: "sign-in", windowMinutes: 60, limits, secret: "a secret of the test", now, ...more };
}

it("allows exactly the limit out of fifty concurrent attempts", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => consumeRateLimit(db, attempt())));
  expect(answers.filter(Boolean)).toHaveLength(5);
  expect((await db.rateLimitCount.findMany()).map((row) => row.count)).toEqual([50]);
});

it("shares the count between two connections to one ledger", async () => {
  const url = await createFreshLedger();
  const both = await Promise.all([openDatabase(url), openDatabase(url)]);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => consumeRateLimit(both[i % 2] as Db, attempt())),
  );
  expect(answers.filter(Boolean)).toHaveLength(5);
});

it("counts per subject, action and window", async () => {
  for (let i = 0; i < 6; i++) await consumeRateLimit(db, attempt());
  expect(await consumeRateLimit(db, attempt())).toBe(false);
  expect(await consumeRateLimit(db, attempt({ limits: [{ kind: "address", subject: "someone else", max: 5 }] }))).toBe(
    true,
  );
  expect(await consumeRateLimit(db, attempt({ action: "give" }))).toBe(true);
  expect(await consumeRateLimit(db, attempt({ now: new Date("2026-11-23T13:00:00Z") }))).toBe(true);
});

it("counts a refused attempt only against the limits up to the one that refused it", async () => {
  const limits = [
    { kind: "client", subject: "203.0.113.7", max: 1 },
    { kind: "all", subject: "*", max: 10 },
  ];
  for (let i = 0; i < 4; i++) await consumeRateLimit(db, attempt({ limits }));
  const counts = (await db.rateLimitCount.findMany()).map((row) => row.count).sort();
  expect(counts).toEqual([1, 4]);
});

it("stores no client's IP address, and deletes the counts of past windows", async () => {
  await consumeRateLimit(db, attempt({ limits: [{ kind: "client", subject: "203.0.113.7", max: 1 }] }));
  expect(JSON.stringify(await db.rateLimitCount.findMany())).not.toContain("203.0.113");
  await deleteExpiredRateLimitCounts(db, new Date("2026-11-23T12:59:59Z"));
  expect(await db.rateLimitCount.count()).toBe(1);
  await deleteExpiredRateLimitCounts(db, new Date("2026-11-23T13:00:00Z"));
  expect(await db.rateLimitCount.count()).toBe(0);
});
