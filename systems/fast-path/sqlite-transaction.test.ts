import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { freshLedger, provider } from "../../prisma/fresh-ledger";
import type { Db, Tx } from "../database";
import { openSqlite } from "../sqlite/open";

const supporter = (id: string) => ({ id, locale: "en", createdAt: new Date(0) });
const at = new Date("2026-11-24T12:00:00.123Z");
const sum = { amountMinor: 500n, currency: "USD" };
const payment = (id: string) => ({ id, status: "succeeded", frequency: "once", ...sum, paidAt: at, recordedAt: at });
const add = (tx: Tx, id: string) =>
  tx.$executeRaw`INSERT INTO "Supporter" ("id", "locale", "createdAt") VALUES (${id}, 'en', ${new Date(0)})`;

describe.runIf(provider === "sqlite")("a transaction in SQLite", () => {
  let db: Db;

  beforeAll(async () => {
    db = await openSqlite(await freshLedger());
  });
  beforeEach(async () => {
    await db.supporter.deleteMany();
  });
  afterAll(() => db.$disconnect());

  test("a raw statement and a call of Prisma are in one transaction, and read one another", async () => {
    await db.$transaction(async (tx) => {
      await add(tx, "raw");
      await tx.supporter.create({ data: supporter("prisma") });
      expect(await tx.supporter.count()).toBe(2);
      expect(await tx.$queryRaw`SELECT "id" FROM "Supporter" ORDER BY "id"`).toEqual([{ id: "prisma" }, { id: "raw" }]);
    });
    const undone = db.$transaction(async (tx) => {
      await add(tx, "raw too");
      await tx.supporter.create({ data: supporter("prisma too") });
      throw new Error("undo");
    });
    await expect(undone).rejects.toThrow("undo");
    expect(await db.supporter.count()).toBe(2);
  });

  test("what a raw statement reads has the types that Prisma gives it", async () => {
    await db.payment.create({ data: { ...payment("large"), amountMinor: 9_007_199_254_740_993n } });
    const byPrisma = await db.payment.findMany();
    const raw = await db.$transaction((tx) => tx.$queryRaw`SELECT * FROM "Payment"`);
    expect(raw).toEqual(byPrisma);
    expect(raw).toEqual(await db.$queryRaw`SELECT * FROM "Payment"`);
  });

  test("a call that takes several statements is undone alone where it fails inside a transaction", async () => {
    await db.payment.create({ data: payment("p") });
    await db.$transaction(async (tx) => {
      await add(tx, "first");
      const clash = { ...supporter("second"), payments: { create: payment("p") } };
      await expect(tx.supporter.create({ data: clash })).rejects.toThrow();
      await add(tx, "third");
    });
    expect((await db.supporter.findMany()).map(({ id }) => id).toSorted()).toEqual(["first", "third"]);
  });

  test("what is under way when a transaction fails is undone with it, and is not in the next one", async () => {
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

  test("calls of several statements that overlap in one transaction do not undo each other", async () => {
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

  test("whoever keeps a transaction longer than it lasts is refused", async () => {
    const kept = await db.$transaction(async (tx) => ({ tx, supporters: tx.supporter }));
    expect(() => kept.supporters.create({ data: supporter("late") })).toThrow("has ended");
    expect(() => kept.tx.supporter.count()).toThrow("has ended");
    expect(() => add(kept.tx, "late")).toThrow("has ended");
    expect(await db.supporter.count()).toBe(0);
  });

  test("a transaction that does not end is undone, what it does after that is refused, and the next one has its turn", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let late: unknown;
      const endless = db.$transaction(async (tx) => {
        await add(tx, "endless");
        await setTimeout(50);
        await new Promise((done) => globalThis.setTimeout(done, 20_000));
        try {
          await add(tx, "late");
        } catch (error) {
          late = error;
        }
      });
      const refused = expect(endless).rejects.toThrow("longer than 15000 ms");
      await setTimeout(100);
      await vi.advanceTimersByTimeAsync(6_000);
      const next = db.$transaction((tx) => tx.supporter.count());
      await vi.advanceTimersByTimeAsync(9_000);
      await refused;
      expect(await next).toBe(0);
      await vi.advanceTimersByTimeAsync(6_000);
      await setTimeout(50);
      expect(late).toMatchObject({ message: "database: this transaction has ended" });
    } finally {
      vi.useRealTimers();
    }
    expect(await db.supporter.count()).toBe(0);
  });

  test("one that does not get its turn in time is refused, does nothing, and holds nobody up", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let free = () => {};
      const long = db.$transaction(() => new Promise<void>((done) => (free = done)));
      let began = false;
      const impatient = db.$transaction(async () => {
        began = true;
      });
      const refused = expect(impatient).rejects.toThrow("no lock within 10000 ms");
      await setTimeout(50);
      await vi.advanceTimersByTimeAsync(10_000);
      await refused;
      const next = db.$transaction((tx) => tx.supporter.count());
      free();
      await long;
      expect(await next).toBe(0);
      expect(began).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});
