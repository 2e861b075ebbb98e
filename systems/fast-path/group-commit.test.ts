import { expect, test } from "vitest";
import type { Fact } from "../../domain/ledger/fact";
import { recordEvents } from "../../domain/ledger/record";
import {
  samplePaymentFactFromCharge,
  samplePaymentFactFromCheckout,
  testOptionsForRecordingEvents,
} from "../../domain/ledger/testing/books";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { withReplacedDbMethods } from "../replaced-methods";
import { withGroupCommit } from "./group-commit";

function gift(n: number): Fact {
  return { ...samplePaymentFactFromCharge, paymentIntentId: `pi_${n}`, charge: { chargeId: `ch_${n}` } } as Fact;
}

async function openCounting(): Promise<{ db: Db; transactions: () => number }> {
  const db = await openEmptyLedger();
  let count = 0;
  const counted = new Proxy(db, {
    get(target, name) {
      if (name === "$transaction") count++;
      return Reflect.get(target, name, target);
    },
  });
  return { db: counted, transactions: () => count };
}

const recordInGroup = withGroupCommit(recordEvents);
const record = (db: Db, n: number, facts: Fact[]) =>
  recordInGroup(db, { ...testOptionsForRecordingEvents, eventId: `evt_${n}`, type: "charge.succeeded", facts });

test("events that arrive together share a transaction, and each is recorded once", async () => {
  const { db, transactions } = await openCounting();
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => record(db, n % 10, [gift(n % 10)])));
  // Each event is delivered twice. Its first delivery is recorded, and the second is a repetition.
  expect(outcomes).toEqual([...Array(10).fill("recorded"), ...Array(10).fill("repeated")]);
  expect(await db.payment.count()).toBe(10);
  expect(await db.entry.count()).toBe(10);
  expect(transactions()).toBeLessThanOrEqual(3);
  await db.$disconnect();
});

test("events that arrive in the same turn of the event loop share a transaction", async () => {
  const { db, transactions } = await openCounting();
  const letIn = (n: number) => new Promise((done) => setImmediate(() => done(record(db, n, [gift(n)]))));
  await Promise.all(Array.from({ length: 20 }, (_, n) => letIn(n)));
  expect(await db.payment.count()).toBe(20);
  expect(transactions()).toBeLessThanOrEqual(3);
  await db.$disconnect();
});

test("if the transaction cannot begin, all events of the group fail and none is retried alone", async () => {
  const { db, transactions } = await openCounting();
  const busy = Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" });
  const locked = withReplacedDbMethods(db, { $transaction: () => db.$transaction(() => Promise.reject(busy)) });
  const all = await Promise.allSettled([1, 2, 3].map((n) => record(locked, n, [gift(n)])));
  expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(transactions()).toBe(1);
  await db.$disconnect();
});

test("an event that cannot be recorded does not stop the others of its group, and leaves nothing behind", async () => {
  const { db } = await openCounting();
  await record(db, 100, [samplePaymentFactFromCheckout]);
  const otherAmount = { ...samplePaymentFactFromCheckout, money: { amountMinor: 1, currency: "EUR" } } as Fact;
  const all = [
    ...Array.from({ length: 5 }, (_, n) => record(db, n, [gift(n + 50)])),
    record(db, 6, [gift(60), otherAmount]),
  ];
  const settled = await Promise.allSettled(all);
  expect(settled.map(({ status }) => status)).toEqual([...Array(5).fill("fulfilled"), "rejected"]);
  expect(await db.payment.findUnique({ where: { paymentIntentId: "pi_60" } })).toBeNull();
  expect(await db.receivedEvent.findUnique({ where: { id: "evt_6" } })).toBeNull();
  expect(await db.payment.count()).toBe(6);
  await db.$disconnect();
});
