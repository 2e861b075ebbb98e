import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { selectNewerActs } from "../domain/newsroom/staff/store/log";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { createFreshLedger, testDatabaseProvider } from "../prisma/fresh-ledger";
import { migrate } from "../tools/database/migrate.mjs";
import { databaseUrlOnSameServer, runSql } from "../tools/database/postgres.mjs";
import { type Db, isRetryableDatabaseError, openDatabase } from "./database";
import { holdDatabaseLock } from "./testing/hold-lock";

const supporter = (id: string) => ({ id, locale: "en", createdAt: new Date(0) });

const onSqlite = test.runIf(testDatabaseProvider === "sqlite");
const onPostgres = test.runIf(testDatabaseProvider === "postgresql");

/** Begins a transaction that lasts until `end` is called. Resolves once it has begun. */
async function holdTransaction(db: Db): Promise<{ held: Promise<void>; end: () => void }> {
  let end = () => {};
  let held: Promise<void> = Promise.resolve();
  await new Promise<void>((begun) => {
    held = db.$transaction(() => {
      begun();
      return new Promise<void>((done) => (end = done));
    });
  });
  return { held, end };
}

/** Returns the URL of a new ledger in whose database texts are sorted as in English, not by code points. */
async function createLedgerUrlInLanguage(): Promise<string> {
  const postgres = inject("postgres");
  if (!postgres) throw new Error("this test needs PostgreSQL");
  const name = `${postgres.template}_${crypto.randomUUID()}`;
  const locale = "LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C' ENCODING 'UTF8'";
  await runSql(postgres.url, `CREATE DATABASE "${name}" TEMPLATE template0 ${locale}`);
  const url = databaseUrlOnSameServer(postgres.url, name);
  await migrate(url);
  return url;
}

onSqlite("opens a ledger with every setting that protects money", async () => {
  // Opens a new ledger. The ledgers that tests reuse have other settings: they commit without waiting for the disk.
  const db = await openDatabase(await createFreshLedger());
  onTestFinished(() => db.$disconnect());
  expect(await db.$queryRaw`PRAGMA journal_mode`).toEqual([{ journal_mode: "wal" }]);
  expect(await db.$queryRaw`PRAGMA synchronous`).toEqual([{ synchronous: 2n }]);
  expect(await db.$queryRaw`PRAGMA foreign_keys`).toEqual([{ foreign_keys: 1n }]);
  expect(await db.$queryRaw`PRAGMA busy_timeout`).toEqual([{ timeout: 0n }]);
});

onSqlite("other work gets its turn during a long loop of queries, also in a snapshot", async () => {
  const db = await openEmptyLedger();
  // Repeats the query until other work on the event loop has run twice. Returns false if that has not happened after
  // 50,000 queries.
  const getsTwoTurns = async (query: () => Promise<unknown>) => {
    let turns = 0;
    let immediate = setImmediate(function count() {
      turns++;
      immediate = setImmediate(count);
    });
    for (let queries = 0; turns < 2 && queries < 50_000; queries++) await query();
    clearImmediate(immediate);
    return turns >= 2;
  };
  expect(await getsTwoTurns(() => db.supporter.count())).toBe(true);
  expect(await db.$snapshot((tx) => getsTwoTurns(() => tx.supporter.count()))).toBe(true);
});

onPostgres("limits how long a transaction may wait for a lock or stay idle", async () => {
  const db = await openEmptyLedger();
  const limits = await db.$transaction(async (tx) => [
    await tx.$queryRaw`SHOW lock_timeout`,
    await tx.$queryRaw`SHOW idle_in_transaction_session_timeout`,
  ]);
  expect(limits).toEqual([[{ lock_timeout: "10s" }], [{ idle_in_transaction_session_timeout: "15s" }]]);
});

onPostgres("reads committed data while fifty transactions wait for the mutex", async () => {
  const db = await openEmptyLedger();
  const { held: first, end } = await holdTransaction(db);
  const waiting = Array.from({ length: 50 }, () => db.$transaction((tx) => tx.supporter.count()));
  expect(await db.supporter.count()).toBe(0);
  end();
  await Promise.all([first, ...waiting]);
});

onPostgres.each([
  ["synchronous_commit = off", "synchronous_commit is off"],
  ["TimeZone = 'Asia/Tokyo'", null],
])("checks the server's settings when opening the ledger: %s", async (setting, refusal) => {
  const url = await createFreshLedger();
  await runSql(url, `ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET ${setting}`);
  if (refusal) return await expect(openDatabase(url)).rejects.toThrow(refusal);
  const db = await openDatabase(url);
  await db.supporter.create({ data: { ...supporter("east"), createdAt: new Date("2026-11-24T12:00:00.123Z") } });
  expect((await db.supporter.findFirstOrThrow()).createdAt).toEqual(new Date("2026-11-24T12:00:00.123Z"));
});

onPostgres("finds log entries by their subject in a database that sorts as English does", async () => {
  const url = await createLedgerUrlInLanguage();
  expect(await runSql(url, "SELECT 'a' < 'B' AS language")).toEqual([{ language: true }]);
  const db = await openDatabase(url);
  onTestFinished(() => db.$disconnect());
  const act = { at: new Date(0), by: "site", role: "admin", kind: "events-replayed", chain: "" };
  const subjects = ["payment:1", "payment:12", "payment:Zoe-1", "Payment:1", "payments:1", "staff:x"];
  await db.act.createMany({ data: subjects.map((about, n) => ({ ...act, number: n + 1, about })) });
  const found = async (about: string) => {
    const wanted = { by: null, kind: null, about, from: null, before: null };
    return (await selectNewerActs(db, wanted, { after: 0, limit: 10 })).map((row) => row.about);
  };
  expect(await found("payment:")).toEqual(["payment:1", "payment:12", "payment:Zoe-1"]);
  expect(await found("payment:1")).toEqual(["payment:1", "payment:12"]);
  expect(await found("payment:Zoe")).toEqual(["payment:Zoe-1"]);
});

test("one request's rollback never undoes another request's write", async () => {
  const db = await openEmptyLedger();
  let others: Promise<unknown> = Promise.resolve();
  const failing = db.$transaction(async (tx) => {
    await tx.supporter.create({ data: supporter("inside") });
    others = Promise.all(Array.from({ length: 20 }, (_, i) => db.supporter.create({ data: supporter(`other-${i}`) })));
    await tx.supporter.count();
    throw new Error("undo");
  });
  await expect(failing).rejects.toThrow("undo");
  await others;
  const ids = (await db.supporter.findMany()).map((row) => row.id);
  expect(ids).toHaveLength(20);
  expect(ids).not.toContain("inside");
});

test("ten concurrent read-then-write transactions do not lose an update", async () => {
  await countTo(10, [await openEmptyLedger()]);
});

onPostgres("thirty concurrent transactions of three instances do not lose an update", async () => {
  const url = await createFreshLedger();
  await countTo(30, await Promise.all([openDatabase(url), openDatabase(url), openDatabase(url)]));
});

onSqlite("a transaction waits while another process writes, and sees what that process wrote", async () => {
  const url = await createFreshLedger();
  const db = await openDatabase(url);
  await db.rateLimitCount.create({ data: { key: "key", count: 0, expiresAt: new Date(0) } });
  const program = `const db = require("better-sqlite3")(${JSON.stringify(url.replace("file:", ""))});
    db.exec("BEGIN IMMEDIATE"); console.log("writing");
    process.stdin.once("data", () => db.exec("UPDATE RateLimitCount SET count = count + 1; COMMIT"))`;
  const command = spawn(process.execPath, ["-e", program], { stdio: ["pipe", "pipe", "inherit"] });
  await once(command.stdout, "data");
  const added = addOne(db);
  // Waits until the transaction has tried once to begin, while the other process still holds the lock.
  await nextTurn();
  command.stdin.end("commit");
  await added;
  expect((await db.rateLimitCount.findUniqueOrThrow({ where: { key: "key" } })).count).toBe(2);
});

onSqlite("while another process holds the lock, reads work, nothing blocks, and writes fail in the end", async () => {
  const url = await createFreshLedger();
  const db = await openDatabase(url);
  const letGo = await holdDatabaseLock(url);
  vi.useFakeTimers({ toFake: ["performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const writes = [
    ...Array.from({ length: 10 }, () => db.$transaction((tx) => tx.$executeRaw`DELETE FROM RateLimitCount`)),
    ...Array.from({ length: 10 }, (_, i) => db.supporter.create({ data: supporter(String(i)) })),
  ];
  let settled = 0;
  for (const write of writes) void write.catch(() => (settled += 1));
  const read = db.supporter.count();
  for (let turn = 0; turn < 20; turn++) await delay(1);
  expect(settled).toBe(0);
  vi.advanceTimersByTime(3_001);
  const outcomes = await Promise.allSettled(writes);
  expect(
    outcomes.filter((outcome) => outcome.status === "rejected" && isRetryableDatabaseError(outcome.reason)),
  ).toHaveLength(20);
  expect(await read).toBe(0);
  await letGo();
  await db.supporter.create({ data: supporter("after") });
  expect(await db.supporter.count()).toBe(1);
});

function addOne(db: Db) {
  return db.$transaction(async (tx) => {
    const { count } = await tx.rateLimitCount.findUniqueOrThrow({ where: { key: "key" } });
    await tx.rateLimitCount.update({ where: { key: "key" }, data: { count: count + 1 } });
  });
}

async function countTo(target: number, instances: Db[]) {
  const [db] = instances as [Db];
  await db.rateLimitCount.create({ data: { key: "key", count: 0, expiresAt: new Date(0) } });
  await Promise.all(Array.from({ length: target }, (_, i) => addOne(instances[i % instances.length] as Db)));
  expect((await db.rateLimitCount.findUniqueOrThrow({ where: { key: "key" } })).count).toBe(target);
}

onSqlite("a commit that the database refuses leaves no transaction open", async () => {
  const url = await createFreshLedger();
  const db = await openDatabase(url);
  const refused = db.$transaction(async (tx) => {
    await tx.$executeRaw`PRAGMA defer_foreign_keys=ON`;
    await tx.$executeRaw`INSERT INTO Payment (id, status, amountMinor, currency, frequency, paidAt, recordedAt, giftId)
      VALUES ('p', 'succeeded', 1, 'USD', 'once', '2026', '2026', 'no such gift')`;
  });
  await expect(refused).rejects.toThrow();
  await db.supporter.create({ data: supporter("after") });
  expect(await db.$transaction((tx) => tx.supporter.count())).toBe(1);
  // Another connection sees only committed data.
  const other = await openDatabase(url);
  expect(await other.supporter.count()).toBe(1);
  expect(await other.payment.count()).toBe(0);
});

test("a transaction waits for the mutex longer than three seconds", async () => {
  const db = await openEmptyLedger();
  const { held, end } = await holdTransaction(db);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const next = db.$transaction((tx) => tx.supporter.count());
  await vi.advanceTimersByTimeAsync(3_001);
  end();
  await held;
  expect(await next).toBe(0);
});
