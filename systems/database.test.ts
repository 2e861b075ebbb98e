import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { freshLedger, provider } from "../prisma/fresh-ledger";
import { runSql } from "../tools/postgres.mjs";
import { openDatabase } from "./database";

const supporter = (id: string) => ({ id, emailHash: id, emailSealed: "x", locale: "en", createdAt: new Date(0) });

const onSqlite = test.runIf(provider === "sqlite");
const onPostgres = test.runIf(provider === "postgresql");

onSqlite("opens with every setting that protects the money", async () => {
  const db = await openDatabase(await freshLedger());
  expect(await db.$queryRaw`PRAGMA journal_mode`).toEqual([{ journal_mode: "wal" }]);
  expect(await db.$queryRaw`PRAGMA synchronous`).toEqual([{ synchronous: 2n }]);
  expect(await db.$queryRaw`PRAGMA foreign_keys`).toEqual([{ foreign_keys: 1n }]);
  expect(await db.$queryRaw`PRAGMA busy_timeout`).toEqual([{ timeout: 5000n }]);
});

onPostgres("opens where the server keeps what it was given, and with serialisable transactions", async () => {
  const db = await openDatabase(await freshLedger());
  const level = await db.$transaction((tx) => tx.$queryRaw`SHOW transaction_isolation`);
  expect(level).toEqual([{ transaction_isolation: "serializable" }]);
});

onPostgres.each([
  ["synchronous_commit = off", "synchronous_commit is off"],
  ["TimeZone = 'Asia/Tokyo'", null],
])("looks at the server's own settings first: %s", async (setting, refusal) => {
  const url = await freshLedger();
  await runSql(url, `ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET ${setting}`);
  if (refusal) return await expect(openDatabase(url)).rejects.toThrow(refusal);
  const db = await openDatabase(url);
  await db.supporter.create({ data: { ...supporter("east"), createdAt: new Date("2026-11-24T12:00:00.123Z") } });
  expect((await db.supporter.findFirstOrThrow()).createdAt).toEqual(new Date("2026-11-24T12:00:00.123Z"));
});

test("a write of one request is never undone by another request's rollback", async () => {
  const db = await openDatabase(await freshLedger());
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

test("ten transactions that read and then write at the same time lose nothing", async () => {
  const db = await openDatabase(await freshLedger());
  await db.doorCount.create({ data: { key: "door", count: 0, expiresAt: new Date(0) } });
  const add = () =>
    db.$transaction(async (tx) => {
      const { count } = await tx.doorCount.findUniqueOrThrow({ where: { key: "door" } });
      await tx.doorCount.update({ where: { key: "door" }, data: { count: count + 1 } });
    });
  await Promise.all(Array.from({ length: 10 }, add));
  expect((await db.doorCount.findUniqueOrThrow({ where: { key: "door" } })).count).toBe(10);
});

onSqlite("a commit that the database refuses leaves no transaction open behind it", async () => {
  const url = await freshLedger();
  const db = await openDatabase(url);
  const refused = db.$transaction(async (tx) => {
    await tx.$executeRaw`PRAGMA defer_foreign_keys=ON`;
    await tx.$executeRaw`INSERT INTO Payment (id, status, amountMinor, currency, frequency, paidAt, recordedAt, giftId)
      VALUES ('p', 'succeeded', 1, 'USD', 'once', '2026', '2026', 'no such gift')`;
  });
  await expect(refused).rejects.toThrow();
  await db.supporter.create({ data: supporter("after") });
  expect(await db.$transaction((tx) => tx.supporter.count())).toBe(1);
  // Another connection sees what is committed and nothing else.
  const other = await openDatabase(url);
  expect(await other.supporter.count()).toBe(1);
  expect(await other.payment.count()).toBe(0);
});

test("a transaction waits for its turn as long as a burst may last", async () => {
  const db = await openDatabase(await freshLedger());
  const slow = db.$transaction(() => setTimeout(3_000));
  await expect(db.$transaction((tx) => tx.supporter.count())).resolves.toBe(0);
  await slow;
});
