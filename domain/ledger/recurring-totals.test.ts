import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { createFreshLedger, testDatabaseProvider } from "../../prisma/fresh-ledger";
import { type Db, openDatabase, type Tx } from "../../systems/database";
import { compareRecurringTotals } from "./check/recurring-totals";
import type { RecurringGiftAtStripe } from "./fact";
import { recordEvent } from "./record";
import { applyFetchedRecurringGiftState, requestRecurringGiftFetch } from "./recurring-gifts";
import { changeRecurringGift } from "./store/recurring-gifts";
import {
  readBooks,
  readRecurringTotals,
  sampleMonthlyGift,
  sampleNow,
  samplePaymentFactFromCheckout,
  sampleRecurringGiftChanged,
  testOptionsForRecordingEvents,
} from "./testing/books";

const GIFTS = 4;
const CHANGES = 12;

async function show(db: Db, state: Partial<RecurringGiftAtStripe>): Promise<void> {
  const { subscriptionId } = { ...sampleMonthlyGift, ...state };
  const { id } = await db.recurringGift.findUniqueOrThrow({ where: { subscriptionId } });
  await applyFetchedRecurringGiftState(db, {
    id,
    changeNumber: await requestRecurringGiftFetch(db, { id, fetchAfter: sampleNow }),
    state: { ...sampleMonthlyGift, ...state },
    options: testOptionsForRecordingEvents,
  });
}

function deliver(db: Db, state: Partial<RecurringGiftAtStripe>) {
  return recordEvent(db, {
    ...testOptionsForRecordingEvents,
    eventId: crypto.randomUUID(),
    type: "test",
    facts: [sampleRecurringGiftChanged(state)],
  });
}

test("the totals follow the amount, status and currency of a gift, and are empty after its end", async () => {
  const db = await openEmptyLedger();
  await deliver(db, { status: "starting" });
  expect(await readRecurringTotals(db)).toEqual([]);
  await show(db, {});
  expect(await readRecurringTotals(db)).toEqual(["USD monthly active 1 0 1000"]);
  await deliver(db, {});
  await show(db, { money: { amountMinor: 700, currency: "USD" } });
  expect(await readRecurringTotals(db)).toEqual(["USD monthly active 1 0 700"]);
  await show(db, { cancelAt: sampleNow });
  expect(await readRecurringTotals(db)).toEqual(["USD monthly active 1 1 1000"]);
  await show(db, { status: "past_due" });
  expect(await readRecurringTotals(db)).toEqual(["USD monthly past_due 1 0 1000"]);
  await show(db, { status: "paused" });
  expect(await readRecurringTotals(db)).toEqual(["USD monthly paused 1 0 1000"]);
  await show(db, { money: { amountMinor: 300, currency: "EUR" }, frequency: "yearly" });
  expect(await readRecurringTotals(db)).toEqual(["EUR yearly active 1 0 300"]);
  await deliver(db, { status: "canceled" });
  await show(db, {});
  expect(await readRecurringTotals(db)).toEqual([]);
});

test("gifts that change concurrently on two servers are each counted once", async () => {
  const url = await createFreshLedger();
  // On SQLite the two simulated servers share one connection, because a second connection would block the first.
  const one = await openDatabase(url);
  const dbs = [one, testDatabaseProvider === "sqlite" ? one : await openDatabase(url)];
  const work = Array.from({ length: GIFTS * CHANGES }, async (_, n) => {
    const db = dbs[n % 2] as Db;
    const state = {
      subscriptionId: `sub_${n % GIFTS}`,
      money: { amountMinor: 100 + n, currency: n % 3 ? ("USD" as const) : ("EUR" as const) },
      status: n % 5 ? ("active" as const) : ("past_due" as const),
      cancelAt: n % 7 ? null : sampleNow,
    };
    await deliver(db, state);
    await show(db, state);
  });
  await Promise.all(work);
  const gifts = (await readRecurringTotals(one)).map((row) => Number(row.split(" ")[3]));
  expect(gifts.reduce((sum, count) => sum + count, 0)).toBe(GIFTS);
  expect(await one.$transaction((tx) => compareRecurringTotals(tx, { repair: false }))).toEqual([]);
  await Promise.all(dbs.map((each) => each.$disconnect()));
});

/**
 * Returns once another transaction waits for a lock. PostgreSQL lists such transactions. On SQLite every call begins to
 * wait for the mutex immediately, so there is nothing to check.
 */
async function untilItWaits(tx: Tx): Promise<void> {
  if (testDatabaseProvider === "sqlite") return nextTurn();
  const findWaiting = () => tx.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_locks JOIN pg_database ON database = pg_database.oid WHERE datname = current_database() AND NOT granted`;
  while ((await findWaiting()).length === 0) await nextTurn();
}

test("a fetch request during another transaction on the same gift is not lost", async () => {
  const url = await createFreshLedger();
  const db = await openDatabase(url);
  const other = testDatabaseProvider === "sqlite" ? db : await openDatabase(url);
  await deliver(db, {});
  const { id, changesSeen } = await db.recurringGift.findFirstOrThrow();
  let noting: Promise<number> | undefined;
  await db.$transaction(async (tx) => {
    const row = await tx.recurringGift.findUniqueOrThrow({ where: { id } });
    noting = requestRecurringGiftFetch(other, { id, fetchAfter: sampleNow });
    await Promise.race([noting, untilItWaits(tx)]);
    await changeRecurringGift({ tx, timeZone: testOptionsForRecordingEvents.timeZone }, row, {
      changesSeen: row.changesSeen + 1,
    });
  });
  expect(await noting).toBe(changesSeen + 2);
  expect(await db.recurringGift.findFirst()).toMatchObject({ changesSeen: changesSeen + 2 });
  await Promise.all([db.$disconnect(), other.$disconnect()]);
});

test("a rolled-back change does not change the totals", async () => {
  const db = await openEmptyLedger();
  await deliver(db, {});
  await recordEvent(db, {
    ...testOptionsForRecordingEvents,
    eventId: "evt_1",
    type: "test",
    facts: [samplePaymentFactFromCheckout],
  });
  const before = await readBooks(db);
  expect(before.worth).toEqual(["USD monthly active 1 0 1000"]);
  const other = { ...samplePaymentFactFromCheckout, money: { amountMinor: 9, currency: "USD" as const } };
  const refused = {
    eventId: "evt_2",
    type: "test",
    facts: [sampleRecurringGiftChanged({ status: "canceled" }), other],
  };
  await expect(recordEvent(db, { ...testOptionsForRecordingEvents, ...refused })).rejects.toThrow("another amount");
  expect(await readBooks(db)).toEqual(before);
});
