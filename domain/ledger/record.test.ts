import { expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { recordDeadLetter } from "./dead-letters";
import type { Fact } from "./fact";
import { recordEvent } from "./record";
import { applyFetchedRecurringGiftState, postponeGiftFetch, requestRecurringGiftFetch } from "./recurring-gifts";
import { listRecurringGiftsToFetch } from "./store/recurring-gifts";
import {
  completedCheckoutFact,
  readBooks,
  readBooksAfter,
  readBooksAfterEachSampledDeliveryList,
  sampleBalanceMovedFact,
  sampleDisputeBalanceMoved,
  sampleDisputeReported,
  sampleMonthlyGift,
  sampleNow,
  samplePaymentFactFromCharge,
  samplePaymentFactFromCheckout,
  sampleRecurringGiftChanged,
  sampleRecurringPaymentFact,
  sampleRefundReported,
  sampleSubscriptionCheckoutClosed,
  testIdentityCrypto,
  testOptionsForRecordingEvents,
} from "./testing/books";

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

test("the events of a single gift, each twice and in any order, give one payment, one e-mail and the same ledger", async () => {
  const events = [
    [completedCheckoutFact, samplePaymentFactFromCheckout],
    [samplePaymentFactFromCharge],
    [samplePaymentFactFromCharge, sampleBalanceMovedFact],
    [{ ...samplePaymentFactFromCheckout, status: "pending" } as Fact],
  ];
  const named = events.map((facts, i) => ({ eventId: `evt_${i}`, facts }));
  const books = await readBooksAfterEachSampledDeliveryList(
    permutations(named).map((order) => [...order, ...order.toReversed()]),
  );
  for (const other of books) expect(other).toEqual(books[0]);
  expect(books[0]).toMatchObject({
    payments: [
      { fact: "pi_1", amount: 1000n, status: "succeeded", paidAt: "2026-11-20T11:59:30.000Z", charge: "ch_1" },
    ],
    entries: ["payment:pi_1 1000 2026-11-20T11:59:30.000Z"],
    balance: ["txn_1 payment 59 941"],
    mails: 1,
    supporters: 1,
  });
});

test("the events of a recurring gift, each twice and in any order, give one payment, one e-mail and Stripe's current state", async () => {
  const smaller = {
    ...sampleMonthlyGift,
    money: { amountMinor: 500, currency: "USD" as const },
    cancelAt: new Date("2026-12-20T12:00:00Z"),
  };
  const events = [
    [sampleRecurringPaymentFact],
    [sampleSubscriptionCheckoutClosed],
    [sampleRecurringGiftChanged({})],
    [sampleRecurringGiftChanged(smaller)],
  ];
  const named = events.map((facts, i) => ({ eventId: `evt_${i}`, facts }));
  const books = await readBooksAfterEachSampledDeliveryList(
    permutations(named).map((order) => [...order, ...order]),
    smaller,
  );
  for (const other of books) expect(other).toEqual(books[0]);
  const from = testIdentityCrypto.hashOf("reader@example.org");
  expect(books[0]).toMatchObject({
    payments: [expect.objectContaining({ fact: "in_1", of: "sub_1", from })],
    recurring: [expect.objectContaining({ status: "active", amountMinor: 500n, article: "a_1", from })],
    worth: ["USD monthly active 1 1 500"],
    mails: 1,
    supporters: 1,
  });
});

test("the events of a payment, its refunds and its dispute give the same entries and sums in any order", async () => {
  const events: Fact[][] = [
    [completedCheckoutFact, samplePaymentFactFromCheckout],
    [samplePaymentFactFromCharge, sampleBalanceMovedFact],
    [sampleRefundReported("re_1", 300, { status: "pending" })],
    [sampleRefundReported("re_1", 300), sampleRefundReported("re_2", 200, { status: "failed" })],
    [sampleDisputeReported("needs_response"), sampleDisputeBalanceMoved("dispute", "txn_2")],
    [
      sampleDisputeReported("won"),
      sampleDisputeBalanceMoved("dispute", "txn_2"),
      sampleDisputeBalanceMoved("dispute-returned", "txn_3"),
    ],
  ];
  // The ledger ignores a balance transaction that arrives before its payment. The site would later ask Stripe for it.
  // These facts stand for Stripe's answer.
  const answers = {
    eventId: "evt_answers",
    facts: [samplePaymentFactFromCharge, sampleBalanceMovedFact, ...(events[5] ?? [])],
  };
  const named = events.map((facts, i) => ({ eventId: `evt_${i}`, facts }));
  const orders = permutations(named).filter((_, index) => index % 48 === 0);
  const books = await readBooksAfterEachSampledDeliveryList(
    orders.map((order) => [...order, ...order.toReversed(), answers]),
  );
  for (const other of books) expect(other).toEqual(books[0]);
  expect(books[0]).toMatchObject({
    payments: [{ refunded: 300n, disputed: 0n }],
    refunds: [
      { id: "re_1", status: "succeeded" },
      { id: "re_2", status: "failed" },
    ],
    disputes: [{ status: "won" }],
    entries: [
      "dispute-returned:txn_3 1000 2026-11-22T08:00:00.000Z",
      "dispute:txn_2 -1000 2026-11-22T08:00:00.000Z",
      "payment:pi_1 1000 2026-11-20T11:59:30.000Z",
      "refund-returned:re_2 200 2026-11-21T08:00:00.000Z",
      "refund:re_1 -300 2026-11-21T08:00:00.000Z",
      "refund:re_2 -200 2026-11-21T08:00:00.000Z",
    ],
    balance: ["txn_1 payment 59 941", "txn_2 dispute 1500 -2500", "txn_3 dispute-returned 0 1000"],
  });
});

/** The amounts of a bounced debit's balance transaction, with a fee of 59 cents. */
const bouncedAtAFee = { currency: "USD", amountMinor: -1000, feeMinor: 59, netMinor: -1059 };

test("the fees of a bounced debit count on the day on which it began, even if the bounce is reported first", async () => {
  const pendingDebit: Fact = { ...samplePaymentFactFromCheckout, status: "pending" };
  const bounced: Fact = {
    ...samplePaymentFactFromCheckout,
    status: "failed",
    paidAt: new Date("2026-12-01T12:00:00Z"),
  };
  const events = [
    [pendingDebit],
    [bounced, sampleBalanceMovedFact],
    [
      {
        ...sampleBalanceMovedFact,
        entryKind: "payment-returned",
        balanceTransactionId: "txn_2",
        settled: bouncedAtAFee,
      } as Fact,
    ],
  ];
  const named = events.map((facts, i) => ({ eventId: `evt_${i}`, facts }));
  const orders = permutations(named).filter(([first]) => first?.eventId !== "evt_2");
  const [books, ...others] = await readBooksAfterEachSampledDeliveryList(orders.map((order) => [...order, ...order]));
  expect(books?.totals.filter((row) => row.startsWith("day 2026-12"))).toEqual([]);
  for (const other of others) expect(other.totals).toEqual(books?.totals);
  expect(books?.totals).toContain("ever frequency once/new USD USD: feeMinor 118, netMinor -118");
});

/** The amounts of a bounced debit's balance transaction, with a fee of $6.50. */
const returned = { currency: "USD", amountMinor: -1000, feeMinor: 650, netMinor: -1650 };

/**
 * Returns the sums of one row of the totals: the first row that is for all time, grouped by frequency, and for gifts in
 * USD that Stripe settled in USD.
 */
const settledEver = (rows: string[]) => rows.find((row) => /^ever frequency [\w/]+ USD USD:/.test(row))?.split(": ")[1];

test("a bounced debit that a card then paid on the same payment intent is settled once, in any order", async () => {
  const pendingDebit: Fact = { ...samplePaymentFactFromCheckout, status: "pending" };
  const debit = { entryKind: "payment", sourceId: "py_1" } as const;
  const events: Fact[][] = [
    [completedCheckoutFact, pendingDebit, { ...samplePaymentFactFromCharge, charge: null, status: "pending" }],
    [{ ...sampleBalanceMovedFact, ...debit, balanceTransactionId: "txn_a" }],
    [{ ...samplePaymentFactFromCheckout, status: "failed" }],
    [
      {
        ...sampleBalanceMovedFact,
        ...debit,
        entryKind: "payment-returned",
        balanceTransactionId: "txn_b",
        settled: returned,
      },
    ],
    [samplePaymentFactFromCharge],
    [sampleBalanceMovedFact],
  ];
  const answers = { eventId: "evt_answers", facts: events.flat() };
  const named = events.map((facts, i) => ({ eventId: `evt_${i}`, facts }));
  const orders = permutations(named).filter((_, index) => index % 24 === 0);
  const books = await readBooksAfterEachSampledDeliveryList(
    orders.map((order) => [...order, ...order.toReversed(), answers]),
  );
  for (const other of books)
    expect(settledEver(other.totals)).toBe(
      "settledPayments 1, settledMinor 1000, settledGrossMinor 1000, feeMinor 768, netMinor 232",
    );
  expect(books[0]?.payments).toMatchObject([{ status: "succeeded", charge: "ch_1" }]);
});

test("only the successful charge settles an invoice's payment, whenever it becomes known", async () => {
  const link: Fact = { kind: "payment-linked", invoiceId: "in_1", paymentIntentId: "pi_1", isPaid: true };
  const { money } = sampleBalanceMovedFact;
  const charged: Fact = { kind: "payment-charged", paymentIntentId: "pi_1", chargeId: "ch_1", money };
  const bounced: Fact = { ...sampleBalanceMovedFact, sourceId: "py_1", balanceTransactionId: "txn_a" };
  const orders = permutations([charged, sampleBalanceMovedFact, bounced]);
  const books = await readBooksAfterEachSampledDeliveryList(
    orders.map((facts) => [{ eventId: "evt_1", facts: [sampleRecurringPaymentFact, link, ...facts] }]),
  );
  for (const other of books) {
    expect(other.payments).toMatchObject([{ fact: "pi_1", charge: "ch_1" }]);
    // `txn_a` does not count, because its debit `py_1` did not pay the invoice.
    expect(settledEver(other.totals)).toBe(
      "settledPayments 1, settledMinor 1000, settledGrossMinor 1000, feeMinor 59, netMinor 941",
    );
  }
});

test("refunds and balance transactions of another product do not count", async () => {
  const foreign = { ...sampleBalanceMovedFact, paymentIntentId: "pi_other", balanceTransactionId: "txn_9" };
  const books = await readBooksAfter([
    { eventId: "evt_1", facts: [sampleRefundReported("re_9", 100, { paymentIntentId: "pi_other" }), foreign] },
  ]);
  expect([books.entries, books.balance, books.totals, books.payments]).toEqual([[], [], [], []]);
});

test("an entry can be neither changed nor deleted", async () => {
  const db = await openEmptyLedger();
  await recordEvent(db, {
    ...testOptionsForRecordingEvents,
    eventId: "evt_1",
    type: "test",
    facts: [samplePaymentFactFromCharge, sampleBalanceMovedFact],
  });
  const before = await readBooks(db);
  await expect(db.entry.updateMany({ data: { amountMinor: 1n } })).rejects.toThrow();
  await expect(db.entry.deleteMany({})).rejects.toThrow();
  await expect(db.balanceEntry.updateMany({ data: { feeMinor: 0n } })).rejects.toThrow();
  await expect(db.balanceEntry.deleteMany({})).rejects.toThrow();
  expect(await readBooks(db)).toEqual(before);
});

test("two events with the same fact give one payment and one e-mail", async () => {
  const books = await readBooksAfter([
    { eventId: "evt_1", facts: [sampleRecurringPaymentFact] },
    { eventId: "evt_2", facts: [sampleRecurringPaymentFact] },
  ]);
  expect(books.payments).toHaveLength(1);
  expect(books.mails).toBe(1);
});

test("until the gift has been fetched from Stripe, it has the frequency of the form", async () => {
  const db = await openEmptyLedger();
  const details = { amountMinor: 1_000n, currency: "USD", appeal: "a", variant: "a", placement: "give", locale: "en" };
  const when = { createdAt: sampleNow, expiresAt: sampleNow };
  await db.gift.create({ data: { id: "g_1", formKey: "f_1", frequency: "yearly", ...details, ...when } });
  await recordEvent(db, {
    ...testOptionsForRecordingEvents,
    eventId: "evt_1",
    type: "test",
    facts: [sampleSubscriptionCheckoutClosed],
  });
  expect(await db.recurringGift.findFirst()).toMatchObject({ status: "starting", frequency: "yearly" });
});

test("a later event does not undo the end of a recurring gift", async () => {
  const ended = sampleRecurringGiftChanged({ status: "canceled", nextPaymentAt: null, endedAt: sampleNow });
  const books = await readBooksAfter([
    { eventId: "evt_1", facts: [ended] },
    { eventId: "evt_2", facts: [sampleRecurringGiftChanged({})] },
  ]);
  expect(books.recurring).toEqual([expect.objectContaining({ status: "canceled", next: undefined })]);
  expect(books.worth).toEqual([]);
});

test("an older answer from Stripe never replaces a newer one", async () => {
  const db = await openEmptyLedger();
  const deliver = (eventId: string) =>
    recordEvent(db, {
      eventId,
      type: "test",
      facts: [sampleRecurringGiftChanged({})],
      ...testOptionsForRecordingEvents,
    });
  await deliver("evt_1");
  const [first] = await listRecurringGiftsToFetch(db, { now: sampleNow, limit: 1 });
  await deliver("evt_2");
  const [second] = await listRecurringGiftsToFetch(db, { now: sampleNow, limit: 1 });
  if (!first || !second) throw new Error("nothing to fetch");
  await applyFetchedRecurringGiftState(db, {
    id: second.id,
    changeNumber: second.changesSeen,
    state: { ...sampleMonthlyGift, money: { amountMinor: 777, currency: "USD" } },
    options: testOptionsForRecordingEvents,
  });
  await applyFetchedRecurringGiftState(db, {
    id: first.id,
    changeNumber: first.changesSeen,
    state: sampleMonthlyGift,
    options: testOptionsForRecordingEvents,
  });
  expect((await readBooks(db)).recurring[0]?.amountMinor).toBe(777n);
  expect(await listRecurringGiftsToFetch(db, { now: sampleNow, limit: 1 })).toEqual([]);
});

test("a failed fetch is not repeated after a newer one has succeeded", async () => {
  const db = await openEmptyLedger();
  await recordEvent(db, {
    eventId: "evt_1",
    type: "test",
    facts: [sampleRecurringGiftChanged({})],
    ...testOptionsForRecordingEvents,
  });
  const [failing] = await listRecurringGiftsToFetch(db, { now: sampleNow, limit: 1 });
  if (!failing) throw new Error("nothing to fetch");
  const { id, changesSeen } = failing;
  await applyFetchedRecurringGiftState(db, {
    id,
    changeNumber: await requestRecurringGiftFetch(db, { id, fetchAfter: sampleNow }),
    state: sampleMonthlyGift,
    options: testOptionsForRecordingEvents,
  });
  await postponeGiftFetch(db, { id, changeNumber: changesSeen, until: sampleNow });
  expect(await listRecurringGiftsToFetch(db, { now: sampleNow, limit: 1 })).toEqual([]);
});

test.each([null, "no address"])(
  "records a payment with the e-mail address %j, without a supporter or mail",
  async (email) => {
    const books = await readBooksAfter([
      { eventId: "evt_1", facts: [{ ...samplePaymentFactFromCheckout, email } as Fact] },
    ]);
    expect(books.payments).toHaveLength(1);
    expect(books.mails + books.supporters).toBe(0);
  },
);

test("a payment that is recorded long after it was made causes no e-mail", async () => {
  const books = await readBooksAfter([
    {
      eventId: "evt_1",
      facts: [{ ...samplePaymentFactFromCharge, email: "a@b.example", reportedAt: new Date("2026-10-01T00:00:00Z") }],
    },
  ]);
  expect(books.payments).toHaveLength(1);
  expect(books.mails).toBe(0);
});

test("a bank debit that takes a week causes thanks once, when it has succeeded", async () => {
  const db = await openEmptyLedger();
  const startedAt = new Date("2026-11-13T12:00:00Z");
  const debit = {
    ...samplePaymentFactFromCheckout,
    paidAt: startedAt,
    reportedAt: startedAt,
    status: "pending",
  } as Fact;
  const collected = { ...samplePaymentFactFromCharge, paidAt: startedAt, reportedAt: sampleNow } as Fact;
  const deliver = (eventId: string, fact: Fact, at: Date) =>
    recordEvent(db, { eventId, type: "test", facts: [fact], ...testOptionsForRecordingEvents, now: at });
  const thanks = () => db.outboxMail.count({ where: { kind: "thanks" } });
  await deliver("evt_1", debit, startedAt);
  expect(await thanks()).toBe(0);
  await deliver("evt_2", collected, sampleNow);
  await deliver("evt_3", samplePaymentFactFromCheckout, sampleNow);
  expect(await thanks()).toBe(1);
});

test("an event with another amount for a known payment is stored as failed, and can be recorded later", async () => {
  const db = await openEmptyLedger();
  const deliver = (eventId: string, fact: Fact) =>
    recordEvent(db, { eventId, type: "test", facts: [fact], ...testOptionsForRecordingEvents });
  await deliver("evt_1", samplePaymentFactFromCheckout);
  const wrong = { ...samplePaymentFactFromCheckout, money: { amountMinor: 9, currency: "USD" } } as Fact;
  const failure = await deliver("evt_2", wrong).catch((error: unknown) => error);
  expect(failure).toMatchObject({ reason: { why: "other-amount", payment: "pi_1" } });
  const failed = { eventId: "evt_2", type: "test", failure, error: String(failure), now: sampleNow };
  expect(await recordDeadLetter(db, failed)).toEqual({ isKnown: false });
  expect(await recordDeadLetter(db, failed)).toEqual({ isKnown: true });
  expect(await db.receivedEvent.findUnique({ where: { id: "evt_2" } })).toMatchObject({
    outcome: "failed",
    attempts: 2,
  });
  await deliver("evt_2", samplePaymentFactFromCheckout);
  expect(await db.receivedEvent.findUnique({ where: { id: "evt_2" } })).toMatchObject({
    outcome: "recorded",
    attempts: 3,
    reason: null,
  });
  expect(await db.payment.count()).toBe(1);
});

test("twenty simultaneous deliveries of an event give one payment", async () => {
  const db = await openEmptyLedger();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () =>
      recordEvent(db, {
        eventId: "evt_1",
        type: "test",
        facts: [sampleRecurringPaymentFact],
        ...testOptionsForRecordingEvents,
      }),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === "recorded")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "repeated")).toHaveLength(19);
  expect(await readBooks(db)).toMatchObject({ payments: [{ fact: "in_1" }], mails: 1 });
});

test("the ledger contains no e-mail address in plain text", async () => {
  const db = await openEmptyLedger();
  await recordEvent(db, {
    eventId: "evt_1",
    type: "test",
    facts: [sampleRecurringPaymentFact, samplePaymentFactFromCheckout],
    ...testOptionsForRecordingEvents,
  });
  const rows = [await db.supporterAddress.findMany(), await db.outboxMail.findMany(), await db.payment.findMany()];
  const text = JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
  expect(text.toLowerCase()).not.toContain("example.org");
  const [address] = await db.supporterAddress.findMany();
  expect(testIdentityCrypto.open(address?.emailSealed ?? "")).toBe("reader@example.org");
});
