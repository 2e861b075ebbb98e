import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Stripe from "stripe";
import {
  accountIdOf,
  monthlyGiftParams,
  oneTimeGiftParams,
  submitCheckoutForm,
  TEST_API_KEY,
  TEST_WEBHOOK_SECRET,
} from "stripe-sandbox/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { unrecordableReasonText } from "../components/newsroom/reason-text";
import { translator } from "../content/messages";
import { runBooksCheck, type StripePageReader } from "../domain/ledger/check/run";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { listDeadLetters } from "../domain/ledger/dead-letters";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { createFreshLedger } from "../prisma/fresh-ledger";
import { printBooksCheck } from "../tools/database/print-books-check";
import { bundleCommand } from "../tools/test/bundle-command";
import { testInFullRun } from "../tools/test/full-run";
import { checkBooks } from "./books-check";
import type { Db } from "./database";
import { receiveWebhook } from "./fast-path/receive";
import { buildRecordFactsOptions } from "./ledger-context";
import { BOOKS_CHECK_PHASES, type BooksCheckPhase, readStripePage } from "./stripe/book-objects";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { setRuntimeDatabase } from "./testing/runtime";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const t = translator("en");

let fixture: StandIn;
let db: Db;

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture));
});
beforeEach(async () => {
  fixture.sandbox.reset(accountIdOf(TEST_API_KEY));
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
});
afterAll(() => fixture.close());

async function deliver(event: object): Promise<number> {
  const payload = JSON.stringify(event);
  return receiveWebhook({
    raw: Buffer.from(payload),
    signature: Stripe.webhooks.generateTestHeaderString({ payload, secret: TEST_WEBHOOK_SECRET }),
  });
}

async function eventsOf(live: () => Promise<unknown>): Promise<Stripe.Event[]> {
  const earlier = new Set((await allEvents()).map(({ id }) => id));
  await live();
  return (await allEvents()).filter(({ id }) => !earlier.has(id)).reverse();
}

function allEvents(): Promise<Stripe.Event[]> {
  return fixture.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
}

async function live(act: () => Promise<unknown>): Promise<Set<number>> {
  const answers = new Set<number>();
  for (const event of await eventsOf(act)) answers.add(await deliver(event));
  return answers;
}

async function differences(mode: "check" | "repair" = "check") {
  const { id, finishedAt } = await checkBooks(db, { mode, graceMs: 0 });
  expect(finishedAt).not.toBeNull();
  return listBooksDifferences(db, id);
}

async function books() {
  return {
    payments: await db.payment.count(),
    entries: await db.entry.count(),
    gifts: await db.recurringGift.count(),
    attempts: await db.failedAttempt.count(),
    supporters: await db.supporter.count(),
    mails: await db.outboxMail.count(),
    failed: await db.receivedEvent.count({ where: { outcome: "failed" } }),
  };
}
const NOTHING = { payments: 0, entries: 0, gifts: 0, attempts: 0, supporters: 0, mails: 0, failed: 0 };

async function giveOnce(metadata: Record<string, string>, card = "4242 4242 4242 4242"): Promise<void> {
  const params = { ...oneTimeGiftParams(), metadata, payment_intent_data: { metadata } };
  await submitCheckoutForm(await fixture.stripe.checkout.sessions.create(params), { cardNumber: card });
}

async function giveMonthly(metadata: Record<string, string>): Promise<void> {
  const params = { ...monthlyGiftParams(), metadata, subscription_data: { metadata } };
  await submitCheckoutForm(await fixture.stripe.checkout.sessions.create(params));
}

function payIn(currency: string, metadata: Record<string, string>, amount = 4_200) {
  return fixture.stripe.paymentIntents.create({
    ...{ amount, currency, metadata, confirm: true, payment_method: "pm_card_visa" },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
}

const { gift = "" } = makeTestGiftMetadata();
const METADATA_OF_OTHERS: [string, Record<string, string>][] = [
  ["a shop's payment whose metadata says gift: true", { gift: "true" }],
  ["another site's payment on the same account", { ...makeTestGiftMetadata(), site: "another-paper" }],
  ["an object with our site's name but no gift id", { ...makeTestGiftMetadata(), gift: "true" }],
  ["an object with a gift id but no site name", { gift }],
  ["an object with a longer gift id", { ...makeTestGiftMetadata(), gift: `${gift}0` }],
];
test("ignores another site's or a shop's objects: no payment, no recurring gift, no failed attempt, no mail", async () => {
  for (const [what, metadata] of METADATA_OF_OTHERS) {
    const answers = await live(async () => {
      await giveOnce(metadata, "4000 0000 0000 0002");
      await giveOnce(metadata);
      await giveMonthly(metadata);
      await payIn("sek", metadata);
    });
    expect([...answers], what).toEqual([200]);
    expect(await books(), what).toEqual(NOTHING);
  }
  expect(await differences()).toEqual([]);
  expect(await differences("repair")).toEqual([]);
  expect(await books()).toEqual(NOTHING);
});

test("ignores a connected account's events, even with this site's metadata", async () => {
  const events = await eventsOf(() => giveOnce(makeTestGiftMetadata()));
  for (const event of events) expect(await deliver({ ...event, account: "acct_1Connected" })).toBe(200);
  expect(await books()).toEqual(NOTHING);
});

test("records a payment to this site in any of Stripe's currencies to the cent, even one that the site does not offer", async () => {
  const currencies = ["sek", "huf", "clp", "isk", "tnd"];
  const answers = await live(async () => {
    for (const currency of currencies) {
      const { id } = await payIn(currency, makeTestGiftMetadata(`in ${currency}`), 420_000);
      await fixture.stripe.refunds.create({ payment_intent: id, amount: 200 });
    }
  });
  expect([...answers]).toEqual([200]);
  expect(await books()).toMatchObject({ payments: currencies.length, entries: 2 * currencies.length, failed: 0 });
  // A repair fetches balance transactions at once. Without a repair, a background job fetches them later.
  await differences("repair");
  expect(await differences()).toEqual([]);
});

test("a payment to this site in an unknown currency stops neither the webhook nor the check, and is reported by its id", async () => {
  let intent = "";
  const answers = await live(async () => {
    await giveOnce(makeTestGiftMetadata("before"));
    const { id } = await payIn("nok", makeTestGiftMetadata("in kroner"));
    intent = id;
    await fixture.stripe.refunds.create({ payment_intent: id, amount: 200 });
    await giveOnce(makeTestGiftMetadata("after"));
    makeKronerUnknown();
  });
  expect([...answers]).toEqual([200]);
  const letters = await listDeadLetters(db);
  expect(new Set(letters.map(({ type }) => type))).toEqual(new Set(["charge.succeeded", "charge.updated"]));
  const charge = String((await fixture.stripe.paymentIntents.retrieve(intent)).latest_charge);
  const reasonInWords = `${charge} is in XTS, a currency that this site does not know.`;
  expect(new Set(letters.map(({ reason }) => unrecordableReasonText(t, reason)))).toEqual(new Set([reasonInWords]));

  const unread = expect.objectContaining({ object: charge, place: "charges", cause: "unreadable" });
  await differences("repair");
  const left = await differences();
  expect(left.filter(({ cause }) => cause === "unreadable")).toEqual([unread]);
  expect(left.filter(({ object }) => object.startsWith("pi_") || object.startsWith("re_"))).toEqual([]);
  expect(left).toHaveLength(1);

  const lines = vi.spyOn(console, "log").mockReturnValue();
  expect(await printBooksCheck(db, await checkBooks(db, { mode: "check", graceMs: 0 }))).toBe(1);
  const output = lines.mock.calls.flat();
  expect(output).toContain(`  unread   ${charge}  charges  ${reasonInWords}`);
  expect(output.at(-1)).toBe("equal, but 1 object of ours could not be read");
});

/**
 * Replaces kroner at the stand-in by a currency that the site does not know. ISO 4217 reserves the code XTS for tests.
 */
function makeKronerUnknown(): void {
  fixture.sandbox.store.sql(`UPDATE objects SET json = replace(json, '"nok"', '"xts"')`).run();
}

testInFullRun("`npm run books:check` fails if an object cannot be read", async () => {
  const { latest_charge: charge } = await payIn("nok", makeTestGiftMetadata("in kroner"));
  makeKronerUnknown();
  const args = [await bundleCommand("tools/database/books-check.ts"), "--grace", "0"];
  const ERASURES_FILE = join(mkdtempSync(join(tmpdir(), "appeal-border-")), "erasures.jsonl");
  const env = { ...process.env, DATABASE_URL: await createFreshLedger(), ERASURES_FILE };
  const started = promisify(execFile)(process.execPath, args, { env });
  const failed: { code?: number; stdout: string } = await started.catch((error) => error);
  expect(failed.stdout).toContain(`unread   ${charge}  charges`);
  expect(failed.stdout).toContain("equal, but 1 object of ours could not be read");
  expect(failed.code).toBe(1);
});

test("a recorded payment is not reported as missing at Stripe when its charge has become unreadable", async () => {
  const otherBench = await openStandIn();
  const metadata = makeTestGiftMetadata("bent");
  const params = { ...oneTimeGiftParams(), metadata, payment_intent_data: { metadata } };
  await submitCheckoutForm(await otherBench.stripe.checkout.sessions.create(params));
  for (const event of (await otherBench.stripe.events.list({ limit: 100 })).data.reverse()) await deliver(event);
  const readPage = pageReader(otherBench.stripe);
  const check = () => runBooksCheck(db, { ...terms(), readPage, mode: "check" });
  await runBooksCheck(db, { ...terms(), readPage, mode: "repair" });
  expect(await listBooksDifferences(db, (await check()).id)).toEqual([]);
  const [payment] = await db.payment.findMany();
  otherBench.sandbox.store
    .sql("UPDATE objects SET json = json_set(json, '$.amount', -1) WHERE id = ?")
    .run(String(payment?.chargeId));
  const left = await listBooksDifferences(db, (await check()).id);
  expect(left.map(({ object, cause }) => [object, cause])).toEqual([[payment?.chargeId, "unreadable"]]);
  await otherBench.close();
});

function terms() {
  return { phases: BOOKS_CHECK_PHASES, graceMs: 0, recordOptions: buildRecordFactsOptions(new Date()) };
}

function pageReader(stripe: Stripe): StripePageReader {
  return ({ phase, after, until }) => readStripePage(stripe, { phase: phase as BooksCheckPhase, after, until });
}

let count = 0;
function eventOf(type: string, object: object, more: object = {}) {
  count += 1;
  const created = Math.floor(Date.now() / 1000);
  return { id: `evt_told_${count}`, object: "event", type, livemode: false, created, data: { object }, ...more };
}
const metadata = makeTestGiftMetadata("impossible");
const created = 1_795_000_000;
const charge = {
  ...{ id: "ch_1", object: "charge", payment_intent: "pi_1", status: "succeeded", balance_transaction: null },
  ...{ amount: 1_500, currency: "usd", created, metadata },
};
const refund = {
  ...{
    id: "re_1",
    object: "refund",
    payment_intent: "pi_1",
    status: "succeeded",
    reason: null,
    balance_transaction: null,
  },
  ...{ amount: 500, currency: "usd", created },
};
const session = {
  ...{
    id: "cs_1",
    object: "checkout.session",
    mode: "payment",
    payment_status: "paid",
    payment_intent: "pi_1",
    metadata,
  },
  ...{ subscription: null, amount_total: 1_500, currency: "usd", customer_details: { email: "reader@example.org" } },
};
const details = { subscription: "sub_1", metadata };
const invoice = {
  ...{
    id: "in_1",
    object: "invoice",
    amount_paid: 1_000,
    amount_due: 1_000,
    currency: "usd",
    created,
    attempt_count: 1,
  },
  ...{ customer_email: "reader@example.org", status_transitions: { paid_at: created } },
  lines: {
    data: [
      {
        period: { start: created, end: created + 30 * 86_400 },
        parent: { subscription_item_details: { proration: false } },
      },
    ],
  },
  parent: { subscription_details: details },
};
const price = {
  id: "price_1",
  unit_amount: 1_000,
  currency: "usd",
  created,
  product: "prod_1",
  recurring: { interval: "month", interval_count: 1 },
};
const subscription = {
  ...{
    id: "sub_1",
    discounts: [],
    object: "subscription",
    status: "active",
    start_date: created,
    created,
    metadata,
    customer: "cus_1",
  },
  items: { data: [{ id: "si_1", quantity: 1, discounts: [], current_period_end: created + 30 * 86_400, price }] },
};
const dispute = {
  ...{
    id: "dp_1",
    object: "dispute",
    payment_intent: "pi_1",
    amount: 1_500,
    currency: "usd",
    created,
    status: "needs_response",
  },
  ...{ reason: "fraudulent", evidence_details: { due_by: null }, balance_transactions: [] },
};
const payout = {
  id: "po_1",
  object: "payout",
  amount: 9_000,
  currency: "usd",
  status: "paid",
  arrival_date: created,
  created,
};
const moved = { id: "txn_1", amount: 1_500, fee: 80, net: 1_420, currency: "usd", created };

test.each([
  ["charge.succeeded", { ...charge, amount: 2 ** 53 }, "charge.amount is larger than any charge can be (ch_1)."],
  ["charge.succeeded", { ...charge, amount: -500 }, "charge.amount is negative (ch_1)."],
  ["charge.succeeded", { ...charge, amount: 100_000_000 }, "charge.amount is larger than any charge can be (ch_1)."],
  ["charge.succeeded", { ...charge, amount: 15.5 }, "charge.amount is not valid (ch_1)."],
  ["charge.succeeded", { ...charge, amount: "1500" }, "charge.amount is not valid (ch_1)."],
  ["charge.succeeded", { ...charge, created: null }, "charge.created is missing (ch_1)."],
  ["charge.succeeded", { ...charge, currency: "xts" }, "ch_1 is in XTS, a currency that this site does not know."],
  [
    "charge.updated",
    { ...charge, balance_transaction: { ...moved, net: 2 ** 53 } },
    "balance transaction.net is larger than any charge can be (txn_1).",
  ],
  ["checkout.session.completed", { ...session, amount_total: -1 }, "checkout session.amount_total is negative (cs_1)."],
  [
    "checkout.session.completed",
    { ...session, customer_details: { email: 5 } },
    "checkout session.customer_details.email is not valid (cs_1).",
  ],
  [
    "invoice.paid",
    { ...invoice, amount_paid: 2 ** 53 },
    "invoice.amount_paid is larger than any charge can be (in_1).",
  ],
  ["invoice.paid", { ...invoice, lines: { data: [] } }, "invoice.lines.data is not valid (in_1)."],
  ["invoice.paid", { ...invoice, customer: { id: "cus_1", email: 5 } }, "invoice.customer is not valid (in_1)."],
  ["invoice.payment_failed", { ...invoice, amount_due: -500 }, "invoice.amount_due is negative (in_1)."],
  [
    "customer.subscription.updated",
    { ...subscription, items: { data: [] } },
    "subscription.items.data is not valid (sub_1).",
  ],
  [
    "customer.subscription.updated",
    { ...subscription, customer: { id: "cus_1", email: 5 } },
    "subscription.customer is not valid (sub_1).",
  ],
  [
    "customer.subscription.updated",
    { ...subscription, start_date: undefined },
    "subscription.start_date is missing (sub_1).",
  ],
  ["refund.created", { ...refund, amount: -500 }, "refund.amount is negative (re_1)."],
  [
    "charge.dispute.created",
    { ...dispute, amount: 2 ** 60 },
    "dispute.amount is larger than any charge can be (dp_1).",
  ],
  ["payout.paid", { ...payout, amount: 2 ** 53 }, "payout.amount is larger than any charge can be (po_1)."],
  ["payout.paid", { ...payout, status: "lost" }, "The site’s log says why."],
])(
  "%s with an impossible value becomes a dead letter at every delivery, with a reason for staff: %#",
  async (type, object, words) => {
    const event = eventOf(type, object);
    expect([await deliver(event), await deliver(event)]).toEqual([200, 200]);
    const [letter] = await listDeadLetters(db);
    expect(letter).toMatchObject({ id: event.id, attempts: 2 });
    expect(unrecordableReasonText(t, letter?.reason ?? { why: "unknown" })).toBe(words);
    expect(await books()).toEqual({ ...NOTHING, failed: 1 });
  },
);

test("accepts every object of the tests above once its values are valid", async () => {
  const objects: [string, object][] = [
    ["charge.succeeded", { ...charge, balance_transaction: moved }],
    ["checkout.session.completed", session],
    ["refund.created", refund],
    ["charge.dispute.created", dispute],
    ["customer.subscription.created", subscription],
    ["invoice.paid", invoice],
    ["payout.paid", { ...payout, amount: -9_000 }],
  ];
  for (const [type, object] of objects) expect(await deliver(eventOf(type, object))).toBe(200);
  expect((await db.receivedEvent.findMany({ where: { outcome: "failed" } })).map(({ error }) => error)).toEqual([]);
  expect(await books()).toMatchObject({ payments: 2, entries: 3, gifts: 1, failed: 0 });
});

test("names an older API version as the cause, and keeps the event as a dead letter", async () => {
  const { parent: _, ...old } = { ...invoice, subscription: "sub_1" };
  expect(await deliver(eventOf("invoice.paid", old, { api_version: "2020-08-27" }))).toBe(200);
  const [letter] = await listDeadLetters(db);
  expect(letter?.reason).toEqual({ why: "api-version", version: "2020-08-27" });
  expect(unrecordableReasonText(t, letter?.reason ?? { why: "unknown" })).toContain(
    "This endpoint sends API version 2020-08-27",
  );
});

const whole = { ...charge, id: "ch_whole" };
const ORDERS: Record<string, (refunds: object[], paid: object) => object[]> = {
  "after the payment": (refunds, paid) => [paid, ...refunds],
  "before the payment": (refunds, paid) => [...refunds, paid],
};
test.each(Object.entries(ORDERS))(
  "refunds above the payment, reported %s, become dead letters until they fit",
  async (_, order) => {
    const paid = eventOf("charge.succeeded", whole);
    const first = eventOf("refund.created", { ...refund, id: "re_first", amount: 1_000, created });
    const second = eventOf("refund.created", { ...refund, id: "re_second", amount: 501, created: created + 60 });
    for (const event of order([first, second], paid)) expect(await deliver(event)).toBe(200);
    expect(await db.payment.findMany()).toMatchObject([{ amountMinor: 1_500n, refundedMinor: 1_000n }]);
    expect((await db.entry.findMany({ orderBy: { key: "asc" } })).map(({ key }) => key)).toEqual([
      "payment:pi_1",
      "refund:re_first",
    ]);
    const [letter, ...others] = await listDeadLetters(db);
    expect(others).toEqual([]);
    expect(letter?.id).toBe(second.id);
    expect(unrecordableReasonText(t, letter?.reason ?? { why: "unknown" })).toBe(
      "Refund re_second would return more of payment pi_1 than was given.",
    );
    // After the first refund has failed, the second one no longer exceeds the payment, and its retry succeeds.
    expect(
      await deliver(eventOf("refund.failed", { ...refund, id: "re_first", amount: 1_000, status: "failed" })),
    ).toBe(200);
    expect(await deliver(second)).toBe(200);
    expect(await db.payment.findMany()).toMatchObject([{ refundedMinor: 501n }]);
    expect(await listDeadLetters(db)).toEqual([]);
  },
);

test("a refund in another currency than its payment becomes a dead letter", async () => {
  for (const event of [eventOf("charge.succeeded", whole), eventOf("refund.created", { ...refund, currency: "jpy" })])
    expect(await deliver(event)).toBe(200);
  expect((await listDeadLetters(db))[0]?.reason).toMatchObject({ why: "refund-currency", refund: "re_1" });
  expect(await db.payment.findMany()).toMatchObject([{ refundedMinor: 0n }]);
});

test("an empty ledger is rebuilt from metadata alone, without any gift rows", async () => {
  await eventsOf(async () => {
    await giveOnce(makeTestGiftMetadata("a gift without a row"));
    await giveMonthly(makeTestGiftMetadata("another gift without a row"));
  });
  expect(await db.gift.count()).toBe(0);
  await differences("repair");
  const before = await books();
  expect(before.gifts).toBeGreaterThan(0);
  expect(before.payments).toBeGreaterThan(before.gifts);
});
