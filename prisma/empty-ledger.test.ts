import { expect, test } from "vitest";
import { recordEvent } from "../domain/ledger/record";
import {
  sampleBalanceMovedFact,
  samplePaymentFactFromCharge,
  testOptionsForRecordingEvents,
} from "../domain/ledger/testing/books";
import type { Db } from "../systems/database";
import { openEmptyLedger } from "./empty-ledger";
import { testDatabaseProvider } from "./fresh-ledger";

const record = (db: Db) =>
  recordEvent(db, {
    ...testOptionsForRecordingEvents,
    eventId: "evt_1",
    type: "test",
    facts: [samplePaymentFactFromCharge, sampleBalanceMovedFact],
  });

/** Counts the rows of all tables, except those of the migrations. */
async function countRows(db: Db): Promise<number> {
  const tables =
    testDatabaseProvider === "sqlite"
      ? await db.$queryRaw<{ name: string }[]>`SELECT name FROM sqlite_schema WHERE type = 'table'`
      : await db.$queryRaw<{ name: string }[]>`SELECT tablename::text AS name FROM pg_tables
          WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`;
  expect(tables.length).toBeGreaterThan(15);
  let rows = 0;
  for (const { name } of tables) {
    const [found] = await db.$queryRawUnsafe<[{ count: bigint }]>(`SELECT count(*) AS count FROM "${name}"`);
    rows += Number(found.count);
  }
  return rows;
}

test("a returned ledger is empty for the next test, and its entries are protected again", async () => {
  const first = await openEmptyLedger();
  expect(await countRows(first)).toBe(0);
  await record(first);
  expect(await countRows(first)).toBeGreaterThan(5);
  await first.$disconnect();
  const second = await openEmptyLedger();
  expect(await countRows(second)).toBe(0);
  await record(second);
  await expect(second.entry.deleteMany()).rejects.toThrow();
  await expect(second.balanceEntry.updateMany({ data: { feeMinor: 0n } })).rejects.toThrow();
});

test("two ledgers at the same time are separate, and a returned ledger cannot be used", async () => {
  const [one, other] = [await openEmptyLedger(), await openEmptyLedger()];
  await record(one);
  expect(await countRows(other)).toBe(0);
  await one.$disconnect();
  expect(() => one.payment).toThrow("was returned");
});

test("a ledger that lost a trigger is not used again", async () => {
  const bare = await openEmptyLedger();
  const trigger = testDatabaseProvider === "postgresql" ? '"Entry_never_changed" ON "Entry"' : '"Entry_no_delete"';
  await bare.$executeRawUnsafe(`DROP TRIGGER ${trigger}`);
  await bare.$disconnect();
  const next = await openEmptyLedger();
  await record(next);
  await expect(next.entry.deleteMany()).rejects.toThrow();
});
