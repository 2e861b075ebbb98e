import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../../systems/database";
import type { Fact, PaymentStatus } from "./fact";
import { recordEvent, recordFacts } from "./record";
import {
  sampleNow,
  samplePaymentFactFromCharge,
  samplePaymentFactFromCheckout,
  sampleRecurringPaymentFact,
  sampleSubscriptionCheckoutClosed,
  testIdentityCrypto,
  testOptionsForRecordingEvents,
} from "./testing/books";

const DAY_MS = 86_400_000;
const later = (days: number) => new Date(sampleNow.getTime() + days * DAY_MS);

let db: Db;
let events = 0;

beforeEach(async () => {
  db = await openEmptyLedger();
});
afterEach(() => db.$disconnect());

function deliver(fact: Fact, at = sampleNow) {
  events += 1;
  return recordEvent(db, {
    ...testOptionsForRecordingEvents,
    eventId: `evt_${events}`,
    type: "test",
    facts: [fact],
    now: at,
  });
}

const single = (status: PaymentStatus): Fact => ({ ...samplePaymentFactFromCheckout, status });
const recurring = (status: PaymentStatus, more: object = {}): Fact => ({
  ...sampleRecurringPaymentFact,
  status,
  ...more,
});
const kinds = async () => (await db.outboxMail.findMany({ orderBy: { kind: "asc" } })).map(({ kind }) => kind);

for (const [name, debit] of [
  ["a single gift", single],
  ["a recurring gift", recurring],
] as const)
  test(`${name}: one mail when a bank debit begins, and one when it bounces`, async () => {
    for (let time = 0; time < 3; time++) await deliver(debit("pending"));
    expect(await kinds()).toEqual(["debit-pending"]);
    for (let time = 0; time < 3; time++) await deliver(debit("failed"), later(9));
    await deliver(debit("pending"), later(9));
    expect(await kinds()).toEqual(["debit-bounced", "debit-pending"]);
    const [mail] = await db.outboxMail.findMany({ where: { kind: "debit-bounced" } });
    expect(testIdentityCrypto.open(mail?.toSealed ?? "")).toBe("reader@example.org");
    expect(JSON.parse(mail?.values ?? "")).toMatchObject({ amountMinor: 1000, currency: "USD" });
  });

test("a debit that succeeded causes thanks, and no e-mail about a bounce", async () => {
  await deliver(single("pending"));
  await deliver({ ...samplePaymentFactFromCharge, email: samplePaymentFactFromCheckout.email });
  await deliver(single("failed"));
  await deliver(single("pending"));
  expect(await kinds()).toEqual(["debit-pending", "thanks"]);
});

test("a card payment causes only thanks, once its charge is known", async () => {
  await deliver(samplePaymentFactFromCheckout);
  expect(await kinds()).toEqual([]);
  await deliver(samplePaymentFactFromCharge);
  expect(await kinds()).toEqual(["thanks"]);
});

test("queues the e-mail when the supporter becomes known", async () => {
  await deliver(recurring("pending", { email: null }));
  expect(await kinds()).toEqual([]);
  await deliver(sampleSubscriptionCheckoutClosed);
  expect(await kinds()).toEqual(["debit-pending"]);
});

test("queues no e-mail about old payments, or during a repair", async () => {
  await deliver(single("pending"), later(4));
  await deliver(recurring("failed"), later(31));
  await recordFacts(db, {
    ...testOptionsForRecordingEvents,
    silent: true,
    facts: [{ ...samplePaymentFactFromCharge, email: "reader@example.org" }],
  });
  expect(await kinds()).toEqual([]);
});
