import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createFreshLedger, testDatabaseProvider } from "../../prisma/fresh-ledger";
import type { Db, Tx } from "../database";
import { openSqlite } from "../sqlite/open";

const supporter = (id: string) => ({ id, locale: "en", createdAt: new Date(0) });
const at = new Date("2026-11-24T12:00:00.123Z");
const money = { amountMinor: 500n, currency: "USD" };
const payment = (id: string) => ({ id, status: "succeeded", frequency: "once", ...money, paidAt: at, recordedAt: at });
const add = (tx: Tx, id: string) =>
  tx.$executeRaw`INSERT INTO "Supporter" ("id", "locale", "createdAt") VALUES (${id}, 'en', ${new Date(0)})`;

describe.runIf(testDatabaseProvider === "sqlite")("a transaction in SQLite", () => {
  let db: Db;

  beforeAll(async () => {
    db = await openSqlite(await createFreshLedger());
  });
  beforeEach(async () => {
    await db.supporter.deleteMany();
  });
  afterAll(() => db.$disconnect());

  test("a raw statement and a Prisma call share one transaction and see each other's writes", async () => {
    await db.$transaction(async (tx) => {
      await add(tx, "raw");
      await tx.supporter.create({ data: supporter("prisma") });
      expect(await tx.supporter.count()).toBe(2);
      expect(await tx.$queryRaw`SELECT "id" FROM "Supporter" ORDER BY "id"`).toEqual([{ id: "prisma" }, { id: "raw" }]);
    });
    const undone = db.$transaction(async (tx) => {
      await add(tx, "raw 2");
      await tx.supporter.create({ data: supporter("prisma 2") });
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    expect(await db.supporter.count()).toBe(2);
  });

  test("a raw statement returns the same types as Prisma", async () => {
    await db.payment.create({ data: { ...payment("large"), amountMinor: 9_007_199_254_740_993n } });
    const byPrisma = await db.payment.findMany();
    const raw = await db.$transaction((tx) => tx.$queryRaw`SELECT * FROM "Payment"`);
    expect(raw).toEqual(byPrisma);
    expect(raw).toEqual(await db.$queryRaw`SELECT * FROM "Payment"`);
  });

  test("a failed call of several statements is rolled back alone inside a transaction", async () => {
    await db.payment.create({ data: payment("p") });
    await db.$transaction(async (tx) => {
      await add(tx, "first");
      const clash = { ...supporter("second"), payments: { create: payment("p") } };
      await expect(tx.supporter.create({ data: clash })).rejects.toThrow();
      await add(tx, "third");
    });
    expect((await db.supporter.findMany()).map(({ id }) => id).toSorted()).toEqual(["first", "third"]);
  });

  test("calls in progress when a transaction fails are rolled back with it and do not run in the next one", async () => {
    const failing = db.$transaction((tx) =>
      Promise.all([
        tx.supporter.create({ data: supporter("half done") }),
        tx.supporter.create({ data: { ...supporter("with more"), payments: { create: payment("more") } } }),
        Promise.reject(new Error("undo")),
      ]),
    );
    const next = db.$transaction((tx) => tx.supporter.count());
    await expect(failing).rejects.toThrow("undo");
    expect(await next).toBe(0);
    expect(await db.supporter.count()).toBe(0);
  });

  test("overlapping calls of several statements in one transaction do not roll each other back", async () => {
    await db.payment.create({ data: payment("taken") });
    const [good, bad] = await db.$transaction((tx) =>
      Promise.allSettled([
        tx.supporter.create({ data: { ...supporter("good"), payments: { create: payment("free") } } }),
        tx.supporter.create({ data: { ...supporter("bad"), payments: { create: payment("taken") } } }),
      ]),
    );
    expect([good?.status, bad?.status]).toEqual(["fulfilled", "rejected"]);
    expect((await db.supporter.findMany()).map(({ id }) => id)).toEqual(["good"]);
    expect(await db.payment.count({ where: { id: "free", supporterId: "good" } })).toBe(1);
  });

  test("calls on a `tx` throw after its transaction has ended", async () => {
    const leaked = await db.$transaction(async (tx) => ({ tx, supporters: tx.supporter }));
    expect(() => leaked.supporters.create({ data: supporter("late") })).toThrow("has ended");
    expect(() => leaked.tx.supporter.count()).toThrow("has ended");
    expect(() => add(leaked.tx, "late")).toThrow("has ended");
    expect(await db.supporter.count()).toBe(0);
  });

  test("a transaction that takes too long is rolled back, its later calls throw, and the next one runs", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let late: Promise<unknown> | undefined;
      let begin = () => {};
      const begun = new Promise<void>((done) => (begin = done));
      const endless = db.$transaction(async (tx) => {
        await add(tx, "endless");
        const end = new Promise((done) => setTimeout(done, 20_000));
        late = end.then(() => add(tx, "late")).catch((error: unknown) => error);
        begin();
        await late;
      });
      const refused = expect(endless).rejects.toThrow("longer than 15000 ms");
      await begun;
      await vi.advanceTimersByTimeAsync(6_000);
      const next = db.$transaction((tx) => tx.supporter.count());
      await vi.advanceTimersByTimeAsync(9_000);
      await refused;
      expect(await next).toBe(0);
      await vi.advanceTimersByTimeAsync(6_000);
      expect(await late).toMatchObject({ message: "database: this transaction has ended" });
    } finally {
      vi.useRealTimers();
    }
    expect(await db.supporter.count()).toBe(0);
  });

  test("a transaction that waits too long for the mutex throws, does nothing, and does not block others", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let free = () => {};
      const long = db.$transaction(() => new Promise<void>((done) => (free = done)));
      let started = false;
      const impatient = db.$transaction(async () => {
        started = true;
      });
      const refused = expect(impatient).rejects.toThrow("no lock within 10000 ms");
      // Waits until both timers are set: one limits the work of the first transaction, the other limits how long the
      // second one waits for the mutex.
      while (vi.getTimerCount() < 2) await nextTurn();
      await vi.advanceTimersByTimeAsync(10_000);
      await refused;
      const next = db.$transaction((tx) => tx.supporter.count());
      free();
      await long;
      expect(await next).toBe(0);
      expect(started).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});
