// Tests the follow-ups that ask Stripe about bank debits. Another product on the same account can have many debits. The
// site must ask Stripe about these, too, because only Stripe knows that they are not ours.
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../../systems/database";
import type { Fact } from "./fact";
import { recordEvent } from "./record";
import { listDueFollowUps } from "./store/follow-ups";
import {
  sampleNow,
  samplePaymentFactFromCharge,
  sampleRefundReported,
  testOptionsForRecordingEvents,
} from "./testing/books";

let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
});
afterEach(() => db.$disconnect());

const debit = (n: number): Fact => ({ kind: "debit-reported", paymentIntentId: `pi_debit_${n}` });
const deliver = (eventId: string, facts: Fact[], at = sampleNow) =>
  recordEvent(db, { ...testOptionsForRecordingEvents, now: at, eventId, type: "charge.pending", facts });
const keysDue = async (limit: number) => (await listDueFollowUps(db, { now: sampleNow, limit })).map(({ key }) => key);

test("queues a question to Stripe about a debit that may be ours, and the debit's event counts as irrelevant", async () => {
  expect(await deliver("evt_1", [debit(1)])).toBe("irrelevant");
  expect(await db.receivedEvent.findMany()).toMatchObject([{ id: "evt_1", outcome: "irrelevant" }]);
  expect(await keysDue(10)).toEqual(["debit:pi_debit_1"]);
  expect(await deliver("evt_2", [debit(2), samplePaymentFactFromCharge])).toBe("recorded");
});

test("questions about debits come after all others, even if they have waited longer", async () => {
  const before = (minutes: number) => new Date(sampleNow.getTime() - minutes * 60_000);
  await deliver("evt_1", [debit(1)], before(30));
  await deliver("evt_2", [debit(2)], before(40));
  await deliver("evt_3", [samplePaymentFactFromCharge, sampleRefundReported("re_1", 300)], before(1));
  const payment = await db.payment.findFirstOrThrow();
  const ours = [`payment:${payment.id}`, "refund:re_1"];
  expect((await keysDue(2)).sort()).toEqual(ours);
  const all = await keysDue(3);
  expect([all.slice(0, 2).sort(), all[2]]).toEqual([ours, "debit:pi_debit_2"]);
  expect((await keysDue(10)).slice(2)).toEqual(["debit:pi_debit_2", "debit:pi_debit_1"]);
});
