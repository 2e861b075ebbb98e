import { expect, test } from "vitest";
import { freshLedger } from "../../prisma/fresh-ledger";
import { type Db, openDatabase } from "../../systems/database";
import { identityFrom } from "../../systems/identity";
import type { Fact, Origin, RecurringState } from "./fact";
import { recordEvent, recordFailure } from "./record";
import { listToLookAt, noteChange, postponeLook, takeState } from "./recurring-gifts";

const identity = identityFrom(Buffer.alloc(32, 7).toString("base64"));
const now = new Date("2026-11-20T12:00:00Z");
const origin: Origin = { giftId: "g_1", article: "a_1", appeal: "standard", variant: "a", locale: "en" };
const tenDollars = { amountMinor: 1000, currency: "USD" } as const;

const fromSession: Fact = {
  kind: "single-payment",
  paymentIntentId: "pi_1",
  status: "succeeded",
  money: tenDollars,
  paidAt: new Date("2026-11-20T11:59:40Z"),
  charge: null,
  email: "Reader@Example.org",
  origin,
};
const fromCharge: Fact = {
  ...fromSession,
  paidAt: new Date("2026-11-20T11:59:30Z"),
  charge: { chargeId: "ch_1", balanceTransactionId: null },
  email: null,
};
const fromSettledCharge: Fact = { ...fromCharge, charge: { chargeId: "ch_1", balanceTransactionId: "txn_1" } };
const closed: Fact = {
  kind: "checkout-closed",
  outcome: "completed",
  email: "reader@example.org",
  recurring: null,
  origin,
};

const monthly: RecurringState = {
  subscriptionId: "sub_1",
  subscriptionItemId: "si_1",
  productId: "prod_1",
  customerId: "cus_1",
  money: tenDollars,
  frequency: "monthly",
  status: "active",
  startedAt: now,
  nextPaymentAt: new Date("2026-12-20T12:00:00Z"),
  cancelAt: null,
  endedAt: null,
  origin,
};
const invoice: Fact = {
  kind: "recurring-payment",
  invoiceId: "in_1",
  subscriptionId: "sub_1",
  money: tenDollars,
  frequency: "monthly",
  paidAt: now,
  email: "reader@example.org",
  origin,
};
const subscribed: Fact = {
  kind: "checkout-closed",
  outcome: "completed",
  email: "reader@example.org",
  recurring: { subscriptionId: "sub_1", money: tenDollars },
  origin,
};
const changed = (state: Partial<RecurringState>): Fact => ({
  kind: "recurring-gift-changed",
  state: { ...monthly, ...state },
});

/** Delivers each list of facts as one event, then looks at Stripe until nothing is left to look at. */
async function booksAfter(deliveries: { eventId: string; facts: Fact[] }[], atStripe: RecurringState = monthly) {
  const db = await openDatabase(await freshLedger());
  for (const { eventId, facts } of deliveries) await recordEvent(db, { eventId, type: "test", facts, now, identity });
  for (const gift of await listToLookAt(db, { now, most: 10 }))
    await takeState(db, { id: gift.id, seen: gift.changesSeen, state: atStripe });
  const books = await readBooks(db);
  await db.$disconnect();
  return books;
}

async function readBooks(db: Db) {
  const payments = await db.payment.findMany({
    orderBy: { amountMinor: "asc" },
    include: { supporter: true, recurringGift: true },
  });
  const gifts = await db.recurringGift.findMany({ include: { supporter: true } });
  return {
    payments: payments.map((payment) => ({
      fact: payment.paymentIntentId ?? payment.invoiceId,
      amount: payment.amountMinor,
      status: payment.status,
      paidAt: payment.paidAt.toISOString(),
      charge: payment.chargeId,
      entry: payment.balanceTransactionId,
      from: payment.supporter?.emailHash,
      of: payment.recurringGift?.subscriptionId,
    })),
    recurring: gifts.map(({ status, amountMinor, nextPaymentAt, cancelAt, article, supporter }) => ({
      status,
      amountMinor,
      next: nextPaymentAt?.toISOString(),
      cancelAt: cancelAt?.toISOString(),
      article,
      from: supporter?.emailHash,
    })),
    mails: await db.outboxMail.count(),
    supporters: await db.supporter.count(),
  };
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

test("any order of the events of a single gift, each of them twice, gives one payment, one mail, the same books", async () => {
  const events = [
    [closed, fromSession],
    [fromCharge],
    [fromSettledCharge],
    [{ ...fromSession, status: "pending" } as Fact],
  ];
  const named = events.map((facts, i) => ({ eventId: `evt_${i}`, facts }));
  const books = await Promise.all(permutations(named).map((order) => booksAfter([...order, ...order.toReversed()])));
  for (const other of books) expect(other).toEqual(books[0]);
  expect(books[0]).toMatchObject({
    payments: [
      { fact: "pi_1", amount: 1000n, status: "succeeded", paidAt: "2026-11-20T11:59:30.000Z", entry: "txn_1" },
    ],
    mails: 1,
    supporters: 1,
  });
});

test("any order of the events of a recurring gift gives one payment, one mail, and the gift as Stripe shows it", async () => {
  const smaller = {
    ...monthly,
    money: { amountMinor: 500, currency: "USD" as const },
    cancelAt: new Date("2026-12-20T12:00:00Z"),
  };
  const events = [[invoice], [subscribed], [changed({})], [changed(smaller)]];
  const named = events.map((facts, i) => ({ eventId: `evt_${i}`, facts }));
  const books = await Promise.all(permutations(named).map((order) => booksAfter([...order, ...order], smaller)));
  for (const other of books) expect(other).toEqual(books[0]);
  const from = identity.hash("reader@example.org");
  expect(books[0]).toEqual({
    payments: [expect.objectContaining({ fact: "in_1", of: "sub_1", from })],
    recurring: [expect.objectContaining({ status: "active", amountMinor: 500n, article: "a_1", from })],
    mails: 1,
    supporters: 1,
  });
});

test("two events for one fact are one payment and one mail", async () => {
  const books = await booksAfter([
    { eventId: "evt_1", facts: [invoice] },
    { eventId: "evt_2", facts: [invoice] },
  ]);
  expect(books.payments).toHaveLength(1);
  expect(books.mails).toBe(1);
});

test("an end is final, whatever comes after it", async () => {
  const ended = changed({ status: "canceled", nextPaymentAt: null, endedAt: now });
  const books = await booksAfter([
    { eventId: "evt_1", facts: [ended] },
    { eventId: "evt_2", facts: [changed({})] },
  ]);
  expect(books.recurring).toEqual([expect.objectContaining({ status: "canceled", next: undefined })]);
});

test("an older answer of Stripe never replaces a newer one", async () => {
  const db = await openDatabase(await freshLedger());
  const deliver = (eventId: string) => recordEvent(db, { eventId, type: "test", facts: [changed({})], now, identity });
  await deliver("evt_1");
  const [first] = await listToLookAt(db, { now, most: 1 });
  await deliver("evt_2");
  const [second] = await listToLookAt(db, { now, most: 1 });
  if (!first || !second) throw new Error("nothing to look at");
  await takeState(db, {
    id: second.id,
    seen: second.changesSeen,
    state: { ...monthly, money: { amountMinor: 777, currency: "USD" } },
  });
  await takeState(db, { id: first.id, seen: first.changesSeen, state: monthly });
  expect((await readBooks(db)).recurring[0]?.amountMinor).toBe(777n);
  expect(await listToLookAt(db, { now, most: 1 })).toEqual([]);
});

test("a look that failed is not asked for again where a newer one has been taken", async () => {
  const db = await openDatabase(await freshLedger());
  await recordEvent(db, { eventId: "evt_1", type: "test", facts: [changed({})], now, identity });
  const [failing] = await listToLookAt(db, { now, most: 1 });
  if (!failing) throw new Error("nothing to look at");
  const { id, changesSeen } = failing;
  await takeState(db, { id, seen: await noteChange(db, { id, now }), state: monthly });
  await postponeLook(db, { id, seen: changesSeen, until: now });
  expect(await listToLookAt(db, { now, most: 1 })).toEqual([]);
});

test("money is recorded where no e-mail came, and nobody is thanked", async () => {
  const books = await booksAfter([{ eventId: "evt_1", facts: [{ ...fromSession, email: null } as Fact] }]);
  expect(books.payments).toHaveLength(1);
  expect(books.mails + books.supporters).toBe(0);
});

test("a payment that is recorded long after it was made is not thanked for", async () => {
  const books = await booksAfter([
    { eventId: "evt_1", facts: [{ ...fromSession, paidAt: new Date("2026-10-01T00:00:00Z") } as Fact] },
  ]);
  expect(books.payments).toHaveLength(1);
  expect(books.mails).toBe(0);
});

test("a bank debit that took a week is thanked for when it has come through, once", async () => {
  const db = await openDatabase(await freshLedger());
  const begun = new Date("2026-11-13T12:00:00Z");
  const debit = { ...fromSession, paidAt: begun, status: "pending" } as Fact;
  const collected = { ...fromCharge, paidAt: begun } as Fact;
  const deliver = (eventId: string, fact: Fact, at: Date) =>
    recordEvent(db, { eventId, type: "test", facts: [fact], now: at, identity });
  await deliver("evt_1", debit, begun);
  expect(await db.outboxMail.count()).toBe(0);
  await deliver("evt_2", collected, now);
  await deliver("evt_3", fromSession, now);
  expect(await db.outboxMail.count()).toBe(1);
});

test("a second telling with another amount is refused whole, and can be told again", async () => {
  const db = await openDatabase(await freshLedger());
  const deliver = (eventId: string, fact: Fact) =>
    recordEvent(db, { eventId, type: "test", facts: [fact], now, identity });
  await deliver("evt_1", fromSession);
  const wrong = { ...fromSession, money: { amountMinor: 9, currency: "USD" } } as Fact;
  await expect(deliver("evt_2", wrong)).rejects.toThrow("another amount");
  await recordFailure(db, { eventId: "evt_2", type: "test", error: "another amount", now });
  expect(await db.receivedEvent.findUnique({ where: { id: "evt_2" } })).toMatchObject({
    outcome: "failed",
    attempts: 1,
  });
  await deliver("evt_2", fromSession);
  expect(await db.receivedEvent.findUnique({ where: { id: "evt_2" } })).toMatchObject({
    outcome: "recorded",
    attempts: 2,
  });
  expect(await db.payment.count()).toBe(1);
});

test("twenty deliveries of one event at the same moment are one payment", async () => {
  const db = await openDatabase(await freshLedger());
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () =>
      recordEvent(db, { eventId: "evt_1", type: "test", facts: [invoice], now, identity }),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === "recorded")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "repeated")).toHaveLength(19);
  expect(await readBooks(db)).toMatchObject({ payments: [{ fact: "in_1" }], mails: 1 });
});

test("no e-mail stands in the ledger's file", async () => {
  const db = await openDatabase(await freshLedger());
  await recordEvent(db, { eventId: "evt_1", type: "test", facts: [invoice, fromSession], now, identity });
  const rows = [await db.supporter.findMany(), await db.outboxMail.findMany(), await db.payment.findMany()];
  const text = JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
  expect(text.toLowerCase()).not.toContain("example.org");
  const [supporter] = await db.supporter.findMany();
  expect(identity.open(supporter?.emailSealed ?? "")).toBe("reader@example.org");
});
