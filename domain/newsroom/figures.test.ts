import Database from "better-sqlite3";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Payment, Prisma, RecurringGift } from "../../generated/sqlite/client";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { createFreshLedger, testDatabaseProvider } from "../../prisma/fresh-ledger";
import { type Db, openDatabase } from "../../systems/database";
import { createIdentityCrypto } from "../../systems/identity";
import { dayOn } from "../calendar";
import { addNewPendingPaymentToTotals, appendBalanceEntry, appendEntry } from "../ledger/entries";
import type { BalanceTransactionReported } from "../ledger/fact";
import { newRecurringGiftColumns } from "../ledger/recurring-gift-rules";
import { addRecurringGift } from "../ledger/store/recurring-gifts";
import { type Currency, currencyFromStripe, formatMoney } from "../money";
import { testPublication as publication } from "../testing/test-publication";
import { getIncomeFigures, getRecurringFigures, getTodayPageFigures } from "./figures";
import { parseIncomeView } from "./income-view";
import type { OnPageSectionFailure, PageSectionLoadResult } from "./page-section";
import { parseRecurringView } from "./recurring-view";

// Monday, 23 November 2026, 12:00 in Moscow (UTC+3, no summer time). In Moscow, this day began at 21:00Z on 22
// November, and this month at 21:00Z on 31 October.
const now = new Date("2026-11-23T09:00:00Z");
const money = (amountMinor: number, currency: Currency) => ({ amountMinor, currency });

const identity = createIdentityCrypto(Buffer.alloc(32, 7).toString("base64"));

let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
});

type Given = Partial<Prisma.PaymentUncheckedCreateInput> & { amountMinor: number; currency: Currency; paidAt: string };
type Kept = { settled: string; gross: number; fee: number };

let serial = 0;
/**
 * Adds a payment. If the payment has succeeded, also adds its entry. With the argument `kept`, also adds its balance
 * entry.
 */
function give({ paidAt, ...given }: Given, kept?: Kept) {
  serial += 1;
  const id = `p${serial}`;
  const row = { id, chargeId: `ch_${id}`, status: "succeeded", frequency: "once", recordedAt: now, paidAt, ...given };
  return db.$transaction(async (tx) => {
    const recording = { tx, now, identity, timeZone: publication.timeZone };
    const payment = await tx.payment.create({ data: row });
    await addNewPendingPaymentToTotals(recording, payment);
    const { amountMinor, paidAt: occurredAt } = payment;
    if (payment.status === "succeeded")
      await appendEntry(recording, payment, { key: `payment:${id}`, kind: "payment", amountMinor, occurredAt });
    if (kept) await appendBalanceEntry(recording, payment, moved(payment, kept));
  });
}

function moved(
  { id, paidAt, amountMinor, currency }: Payment,
  { settled, gross, fee }: Kept,
): BalanceTransactionReported {
  return {
    kind: "balance-moved",
    balanceTransactionId: `txn_${id}`,
    paymentIntentId: id,
    entryKind: "payment",
    sourceId: `ch_${id}`,
    money: { amountMinor: Number(amountMinor), currency: currencyFromStripe(currency) },
    settled: { currency: settled, amountMinor: gross, feeMinor: fee, netMinor: gross - fee },
    movedAt: paidAt,
  };
}

function promise(frequency: string, amountMinor: number, more: Partial<RecurringGift> = {}) {
  serial += 1;
  const id = `r${serial}`;
  const sum = { amountMinor: BigInt(amountMinor), currency: "EUR", frequency };
  const gift = { ...newRecurringGiftColumns(now), id, subscriptionId: id, status: "active", ...sum, ...more };
  return db.$transaction((tx) => addRecurringGift({ tx, timeZone: "Europe/Moscow" }, gift));
}

const throwing: OnPageSectionFailure = (part, error) => {
  throw new Error(`${part} could not be loaded`, { cause: error });
};

/** Loads the statistics of three pages. Throws an error if any part of them cannot be loaded. */
async function figures(currency?: string) {
  const options = { publication, now, onFailure: throwing };
  const figures = {
    ...(await getIncomeFigures(db, {
      ...options,
      view: parseIncomeView({ currency }, dayOn(now, publication.timeZone)).view,
    })),
    ...(await getRecurringFigures(db, { ...options, view: parseRecurringView({}, dayOn(now, publication.timeZone)) })),
    ...(await getTodayPageFigures(db, options)),
  };
  const { deadLetters, failedMails, mailStops, disputes, bursts, books } = figures.attention;
  const attention = {
    deadLetters: loaded(deadLetters),
    stuckMails: loaded(failedMails),
    mailStops: loaded(mailStops),
    disputes: loaded(disputes),
    bursts: loaded(bursts),
    books: loaded(books),
  };
  const { recurring, latest, steps, dimensions } = figures;
  return {
    ...loaded(figures.totals),
    ...{ recurring: loaded(recurring), steps: loaded(steps) },
    ...{ latest: loaded(latest), dimensions: dimensions.map(({ parts }) => loaded(parts)), attention },
  };
}

function loaded<Value>(part: PageSectionLoadResult<Value>): Value {
  if (part.kind === "failed") throw new Error("a part could not be loaded");
  return part.value;
}

describe("money received", () => {
  test("totals are per currency for today, this month and all time", async () => {
    // Today: 20.00 + 10.00 EUR, with fees of 0.85 + 0.55. The second payment was made one second after midnight in
    // Moscow.
    await give({ amountMinor: 2000, currency: "EUR", paidAt: "2026-11-23T08:59:00Z" }, kept("EUR", 2000, 85));
    await give({ amountMinor: 1000, currency: "EUR", paidAt: "2026-11-22T21:00:01Z" }, kept("EUR", 1000, 55));
    // This month, but not today: 5.00 EUR in the last second of yesterday, and 30.00 USD whose fee is not known yet.
    await give({ amountMinor: 500, currency: "EUR", paidAt: "2026-11-22T20:59:59Z" }, kept("EUR", 500, 40));
    await give({ amountMinor: 3000, currency: "USD", paidAt: "2026-11-01T00:00:00Z" });
    // Last month: a payment in the last second of October in Moscow.
    await give({ amountMinor: 700, currency: "EUR", paidAt: "2026-10-31T20:59:59Z" }, kept("EUR", 700, 45));

    const { today, month, all } = await figures();
    expect(today).toEqual([
      {
        currency: "EUR",
        payments: 2,
        gross: money(3000, "EUR"),
        ...nothingBack("EUR"),
        settled: [eur(140, 2860)],
        unsettled: null,
      },
    ]);
    expect(month).toEqual([
      {
        currency: "EUR",
        payments: 3,
        gross: money(3500, "EUR"),
        ...nothingBack("EUR"),
        settled: [eur(180, 3320)],
        unsettled: null,
      },
      {
        currency: "USD",
        payments: 1,
        gross: money(3000, "USD"),
        ...nothingBack("USD"),
        settled: [],
        unsettled: { payments: 1, gross: money(3000, "USD") },
      },
    ]);
    expect(all[0]).toMatchObject({ payments: 4, gross: money(4200, "EUR"), settled: [eur(225, 3975)] });
  });

  test("distinguishes the gift's currency from the settlement currency", async () => {
    await give({ amountMinor: 1500, currency: "JPY", paidAt: "2026-11-23T08:00:00Z" }, kept("USD", 1000, 60));
    await give({ amountMinor: 3000, currency: "KWD", paidAt: "2026-11-23T08:00:00Z" }, kept("USD", 970, 58));
    const { all } = await figures();
    expect(all).toEqual([
      expect.objectContaining({ gross: money(1500, "JPY"), settled: [usd(60, 940)] }),
      expect.objectContaining({ gross: money(3000, "KWD"), settled: [usd(58, 912)] }),
    ]);
  });

  test("shows money settled in a currency that readers cannot give in", async () => {
    await give({ amountMinor: 1000, currency: "USD", paidAt: "2026-11-23T08:00:00Z" }, kept("CHF", 880, 50));
    const [row] = (await figures()).all;
    expect(row?.settled).toEqual([
      { fee: { amountMinor: 50, currency: "CHF" }, net: { amountMinor: 830, currency: "CHF" } },
    ]);
    expect(formatMoney({ amountMinor: 830, currency: "CHF" }, { locale: "en", alwaysDecimals: true })).toBe(
      "CHF\u00a08.30",
    );
  });

  test("received money does not include pending or failed payments", async () => {
    await give({ amountMinor: 2500, currency: "EUR", status: "pending", paidAt: "2026-11-23T08:00:00Z" });
    await give({ amountMinor: 9900, currency: "EUR", status: "failed", paidAt: "2026-11-23T08:00:00Z" });
    const { today, all, pending, dimensions, steps, latest } = await figures("EUR");
    expect([today, all, dimensions.flat()]).toEqual([[], [], []]);
    expect(pending).toEqual([{ currency: "EUR", payments: 1, gross: money(2500, "EUR"), settled: [] }]);
    expect(steps.flatMap(({ line }) => line.exact)).toEqual([]);
    expect(latest.map(({ standing }) => standing).sort()).toEqual(["failed", "on-its-way"]);
  });

  test("received money stays exact beyond the precision of a float", async () => {
    await give({ amountMinor: 4_503_599_627_370_497, currency: "JPY", paidAt: "2026-11-23T08:00:00Z" });
    await give({ amountMinor: 4_503_599_627_370_494, currency: "JPY", paidAt: "2026-11-23T08:00:00Z" });
    expect((await figures()).all[0]?.gross.amountMinor).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("recurring gifts", () => {
  test("the value per month depends on the frequency and is rounded down once", async () => {
    await promise("monthly", 500);
    await promise("monthly", 1250, { cancelAt: new Date("2026-12-01T00:00:00Z") });
    // The value per month: (10000 + 10001 + 18000) / 12 = 3166.75.
    for (const yearly of [10_000, 10_001, 18_000]) await promise("yearly", yearly);
    // A quarterly gift of 30.01 is 10.00⅓ a month, and a weekly gift of 3 is 13.00 a month.
    await promise("every-3-month", 3_001, { currency: "GBP" });
    await promise("every-1-week", 300, { currency: "GBP" });
    await promise("monthly", 9000, { status: "past_due" });
    await promise("monthly", 9000, { status: "unpaid" });
    await promise("monthly", 9000, { status: "canceled" });
    await promise("monthly", 9000, { status: "starting" });
    await promise("yearly", 12_001, { currency: "JPY" });
    const values = (await figures()).recurring.map(({ currency, running, ending, overdue }) => ({
      ...{ currency, active: running.gifts, ending, perMonth: running.worth.perMonth, pastDue: overdue.gifts },
    }));
    expect(values).toEqual([
      { currency: "EUR", active: 5, ending: 1, perMonth: money(1750 + 3166, "EUR"), pastDue: 2 },
      { currency: "GBP", active: 2, ending: 0, perMonth: money(1_000 + 1_300, "GBP"), pastDue: 0 },
      { currency: "JPY", active: 1, ending: 0, perMonth: money(1000, "JPY"), pastDue: 0 },
    ]);
  });
});

describe("latest payments", () => {
  test("lists the five newest, with only a few characters of the supporter's id", async () => {
    await db.supporter.create({
      data: { id: "5f0c-secret-a1b2c3", locale: "en", createdAt: now },
    });
    for (let n = 0; n < 25; n++) {
      const paidAt = new Date(now.getTime() - n * 60_000).toISOString();
      const status = n % 2 ? "failed" : "succeeded";
      await give({ amountMinor: n + 1, currency: "EUR", status, paidAt, supporterId: "5f0c-secret-a1b2c3" });
    }
    const { latest } = await figures();
    expect(latest.map(({ money: { amountMinor } }) => amountMinor)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(latest.map(({ shortSupporterId }) => shortSupporterId))).toEqual(new Set(["a1b2c3"]));
    expect(JSON.stringify(latest)).not.toContain("secret");
  });
});

describe("the tasks for staff", () => {
  test("lists events that could not be recorded, without their error texts", async () => {
    const event = { type: "charge.updated", receivedAt: now, error: "olga@home.example is unknown" };
    await db.receivedEvent.create({ data: { id: "evt_1", outcome: "failed", ...event } });
    await db.receivedEvent.create({ data: { id: "evt_2", outcome: "recorded", ...event } });
    const { attention } = await figures();
    const waits = { attempts: 1, receivedAt: now, retryAfter: null, reason: { why: "unknown" } };
    const deadLetters = { shown: [{ id: "evt_1", type: "charge.updated", ...waits }], count: 1 };
    const books = { last: null, isStale: false };
    const stuckMails = { shown: [], count: 0 };
    expect(attention).toEqual({ deadLetters, stuckMails, mailStops: [], disputes: [], bursts: [], books });
  });

  test("lists addresses to which e-mails are stopped, with Stripe's id of the gift, until staff have dealt with them", async () => {
    const address = { emailHash: "hash_1", emailSealed: "sealed", since: now };
    const supporter = { id: "supporter_1", locale: "en", createdAt: now, addresses: { create: address } };
    await db.supporter.create({ data: supporter });
    await db.mailStop.create({ data: { emailHash: "hash_1", stoppedAt: now } });
    await db.mailStop.create({ data: { emailHash: "hash_2", stoppedAt: new Date(now.getTime() + 1) } });
    const gift = { amountMinor: 500n, currency: "EUR", frequency: "monthly", status: "active", recordedAt: now };
    await db.recurringGift.create({
      data: { ...gift, id: "r_1", subscriptionId: "sub_1", customerId: "cus_1", supporterId: "supporter_1" },
    });
    const stops = (await figures()).attention.mailStops;
    expect(stops.map(({ emailHash, stripeId }) => [emailHash, stripeId])).toEqual([
      ["hash_1", "cus_1"],
      ["hash_2", null],
    ]);
    await db.mailStop.updateMany({ data: { handledAt: now } });
    expect((await figures()).attention.mailStops).toEqual([]);
  });

  test("lists the open disputes of our own payments, nearest deadline first", async () => {
    await give({ amountMinor: 2000, currency: "EUR", paidAt: "2026-11-20T00:00:00Z" });
    const paymentId = `p${serial}`;
    const dispute = (id: string, status: string, day: number, own = true) =>
      db.dispute.create({
        data: {
          ...{
            id,
            status,
            paymentId: own ? paymentId : null,
            paymentIntentId: "pi",
            amountMinor: 500,
            currency: "EUR",
          },
          ...{ reason: "fraudulent", openedAt: now, recordedAt: now, answerBy: new Date(Date.UTC(2026, 11, day)) },
        },
      });
    await dispute("dp_with_the_bank", "under_review", 1);
    await dispute("dp_later", "needs_response", 9);
    await dispute("dp_soon", "warning_needs_response", 4);
    await dispute("dp_won", "won", 2);
    await dispute("dp_of_another_product", "needs_response", 2, false);
    const { disputes } = (await figures()).attention;
    expect(disputes.map(({ id }) => id)).toEqual(["dp_soon", "dp_later", "dp_with_the_bank"]);
    expect(disputes.map(({ answerBy }) => answerBy?.getUTCDate())).toEqual([4, 9, undefined]);
    expect(disputes[0]).toMatchObject({ money: money(500, "EUR"), reason: "fraudulent" });
  });

  test("shows the unrepaired differences of the last finished comparison with Stripe", async () => {
    const check = (id: string, hour: number, finishedAt: Date | null) =>
      db.booksCheck.create({
        data: { id, mode: "check", phase: "own-books", startedAt: new Date(Date.UTC(2026, 10, 23, hour)), finishedAt },
      });
    const differs = (checkId: string, { object = "ch_1", repaired = false } = {}) =>
      db.booksDifference.create({ data: { checkId, repaired, object, place: "payment", cause: "missing" } });
    await check("before", 1, now);
    await check("last", 2, now);
    await check("running", 3, null);
    for (const id of ["before", "last", "running"]) await differs(id);
    await differs("before", { object: "ch_2" });
    await differs("last", { object: "ch_2", repaired: true });
    expect((await figures()).attention.books.last).toEqual({
      checkedAt: new Date("2026-11-23T02:00:00Z"),
      finishedAt: now,
      differences: 1,
      unreadable: 0,
      open: {
        differences: {
          shown: [{ object: "ch_1", place: "payment", cause: "missing", ours: null, theirs: null }],
          count: 1,
        },
        unreadable: { shown: [], count: 0 },
      },
    });
  });

  test("lists the objects that the last check could not read separately from the differences", async () => {
    const startedAt = now;
    await db.booksCheck.create({ data: { id: "last", mode: "check", phase: "own-books", startedAt, finishedAt: now } });
    const reason = { why: "currency", object: "ch_sek", currency: "SEK" };
    const unread = { checkId: "last", place: "charges", cause: "unreadable", theirs: JSON.stringify(reason) };
    for (let n = 0; n < 12; n++) await db.booksDifference.create({ data: { ...unread, object: `ch_${n}` } });
    const { differences, unreadable, open } = (await figures()).attention.books.last ?? {};
    expect([differences, unreadable, open?.unreadable.shown.length]).toEqual([0, 12, 10]);
    expect(open?.unreadable.shown[0]).toEqual({ id: "ch_0", reason });
  });

  const HOUR = 3_600_000;
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
  test.each([
    ["that ended yesterday is not stale", { startedAt: ago(25), finishedAt: ago(24) }, false],
    ["that ended more than two days ago is stale", { startedAt: ago(50), finishedAt: ago(49) }, true],
    ["that stopped with an error is stale", { startedAt: ago(1), stoppedAt: ago(1) }, true],
    ["that is running is not stale", { startedAt: ago(1) }, false],
    ["that has been running for days is stale", { startedAt: ago(49) }, true],
  ])("a first check %s", async (_, times, isStale) => {
    await db.booksCheck.create({ data: { id: "first", mode: "check", phase: "charges", ...times } });
    expect((await figures()).attention.books.isStale).toBe(isStale);
  });

  test("a later check that stopped with an error makes the result stale, until a check finishes", async () => {
    const check = (id: string, times: { startedAt: Date; finishedAt?: Date; stoppedAt?: Date }) =>
      db.booksCheck.create({ data: { id, mode: "check", phase: "charges", ...times } });
    await check("stopped long ago", { startedAt: ago(30), stoppedAt: ago(30) });
    await check("ended", { startedAt: ago(20), finishedAt: ago(19) });
    expect((await figures()).attention.books.isStale).toBe(false);
    await check("stopped", { startedAt: ago(2), stoppedAt: ago(1) });
    expect((await figures()).attention.books).toMatchObject({ isStale: true, last: { finishedAt: ago(19) } });
    await check("ended again", { startedAt: ago(1), finishedAt: now });
    expect((await figures()).attention.books.isStale).toBe(false);
  });

  test("lists e-mails that failed three times or were given up, but no newer or outdated ones", async () => {
    const words = { kind: "thanks", personHash: "h", priority: 10, toSealed: "x", locale: "en", values: "{}" };
    const add = (id: string, row: { attempts: number; lastError: string; sendAfter?: null; sentAt?: Date }) =>
      db.outboxMail.create({ data: { ...words, id, factKey: id, queuedAt: now, sendAfter: now, ...row } });
    await add("failing", { attempts: 3, lastError: "ECONNECTION" });
    await add("new", { attempts: 2, lastError: "ECONNECTION" });
    await add("given-up", { attempts: 14, lastError: "EENVELOPE 550", sendAfter: null });
    await add("pointless", { attempts: 9, lastError: "out of date", sendAfter: null });
    const { shown, count } = (await figures()).attention.stuckMails;
    expect([shown.map(({ id }) => id), count]).toEqual([["failing", "given-up"], 2]);
  });
});

test.runIf(testDatabaseProvider === "sqlite")("no query scans a large table", async () => {
  // Opens a new connection. A connection that another test has used does not prepare the same statements again, so the
  // spy would miss them.
  const url = await createFreshLedger();
  db = await openDatabase(url);
  const prepare = vi.spyOn(Database.prototype, "prepare");
  await figures();
  const questions = prepare.mock.calls.map(([sql]) => sql).filter((sql) => sql.includes("SELECT"));
  prepare.mockRestore();
  expect(questions.length).toBeGreaterThan(5);
  const file = new Database(new URL(url).pathname, { readonly: true });
  const steps = questions.flatMap((sql) => {
    const values = Array.from(sql.matchAll(/\?/g), () => null);
    return file.prepare<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
  });
  const tables = file.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  file.close();
  await db.$disconnect();
  const scans = steps
    .map(({ detail }) => /^SCAN (\w+)/.exec(detail)?.[1] ?? "")
    .filter((name) => tables.includes(name));
  // The queries may scan only these three tables. RecurringTotal is small, and WorkItem has only the tasks of about a
  // year. The scan of BooksCheck stops at the first row.
  expect([...new Set(scans)].sort()).toEqual(["BooksCheck", "RecurringTotal", "WorkItem"]);
});

function kept(settled: string, gross: number, fee: number): Kept {
  return { settled, gross, fee };
}

function eur(fee: number, net: number) {
  return { fee: money(fee, "EUR"), net: money(net, "EUR") };
}

function usd(fee: number, net: number) {
  return { fee: money(fee, "USD"), net: money(net, "USD") };
}

function nothingBack(currency: Currency) {
  return { refunded: money(0, currency), disputed: money(0, currency) };
}
