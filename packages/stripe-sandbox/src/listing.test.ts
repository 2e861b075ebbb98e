import { expect, test } from "vitest";
import { objectListSql, type StoredObjectsQuery } from "./listing";
import { MARK_BALANCE_PAID_OUT_SQL, SELECT_AVAILABLE_BALANCE } from "./tables/balance";
import { openDatabase } from "./tables/database";
import { SELECT_DUE_DELIVERIES } from "./webhooks/deliveries";

function planOf(text: string, values: unknown[]): string {
  const db = openDatabase(":memory:");
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[];
  db.close();
  return steps.map(({ detail }) => detail).join("; ");
}

function planOfList(query: StoredObjectsQuery): string {
  const { text, values } = objectListSql("acct_1", "charge", query);
  return planOf(text, values);
}

test("the objects of one payment, customer or subscription are found by its index, however many others there are", () => {
  expect(planOfList({ where: { payment_intent: "pi_1" }, limit: 10 })).toContain("INDEX objects_payment ");
  expect(planOfList({ where: { customer: "cus_1" }, limit: 10 })).toContain("INDEX objects_customer ");
  expect(planOfList({ where: { subscription: "sub_1" }, limit: 10 })).toContain("INDEX objects_subscription ");
});

test("a list of all objects is read in order, without sorting", () => {
  for (const where of [{}, { payment_intent: null }]) {
    expect(planOfList({ where, limit: 10 })).toContain("INDEX objects_by_time ");
    expect(planOfList({ where, limit: 10 })).not.toContain("TEMP B-TREE");
  }
});

test("a page reads only its own objects and its cursor, however many objects of the range come before it", () => {
  const seconds = Array.from({ length: 300 }, (_, index) => 1_000 + index);
  const created = { gte: 1_000, lte: 2_000 };
  for (const cursor of [{ startingAfter: "ch_1050" }, { endingBefore: "ch_1250" }])
    expect(countRead(seconds, { created, ...cursor, limit: 10 })).toBe(11);
});

/** Returns how many of the stored charges SQLite reads for the query. */
function countRead(seconds: number[], query: StoredObjectsQuery): number {
  const db = openDatabase(":memory:");
  const put = db.prepare("INSERT INTO objects (account, kind, id, created, json) VALUES (?, 'charge', ?, ?, '{}')");
  for (const second of seconds) put.run("acct_1", `ch_${second}`, second);
  let read = 0;
  db.function("read", (_id) => {
    read++;
    return 1;
  });
  const { text, values } = objectListSql("acct_1", "charge", {
    ...query,
    matching: { text: "read(created)", boundValues: [] },
  });
  db.prepare(text).all(...values);
  db.close();
  return read;
}

test("the next delivery is found by an index, without sorting the queue", () => {
  const plan = planOf(SELECT_DUE_DELIVERIES, ["we_1", 1, 1]);
  expect(plan).toContain("INDEX deliveries_next ");
  expect(plan).not.toContain("TEMP B-TREE");
});

test("the balance transactions of a payout are read in order, without sorting, from any cursor", () => {
  const where = { payout: "po_1" };
  for (const query of [{ where }, { where, startingAfter: "txn_1" }]) {
    const { text, values } = objectListSql("acct_1", "balance_transaction", { ...query, limit: 100 });
    expect(planOf(text, values)).toContain("INDEX objects_payout ");
    expect(planOf(text, values)).not.toContain("TEMP B-TREE");
  }
});

test("a payout reads only the available balance transactions that are not yet in a payout", () => {
  const index = "USING INDEX objects_unpaid (account=? AND <expr><?)";
  expect(planOf(SELECT_AVAILABLE_BALANCE, ["acct_1", 1])).toContain(index);
  expect(planOf(MARK_BALANCE_PAID_OUT_SQL, ["po_1", "acct_1", 1, "usd"])).toContain(index);
});
