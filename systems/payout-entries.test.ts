import { startSandbox } from "stripe-sandbox";
import { accountIdOf, advanceAccountClock, stripeClientFor, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { recordEvent } from "../domain/ledger/record";
import { listDueFollowUps, upsertFollowUp } from "../domain/ledger/store/follow-ups";
import { ACCOUNTING_EXPORT_COLUMNS } from "../domain/newsroom/exports/payments";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { checkBooks } from "./books-check";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { streamPaymentsCsv } from "./exports";
import { carryOutFollowUpAndRecordAnswer } from "./follow-ups";
import { buildRecordFactsOptions } from "./ledger-context";
import { translateEvent } from "./stripe/translate";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { recordEventsInOrder } from "./testing/record-events";
import { testEnvironmentFor } from "./testing/stripes-books";
import { setJobRunner } from "./wake-jobs";

const DAY_MS = 86_400_000;

type Event = Parameters<typeof recordEventsInOrder>[1][number];

/**
 * The number of payments for another product on the same account. There are so many that Stripe needs more than one
 * page to list the payout's balance transactions.
 */
const FOREIGN = 105;
/**
 * The number of balance transactions in the payout's list. They are the other product's payments, this site's two
 * payments and one refund, and the payout itself.
 */
const LISTED = FOREIGN + 4;

const CONFIRMED = { confirm: true, automatic_payment_methods: { enabled: true, allow_redirects: "never" } } as const;

let standIn: Awaited<ReturnType<typeof startSandbox>>;
let stripe: ReturnType<typeof stripeClientFor>;
const events: Event[] = [];
/** A ledger that has recorded all events. Some tests damage it and then repair it. */
let db: Db;

beforeAll(async () => {
  standIn = await startSandbox({ payouts: "daily" });
  stripe = stripeClientFor(standIn.url, TEST_API_KEY);
  Object.assign(process.env, testEnvironmentFor(standIn));
  const own = await pay(2_000, makeTestGiftMetadata("own"));
  await pay(3_000, makeTestGiftMetadata("another"));
  for (let n = 0; n < FOREIGN; n += 1) await pay(700, {});
  await stripe.refunds.create({ payment_intent: own, amount: 500 });
  await advance(8);
  // This payment is not in a payout yet, because Stripe pays out after two days.
  await pay(900, makeTestGiftMetadata("late"));
  for await (const event of stripe.events.list({ limit: 100 })) if (concernsUs(event)) events.unshift(event);
  db = await fillLedger(events);
});
afterAll(async () => {
  await db.$disconnect();
  await standIn.close();
});

async function fillLedger(received: readonly Event[]): Promise<Db> {
  const ledger = await openEmptyLedger();
  await recordEventsInOrder(ledger, received);
  await answerAll(ledger);
  return ledger;
}

async function pay(amount: number, metadata: Record<string, string>, payment_method = "pm_card_visa") {
  const intent = { amount, currency: "usd", payment_method, metadata };
  return (await stripe.paymentIntents.create({ ...intent, ...CONFIRMED })).id;
}

async function advance(days: number): Promise<void> {
  await advanceAccountClock(standIn.sandbox, accountIdOf(TEST_API_KEY), days * 86_400);
}

/**
 * Returns true for events about payouts, and about charges and refunds of this site. Leaves out all other events, to
 * keep the test fast. Recognizes the charges for the other product by their amount of 700 cents.
 */
function concernsUs({ type, data }: Event): boolean {
  const { amount } = data.object as { amount?: number };
  return type.startsWith("payout.") || (/^(charge|refund)\./.test(type) && amount !== 700);
}

async function stripesLinks(): Promise<string[]> {
  const links: string[] = [];
  for (const { id: payout } of (await stripe.payouts.list({ limit: 100 })).data)
    for await (const { id } of stripe.balanceTransactions.list({ payout, limit: 100 })) links.push(`${id} ${payout}`);
  return links.sort();
}

async function ownLinks(ledger = db): Promise<string[]> {
  return (await ledger.payoutEntry.findMany()).map(({ id, payoutId }) => `${id} ${payoutId}`).sort();
}

/**
 * Sends the questions of all due follow-ups to Stripe and records the answers. `answers`: how many times the question
 * of each follow-up is sent and its answer recorded.
 */
async function answerAll(ledger: Db, answers = 1): Promise<void> {
  const soon = new Date(Date.now() + 1_000);
  const askAgainAt = new Date(Date.now() + DAY_MS);
  for (let due = await listDueFollowUps(ledger, { now: soon, limit: 50 }); due.length > 0; ) {
    for (const { key, after } of due) {
      for (let n = 1; n < answers; n += 1)
        await carryOutFollowUpAndRecordAnswer(ledger, { key, after: new Date(0), askAgainAt });
      await carryOutFollowUpAndRecordAnswer(ledger, { key, after, askAgainAt });
    }
    due = await listDueFollowUps(ledger, { now: soon, limit: 50 });
  }
}

async function exportedRows(ledger = db): Promise<Record<string, string>[]> {
  const parts: Buffer[] = [];
  const range = { from: "2020-01-01", to: "2029-12-31" };
  for await (const part of streamPaymentsCsv(ledger, { range, timeZone: "UTC" })) parts.push(part);
  const lines = Buffer.concat(parts).toString("utf8").split("\r\n").slice(1).filter(Boolean);
  return lines.map((each) =>
    Object.fromEntries(each.split(",").map((cell, n) => [ACCOUNTING_EXPORT_COLUMNS[n] ?? "", cell])),
  );
}

async function differences(mode: "check" | "repair" = "check", { graceMs = 0, now = currentTime() } = {}) {
  const { id } = await checkBooks(db, { mode, graceMs, now });
  return (await listBooksDifferences(db, id)).map(({ place, cause, repaired }) => ({ place, cause, repaired }));
}

test("each row of the export names its payout and the payout's day", async () => {
  const [payout] = (await stripe.payouts.list()).data;
  const day = new Date((payout?.arrival_date ?? 0) * 1_000).toISOString().slice(0, 10);
  const cells = (await exportedRows()).map((row) => [row.type, row.given, row.payout, row.payout_day]);
  expect(cells.toSorted()).toEqual([
    ["payment", "20.00", payout?.id, day],
    ["payment", "30.00", payout?.id, day],
    ["payment", "9.00", "", ""],
    ["refund", "-5.00", payout?.id, day],
  ]);
});

test("the ledger has Stripe's whole list, which adds up to the payout, whatever the order of the events", async () => {
  const listed = await stripe.balanceTransactions
    .list({ payout: (await db.payout.findFirstOrThrow()).id })
    .autoPagingToArray({ limit: 500 });
  expect(listed).toHaveLength(LISTED);
  // The payout's own row is the negative sum of the other rows.
  expect(listed.reduce((sum, { net }) => sum + net, 0)).toBe(0);
  expect(await ownLinks()).toEqual(await stripesLinks());
  const reversed = await fillLedger(events.toReversed());
  expect(await ownLinks(reversed)).toEqual(await ownLinks());
  expect(await exportedRows(reversed)).toEqual(await exportedRows());
  await reversed.$disconnect();
});

test("a long list is fetched page by page, and recording a page twice changes nothing", async () => {
  const ledger = await openEmptyLedger();
  for (const { id: eventId, ...event } of events.filter(({ type }) => type === "payout.paid"))
    await recordEvent(ledger, {
      ...buildRecordFactsOptions(new Date()),
      eventId,
      type: event.type,
      facts: translateEvent({ id: eventId, ...event } as Event),
    });
  const [first] = await ledger.followUp.findMany();
  const jobsWoken = new Promise<void>(setJobRunner);
  // Because `after` is wrong, the question stays queued although it is answered. So the test simulates a process that
  // exits before it removes the question.
  await carryOutFollowUpAndRecordAnswer(ledger, { key: first?.key ?? "", after: new Date(0), askAgainAt: new Date() });
  const keys = (await ledger.followUp.findMany({ orderBy: { key: "asc" } })).map(({ key }) => key);
  expect(keys).toEqual([first?.key, expect.stringMatching(/^payout:po_\w+:txn_\w+$/)]);
  expect(await ledger.payoutEntry.count()).toBe(100);
  await jobsWoken;
  await answerAll(ledger, 2);
  expect(await ownLinks(ledger)).toEqual(await stripesLinks());
  expect(await ledger.followUp.count()).toBe(0);
  await ledger.$disconnect();
});

test("the comparison with Stripe reports rows that are missing, wrong or not at Stripe, and a repair corrects them from Stripe's lists", async () => {
  expect(await differences()).toEqual([]);
  const [lost, wrong] = await db.payoutEntry.findMany();
  await db.payoutEntry.deleteMany({ where: { id: lost?.id } });
  await db.payoutEntry.updateMany({ where: { id: wrong?.id }, data: { payoutId: "po_wrong" } });
  expect(await differences("repair")).toEqual([
    { place: "payout-entry", cause: "missing", repaired: true },
    { place: "payout-entry.payoutId", cause: "differs", repaired: true },
  ]);
  expect(await ownLinks()).toEqual(await stripesLinks());
  const nowhere = { id: "txn_nowhere", payoutId: "po_1", recordedAt: new Date(0) };
  await db.payoutEntry.create({ data: nowhere });
  expect(await differences()).toEqual([{ place: "payout-entry", cause: "not-at-stripe", repaired: false }]);
  await db.payoutEntry.delete({ where: { id: nowhere.id } });
});

test("a missing list is not a difference while the jobs are about to fetch it, but is one after a failure", async () => {
  const links = await db.payoutEntry.findMany();
  await db.payoutEntry.deleteMany();
  // Nine days after the machine's time, because the tests have advanced the clock of the Stripe stand-in.
  const now = new Date(Date.now() + 9 * DAY_MS);
  const key = `payout:${links[0]?.payoutId}`;
  await upsertFollowUp(db, { key, after: now });
  const missing = async () =>
    (await differences("check", { graceMs: DAY_MS, now })).filter(({ cause }) => cause === "missing");
  expect(await missing()).toEqual([]);
  await db.followUp.updateMany({ data: { attempts: 1 } });
  expect(await missing()).toHaveLength(LISTED);
  await db.followUp.deleteMany();
  await db.payoutEntry.createMany({ data: links });
});

test("a row has no payout in the export once the payout has failed", async () => {
  const paid = events.find(({ type }) => type === "payout.paid");
  const object = { ...paid?.data.object, status: "failed" };
  await recordEventsInOrder(db, [{ ...paid, id: "evt_failed", type: "payout.failed", data: { object } } as Event]);
  expect((await exportedRows()).map((row) => [row.payout, row.payout_day])).toEqual(Array(4).fill(["", ""]));
});

test("a payout that Stripe has not reconciled yet is asked about again, and a manual or cancelled payout is not", async () => {
  const ledger = await openEmptyLedger();
  const onItsWay = await startPayout();
  await pay(9_000, {}, "pm_card_bypassPending");
  const manual = await stripe.payouts.create({ amount: 100, currency: "usd" });
  const cancelled = await stripe.payouts.create({ amount: 100, currency: "usd" });
  await stripe.payouts.cancel(cancelled.id);
  const after = new Date(Date.now() - 1_000);
  for (const id of [onItsWay, manual.id, cancelled.id]) {
    await upsertFollowUp(ledger, { key: `payout:${id}`, after });
    await carryOutFollowUpAndRecordAnswer(ledger, { key: `payout:${id}`, after, askAgainAt: new Date() });
  }
  expect(await ledger.followUp.findMany()).toMatchObject([{ key: `payout:${onItsWay}`, attempts: 1 }]);
  expect(await ledger.payoutEntry.count()).toBe(0);
  await ledger.$disconnect();
});

async function startPayout(): Promise<string> {
  for (let halfDays = 0; halfDays < 14; halfDays += 1) {
    await pay(5_000, {});
    await advance(0.5);
    const { data } = await stripe.payouts.list();
    const payout = data.find(({ status }) => status === "in_transit");
    if (payout) return payout.id;
  }
  throw new Error("no payout was created within a week");
}
