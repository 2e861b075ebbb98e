import { spawn } from "node:child_process";
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { createLedgerUrl, databaseProvider } from "../prisma/fresh-ledger";
import { runSql } from "../tools/database/postgres.mjs";
import { type Db, isDatabaseBusy, openDatabase } from "./database";
import { holdLock } from "./testing/hold-lock";

const supporter = (id: string) => ({ id, locale: "en", createdAt: new Date(0) });

const onSqlite = test.runIf(databaseProvider === "sqlite");
const onPostgres = test.runIf(databaseProvider === "postgresql");

onSqlite("opens a ledger with every setting that protects money", async () => {
  // Opens a new ledger, because the ledgers that other tests reuse do not wait for the disk.
  const db = await openDatabase(await createLedgerUrl());
  onTestFinished(() => db.$disconnect());
  expect(await db.$queryRaw`PRAGMA journal_mode`).toEqual([{ journal_mode: "wal" }]);
  expect(await db.$queryRaw`PRAGMA synchronous`).toEqual([{ synchronous: 2n }]);
  expect(await db.$queryRaw`PRAGMA foreign_keys`).toEqual([{ foreign_keys: 1n }]);
  expect(await db.$queryRaw`PRAGMA busy_timeout`).toEqual([{ timeout: 0n }]);
});

onSqlite("other work gets its turn during a long loop of queries, also in a snapshot", async () => {
  const db = await openEmptyLedger();
  const turnsDuring = async (query: () => Promise<unknown>) => {
    let turns = 0;
    let immediate = setImmediate(function count() {
      turns++;
      immediate = setImmediate(count);
    });
    for (let queries = 0; queries < 500; queries++) await query();
    clearImmediate(immediate);
    return turns;
  };
  expect(await turnsDuring(() => db.supporter.count())).toBeGreaterThan(1);
  expect(await db.$snapshot((tx) => turnsDuring(() => tx.supporter.count()))).toBeGreaterThan(1);
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
  let served = 0;
  const waiting = Array.from({ length: 50 }, () =>
    db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(0.02)`;
      served += 1;
    }),
  );
  await db.supporter.count();
  expect(served).toBeLessThan(25);
  await Promise.all(waiting);
});

onPostgres.each([
  ["synchronous_commit = off", "synchronous_commit is off"],
  ["TimeZone = 'Asia/Tokyo'", null],
])("checks the server's settings when opening the ledger: %s", async (setting, refusal) => {
  const url = await createLedgerUrl();
  await runSql(url, `ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET ${setting}`);
  if (refusal) return await expect(openDatabase(url)).rejects.toThrow(refusal);
  const db = await openDatabase(url);
  await db.supporter.create({ data: { ...supporter("east"), createdAt: new Date("2026-11-24T12:00:00.123Z") } });
  expect((await db.supporter.findFirstOrThrow()).createdAt).toEqual(new Date("2026-11-24T12:00:00.123Z"));
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
  const url = await createLedgerUrl();
  await countTo(30, await Promise.all([openDatabase(url), openDatabase(url), openDatabase(url)]));
});

onSqlite("a transaction waits while another process writes, and sees what that process wrote", async () => {
  const url = await createLedgerUrl();
  const db = await openDatabase(url);
  await db.rateLimitCount.create({ data: { key: "key", count: 0, expiresAt: new Date(0) } });
  const program = `const db = require("better-sqlite3")(${JSON.stringify(url.replace("file:", ""))});
    db.exec("BEGIN IMMEDIATE"); console.log("writing");
    setTimeout(() => db.exec("UPDATE RateLimitCount SET count = count + 1; COMMIT"), 300)`;
  const command = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  await once(command.stdout, "data");
  await addOne(db);
  expect((await db.rateLimitCount.findUniqueOrThrow({ where: { key: "key" } })).count).toBe(2);
});

onSqlite("while another process holds the lock, reads work, nothing blocks, and writes fail in the end", async () => {
  const url = await createLedgerUrl();
  const db = await openDatabase(url);
  const letGo = await holdLock(url);
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const writes = [
    ...Array.from({ length: 10 }, () => db.$transaction((tx) => tx.$executeRaw`DELETE FROM RateLimitCount`)),
    ...Array.from({ length: 10 }, (_, i) => db.supporter.create({ data: supporter(String(i)) })),
  ];
  const outcomes = Promise.allSettled(writes);
  expect(await db.supporter.count()).toBe(0);
  const codes = (await outcomes).map((outcome) => outcome.status === "rejected" && isDatabaseBusy(outcome.reason));
  delays.disable();
  await letGo();
  expect(new Set(codes)).toEqual(new Set([true]));
  // With SQLite's own busy_timeout, this process would have been blocked.
  expect(delays.max / 1e6).toBeLessThan(4_000);
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
  const url = await createLedgerUrl();
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
  const slow = db.$transaction(() => setTimeout(3_000));
  await expect(db.$transaction((tx) => tx.supporter.count())).resolves.toBe(0);
  await slow;
});
