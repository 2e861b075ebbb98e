import type Stripe from "stripe";
import { accountIdOf, advanceAccountClock, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { listOwnPayments } from "../domain/supporters/own-gifts";
import { listOwnRecurringGifts } from "../domain/supporters/own-recurring-gifts";
import { getSignedInPerson } from "../domain/supporters/signed-in-person";
import { runJobsUntilIdle } from "../lab/torture/run-jobs-until-idle";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { checkBooks } from "./books-check";
import type { Db } from "./database";
import { identityCrypto } from "./identity";
import { giveMonthly as monthlyFrom, giveOnce as onceFrom } from "./testing/gifts";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { recordEventsInOrder } from "./testing/record-events";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const _metadata = makeTestGiftMetadata();
const MISTYPED = "ana@example.org";
const RIGHT = "anna@example.org";

let fixture: StandIn;
let db: Db;

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture));
});
afterAll(() => fixture.close());
beforeEach(async () => {
  fixture.sandbox.reset(accountIdOf(TEST_API_KEY));
  db = await openEmptyLedger();
});
afterEach(() => db.$disconnect());

const giveMonthly = (email: string) => monthlyFrom(fixture, email);
const giveOnce = (email: string) => onceFrom(fixture, email);

/**
 * Records all events. `order`: gets the events with the newest first, as Stripe lists them, and returns them in the
 * order in which to record them. By default the oldest comes first.
 */
async function hearAll(
  ledger: Db = db,
  order: (events: Stripe.Event[]) => Stripe.Event[] = (events) => events.toReversed(),
) {
  await recordEventsInOrder(ledger, order((await fixture.stripe.events.list({ limit: 100 })).data));
  await runJobsUntilIdle(ledger);
}

async function seenBy(email: string, ledger: Db = db): Promise<{ payments: number; recurring: number }> {
  const emailHash = identityCrypto().hashOf(email) ?? "";
  const { supporterId } = await getSignedInPerson(ledger, { emailHash, isStaff: false, defaultLocale: "en" });
  if (!supporterId) return { payments: 0, recurring: 0 };
  const [gifts, recurring] = [
    await listOwnPayments(ledger, supporterId),
    await listOwnRecurringGifts(ledger, supporterId),
  ];
  return { payments: gifts.length, recurring: recurring.length };
}

async function differences(ledger: Db, mode: "check" | "repair" = "check") {
  const { id } = await checkBooks(ledger, { mode, graceMs: 0 });
  return listBooksDifferences(ledger, id);
}

const correct = (customer: string, email: string) => fixture.stripe.customers.update(customer, { email });
const nothing = { payments: 0, recurring: 0 };

test("after a correction at Stripe only the new address opens the gifts, and unsent e-mail goes to it", async () => {
  const { customer } = await giveMonthly(MISTYPED);
  await hearAll();
  expect(await seenBy(MISTYPED)).toEqual({ payments: 1, recurring: 1 });
  const [before] = await db.supporter.findMany();
  const { paymentIntentId } = await db.payment.findFirstOrThrow();
  await fixture.stripe.refunds.create({ payment_intent: String(paymentIntentId), amount: 100 });
  await hearAll();
  await correct(customer, RIGHT);
  await hearAll();
  expect(await seenBy(RIGHT)).toEqual({ payments: 1, recurring: 1 });
  expect(await seenBy(MISTYPED)).toEqual(nothing);
  expect(await db.supporter.findMany()).toEqual([before]);
  const mails = await db.outboxMail.findMany({ orderBy: { kind: "asc" } });
  expect(mails.map(({ kind, toSealed }) => [kind, identityCrypto().open(toSealed)])).toEqual([
    ["refunded", RIGHT],
    ["thanks", RIGHT],
  ]);
  for (const { personHash } of mails) expect(personHash).toBe(identityCrypto().hashOf(RIGHT));
  expect(await differences(db)).toEqual([]);
});

test("another spelling of the same address is not a correction", async () => {
  const { customer } = await giveMonthly("anna@xn--80a1acny.xn--p1ai");
  await hearAll();
  const before = await db.supporterAddress.findMany();
  await correct(customer, "Anna@xn--80a1acny.xn--p1ai");
  await hearAll();
  expect(await seenBy("anna@почта.рф")).toEqual({ payments: 1, recurring: 1 });
  expect(await db.supporterAddress.findMany()).toEqual(before);
});

test("gifts belong to the same supporters in any order of events and after a rebuild", async () => {
  const { customer } = await giveMonthly(MISTYPED);
  await giveOnce(MISTYPED);
  await giveMonthly(RIGHT);
  await correct(customer, RIGHT);
  await giveMonthly("boris@example.org");
  const orders: ((events: Stripe.Event[]) => Stripe.Event[])[] = [
    (events) => events,
    (events) => events.toReversed(),
    (events) => [...events, ...events],
    (events) => events.toSorted((a, b) => a.type.localeCompare(b.type)),
    (events) => events.toSorted((a, b) => b.type.localeCompare(a.type)),
  ];
  const ledgers = await Promise.all(orders.map(async () => openEmptyLedger()));
  for (const [n, ledger] of ledgers.entries()) await hearAll(ledger, orders[n]);
  const rebuilt = await openEmptyLedger();
  await differences(rebuilt, "repair");
  for (const ledger of [...ledgers, rebuilt]) {
    expect(await seenBy(RIGHT, ledger)).toEqual({ payments: 2, recurring: 2 });
    expect(await seenBy(MISTYPED, ledger)).toEqual({ payments: 1, recurring: 0 });
    expect(await seenBy("boris@example.org", ledger)).toEqual({ payments: 1, recurring: 1 });
    expect(await ledger.supporter.count()).toBe(3);
    expect(await differences(ledger)).toEqual([]);
    await ledger.$disconnect();
  }
});

test("a supporter who gave under another's address keeps only their own gift after correcting it", async () => {
  await giveMonthly(RIGHT);
  await giveOnce(RIGHT);
  const thief = await giveMonthly(RIGHT);
  await hearAll();
  expect(await seenBy(RIGHT)).toEqual({ payments: 3, recurring: 2 });
  await correct(thief.customer, "thief@example.org");
  await hearAll();
  expect(await seenBy("thief@example.org")).toEqual({ payments: 1, recurring: 1 });
  expect(await seenBy(RIGHT)).toEqual({ payments: 2, recurring: 1 });
});

test("changing an address to another supporter's gives that supporter the gift, and opens none of theirs", async () => {
  await giveMonthly(RIGHT);
  const thief = await giveMonthly("thief@example.org");
  await giveOnce("thief@example.org");
  await hearAll();
  await correct(thief.customer, RIGHT);
  await hearAll();
  expect(await seenBy("thief@example.org")).toEqual({ payments: 1, recurring: 0 });
  expect(await seenBy(RIGHT)).toEqual({ payments: 2, recurring: 2 });
});

test("a supporter whose last gift moved to another supporter is removed", async () => {
  await giveMonthly(RIGHT);
  const { customer } = await giveMonthly(MISTYPED);
  await hearAll();
  expect(await db.supporter.count()).toBe(2);
  await correct(customer, RIGHT);
  await hearAll();
  expect(await db.supporter.count()).toBe(1);
  expect(await seenBy(MISTYPED)).toEqual(nothing);
  expect(await db.supporterAddress.count({ where: { until: null } })).toBe(1);
});

test("an ended address belongs to the next supporter who gives with it, and shows them no older gift", async () => {
  const { customer } = await giveMonthly(MISTYPED);
  await correct(customer, RIGHT);
  await hearAll();
  await giveOnce(MISTYPED);
  await hearAll();
  expect(await seenBy(MISTYPED)).toEqual({ payments: 1, recurring: 0 });
  expect(await seenBy(RIGHT)).toEqual({ payments: 1, recurring: 1 });
  expect(await differences(db)).toEqual([]);
});

test("a late event with the old address changes nothing", async () => {
  const { customer } = await giveMonthly(MISTYPED);
  await hearAll();
  await correct(customer, RIGHT);
  await hearAll();
  // Delivers all earlier events again as new events, as if they were late.
  const old = (await fixture.stripe.events.list({ limit: 100 })).data.map((event) => ({
    ...event,
    id: `${event.id}late`,
  }));
  await recordEventsInOrder(db, old);
  await runJobsUntilIdle(db);
  expect(await seenBy(RIGHT)).toEqual({ payments: 1, recurring: 1 });
  expect(await db.supporter.count()).toBe(1);
});

test("the comparison with Stripe reports a gift of the wrong supporter, without a hash, and a repair corrects it", async () => {
  await giveMonthly(RIGHT);
  await giveMonthly("boris@example.org");
  await hearAll();
  const [one, other] = await db.recurringGift.findMany({ orderBy: { id: "asc" } });
  await db.payment.updateMany({ where: { recurringGiftId: one?.id }, data: { supporterId: other?.supporterId } });
  await db.recurringGift.update({ where: { id: other?.id ?? "" }, data: { supporterId: null } });
  const found = await differences(db);
  expect(found.map(({ place, ours, theirs }) => ({ place, ours, theirs }))).toEqual(
    expect.arrayContaining([
      { place: "payment.supporter", ours: "another supporter", theirs: "the supporter whom Stripe names" },
      { place: "recurring-gift.supporter", ours: null, theirs: "the supporter whom Stripe names" },
    ]),
  );
  // `payment.supporterKind` and `supporter.lastPaidAt` were derived from the wrong supporter, so they differ too.
  const places = ["payment.supporter", "payment.supporterKind", "recurring-gift.supporter", "supporter.lastPaidAt"];
  expect(found.map(({ place }) => place).sort()).toEqual(places);
  const text = JSON.stringify(found);
  for (const { emailHash } of await db.supporterAddress.findMany()) expect(text).not.toContain(emailHash);
  const repairs = await differences(db, "repair");
  expect(repairs.every(({ repaired }) => repaired)).toBe(true);
  expect(await differences(db)).toEqual([]);
});

test("after an invoice with another address, new or old, the gifts stay with the corrected address", async () => {
  const { customer } = await giveMonthly(MISTYPED);
  await hearAll();
  await correct(customer, RIGHT);
  await advanceAccountClock(fixture.sandbox, accountIdOf(TEST_API_KEY), 32 * 86_400);
  const [newest, oldest] = (await fixture.stripe.events.list({ type: "invoice.paid" })).data;
  if (!newest || !oldest) throw new Error("the gift was not renewed");
  await recordEventsInOrder(db, [newest]);
  await runJobsUntilIdle(db);
  expect(await seenBy(RIGHT)).toEqual({ payments: 2, recurring: 1 });
  await recordEventsInOrder(db, [{ ...oldest, id: "evt_late" }]);
  expect(await seenBy(RIGHT)).toEqual({ payments: 2, recurring: 1 });
  await runJobsUntilIdle(db);
  expect(await seenBy(RIGHT)).toEqual({ payments: 2, recurring: 1 });
  expect(await db.supporter.count()).toBe(1);
});

test("unsent e-mail about a gift's failed renewal or refund, its card and its changes follows the gift to the corrected address", async () => {
  const { customer, subscription } = await giveMonthly(MISTYPED);
  await hearAll();
  const { paymentIntentId } = await db.payment.findFirstOrThrow();
  const refund = await fixture.stripe.refunds.create({ payment_intent: String(paymentIntentId), amount: 100 });
  await hearAll();
  const { id } = await db.recurringGift.findUniqueOrThrow({ where: { subscriptionId: subscription } });
  const [to] = await db.supporterAddress.findMany();
  const key = "in_1:1";
  const attempt = { subscriptionId: subscription, isRenewal: true, amountMinor: 1_000n, currency: "USD" };
  await db.failedAttempt.create({ data: { key, ...attempt, failedAt: new Date(), recordedAt: new Date() } });
  const facts = [`renewal:${key}`, `upcoming:${subscription}:1`, `card-expires:${subscription}:2027-01`];
  for (const factKey of [
    ...facts,
    `refund-failed:${refund.id}`,
    `changed:${id}:7`,
    `resumes:${id}:1`,
    "renewal:in_of_another:1",
  ]) {
    const mail = { kind: "changed", personHash: to?.emailHash ?? "", toSealed: to?.emailSealed ?? "", priority: 10 };
    const due = { queuedAt: new Date(), sendAfter: new Date() };
    await db.outboxMail.create({ data: { id: factKey, factKey, ...mail, locale: "en", values: "{}", ...due } });
  }
  await fixture.stripe.customers.update(customer, { email: RIGHT });
  await hearAll();
  const left = await db.outboxMail.findMany({ where: { personHash: to?.emailHash ?? "" } });
  expect(left.map(({ factKey }) => factKey)).toEqual(["renewal:in_of_another:1"]);
});
