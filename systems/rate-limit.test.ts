import { beforeEach, expect, it } from "vitest";
import { emptyLedger } from "../prisma/empty-ledger";
import { freshLedger } from "../prisma/fresh-ledger";
import { type Db, openDatabase } from "./database";
import { consume, forgetExpiredCounts, type Knock } from "./rate-limit";

const now = new Date("2026-11-23T12:10:00Z");
let db: Db;

beforeEach(async () => {
  db = await emptyLedger();
});

function knock(more: Partial<Knock> = {}): Knock {
  const limits = [{ of: "address", who: "someone", most: 5 }];
  return { door: "sign-in", windowMinutes: 60, limits, secret: "a secret of the test", now, ...more };
}

it("lets exactly as many in as the limit says when fifty knock at once", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => consume(db, knock())));
  expect(answers.filter(Boolean)).toHaveLength(5);
  expect((await db.doorCount.findMany()).map((row) => row.count)).toEqual([50]);
});

it("counts the same on two connections to one ledger", async () => {
  const url = await freshLedger();
  const both = await Promise.all([openDatabase(url), openDatabase(url)]);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => consume(both[i % 2] as Db, knock())));
  expect(answers.filter(Boolean)).toHaveLength(5);
});

it("opens again in the next window, and another's count is another's", async () => {
  for (let i = 0; i < 6; i++) await consume(db, knock());
  expect(await consume(db, knock())).toBe(false);
  expect(await consume(db, knock({ limits: [{ of: "address", who: "someone else", most: 5 }] }))).toBe(true);
  expect(await consume(db, knock({ door: "give" }))).toBe(true);
  expect(await consume(db, knock({ now: new Date("2026-11-23T13:00:00Z") }))).toBe(true);
});

it("does not charge the house for a knock that was already refused", async () => {
  const limits = [
    { of: "client", who: "203.0.113.7", most: 1 },
    { of: "all", who: "*", most: 10 },
  ];
  for (let i = 0; i < 4; i++) await consume(db, knock({ limits }));
  const counts = (await db.doorCount.findMany()).map((row) => row.count).sort();
  expect(counts).toEqual([1, 4]);
});

it("keeps neither address nor e-mail, and forgets a window that is over", async () => {
  await consume(db, knock({ limits: [{ of: "client", who: "203.0.113.7", most: 1 }] }));
  expect(JSON.stringify(await db.doorCount.findMany())).not.toContain("203.0.113");
  await forgetExpiredCounts(db, new Date("2026-11-23T12:59:59Z"));
  expect(await db.doorCount.count()).toBe(1);
  await forgetExpiredCounts(db, new Date("2026-11-23T13:00:00Z"));
  expect(await db.doorCount.count()).toBe(0);
});
