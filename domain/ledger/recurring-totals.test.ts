import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { createFreshLedger, databaseProvider } from "../../prisma/fresh-ledger";
import { type Db, openDatabase, type Tx } from "../../systems/database";
import { compareRecurringTotals } from "./check/recurring-totals";
import type { RecurringState } from "./fact";
import { recordEvent } from "./record";
import { applyFetchedState, requestRecurringGiftFetch } from "./recurring-gifts";
import { changeRecurringGift } from "./store/recurring-gifts";
import {
  giftChanged,
  monthlyGiftState,
  now,
  readBooks,
  readRecurringTotals,
  recordEventOptions,
  samplePaymentFactFromCheckout,
} from "./testing/books";

const GIFTS = 4;
const CHANGES = 12;

async function show(db: Db, state: Partial<RecurringState>): Promise<void> {
  const { subscriptionId } = { ...monthlyGiftState, ...state };
  const { id } = await db.recurringGift.findUniqueOrThrow({ where: { subscriptionId } });
  await applyFetchedState(db, {
    id,
    changeNumber: await requestRecurringGiftFetch(db, { id, fetchAfter: now }),
    state: { ...monthlyGiftState, ...state },
    options: recordEventOptions,
  });
}

function deliver(db: Db, state: Partial<RecurringState>) {
  return recordEvent(db, {
    ...recordEventOptions,
    eventId: crypto.randomUUID(),
    type: "test",
    facts: [giftChanged(state)],
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
  await show(db, { cancelAt: now });
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
  const dbs = [one, databaseProvider === "sqlite" ? one : await openDatabase(url)];
  const work = Array.from({ length: GIFTS * CHANGES }, async (_, n) => {
    const db = dbs[n % 2] as Db;
    const state = {
      subscriptionId: `sub_${n % GIFTS}`,
      money: { amountMinor: 100 + n, currency: n % 3 ? ("USD" as const) : ("EUR" as const) },
      status: n % 5 ? ("active" as const) : ("past_due" as const),
      cancelAt: n % 7 ? null : now,
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
  if (databaseProvider === "sqlite") return nextTurn();
  const findWaiting = () => tx.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_locks JOIN pg_database ON database = pg_database.oid WHERE datname = current_database() AND NOT granted`;
  while ((await findWaiting()).length === 0) await nextTurn();
}

test("a fetch request during another transaction on the same gift is not lost", async () => {
  const url = await createFreshLedger();
  const db = await openDatabase(url);
  const other = databaseProvider === "sqlite" ? db : await openDatabase(url);
  await deliver(db, {});
  const { id, changesSeen } = await db.recurringGift.findFirstOrThrow();
  let noting: Promise<number> | undefined;
  await db.$transaction(async (tx) => {
    const row = await tx.recurringGift.findUniqueOrThrow({ where: { id } });
    noting = requestRecurringGiftFetch(other, { id, fetchAfter: now });
    await Promise.race([noting, untilItWaits(tx)]);
    await changeRecurringGift({ tx, timeZone: recordEventOptions.timeZone }, row, { changesSeen: row.changesSeen + 1 });
  });
  expect(await noting).toBe(changesSeen + 2);
  expect(await db.recurringGift.findFirst()).toMatchObject({ changesSeen: changesSeen + 2 });
  await Promise.all([db.$disconnect(), other.$disconnect()]);
});

test("a rolled-back change does not change the totals", async () => {
  const db = await openEmptyLedger();
  await deliver(db, {});
  await recordEvent(db, {
    ...recordEventOptions,
    eventId: "evt_1",
    type: "test",
    facts: [samplePaymentFactFromCheckout],
  });
  const before = await readBooks(db);
  expect(before.worth).toEqual(["USD monthly active 1 0 1000"]);
  const other = { ...samplePaymentFactFromCheckout, money: { amountMinor: 9, currency: "USD" as const } };
  const refused = { eventId: "evt_2", type: "test", facts: [giftChanged({ status: "canceled" }), other] };
  await expect(recordEvent(db, { ...recordEventOptions, ...refused })).rejects.toThrow("another amount");
  expect(await readBooks(db)).toEqual(before);
});
