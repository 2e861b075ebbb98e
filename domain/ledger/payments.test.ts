// Tests bounced bank debits of recurring gifts.
import { expect, test } from "vitest";
import type { BalanceTransactionReported, Fact, RecurringPayment } from "./fact";
import {
  readBooksAfterEachSampledDeliveryList,
  sampleBalanceMovedFact,
  samplePaymentFactFromCheckout,
  sampleRecurringGiftChanged,
  sampleRecurringPaymentFact,
  sampleSubscriptionCheckoutClosed,
} from "./testing/books";

const debited: RecurringPayment = {
  ...sampleRecurringPaymentFact,
  status: "pending",
  paidAt: new Date("2026-11-14T09:00:00Z"),
};
const link: Fact = { kind: "payment-linked", invoiceId: "in_1", paymentIntentId: "pi_1", isPaid: false };
const paidBy = (paymentIntentId: string): Fact => ({ ...link, paymentIntentId, isPaid: true }) as Fact;
const debitMoved: BalanceTransactionReported = {
  ...sampleBalanceMovedFact,
  sourceId: "py_1",
  balanceTransactionId: "txn_a",
  movedAt: debited.paidAt,
};
const bounced: BalanceTransactionReported = {
  ...debitMoved,
  entryKind: "payment-returned",
  balanceTransactionId: "txn_b",
  settled: { currency: "USD", amountMinor: -1000, feeMinor: 650, netMinor: -1650 },
};
const charged: Fact = {
  kind: "payment-charged",
  paymentIntentId: "pi_1",
  chargeId: "ch_1",
  money: sampleRecurringPaymentFact.money,
};

/**
 * The facts about one invoice in three states: a bank debit is pending, the debit has bounced, and a card has paid
 * instead.
 */
const ON_ITS_WAY: Fact[] = [debited, link, debitMoved];
const BOUNCED: Fact[] = [{ ...debited, status: "failed" }, link, debitMoved, bounced];
const PAID: Fact[] = [sampleRecurringPaymentFact, paidBy("pi_1"), debitMoved, bounced, charged, sampleBalanceMovedFact];

const named = (events: Fact[][]) => events.map((facts, i) => ({ eventId: `evt_${i}`, facts }));
const inAnyOrder = (events: Fact[][]) =>
  readBooksAfterEachSampledDeliveryList(permutations(named(events)).map((order) => [...order, ...order.toReversed()]));

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

const byFrequency = (rows: string[]) => rows.filter((row) => / frequency /.test(row));

test("a debit that bounced is a failed payment that counts only with its fees, in any order", async () => {
  const all = await inAnyOrder([
    ON_ITS_WAY,
    BOUNCED,
    [sampleSubscriptionCheckoutClosed],
    [sampleRecurringGiftChanged({})],
  ]);
  for (const books of all) {
    expect(books.payments).toMatchObject([
      { fact: "pi_1", status: "failed", paidAt: "2026-11-14T09:00:00.000Z", of: "sub_1", charge: null },
    ]);
    expect(books.entries).toEqual([]);
    expect(books.balance).toEqual(["txn_a payment 59 941", "txn_b payment-returned 650 -1650"]);
    expect(books.mails).toBe(0);
    expect(byFrequency(books.totals)).toEqual([
      "day 2026-11-14 frequency monthly/new USD USD: feeMinor 709, netMinor -709",
      "ever frequency monthly/new USD USD: feeMinor 709, netMinor -709",
      "month 2026-11 frequency monthly/new USD USD: feeMinor 709, netMinor -709",
    ]);
  }
});

test("a failed debit counts as returning if its supporter has an earlier payment, in any order", async () => {
  const paidAt = new Date("2026-11-01T09:00:00Z");
  const earlier: Fact = { ...samplePaymentFactFromCheckout, paymentIntentId: "pi_0", paidAt, reportedAt: paidAt };
  const all = await inAnyOrder([
    BOUNCED,
    [sampleSubscriptionCheckoutClosed],
    [sampleRecurringGiftChanged({})],
    [earlier],
  ]);
  for (const books of all) {
    const ofFees = byFrequency(books.totals).filter((row) => row.startsWith("ever") && row.includes("feeMinor"));
    expect(ofFees).toEqual(["ever frequency monthly/returning USD USD: feeMinor 709, netMinor -709"]);
  }
});

test("an invoice whose debit bounced and that a card then paid is one payment with one e-mail and all fees, in any order", async () => {
  const all = await inAnyOrder([ON_ITS_WAY, BOUNCED, [sampleRecurringPaymentFact], PAID]);
  for (const books of all) {
    expect(books.payments).toMatchObject([{ fact: "pi_1", status: "succeeded", charge: "ch_1", amount: 1000n }]);
    expect(books.entries).toEqual(["payment:in_1 1000 2026-11-20T12:00:00.000Z"]);
    expect(books.balance).toHaveLength(3);
    expect(books.mails).toBe(1);
    expect(byFrequency(books.totals)).toEqual([
      "day 2026-11-20 frequency monthly/new USD USD: settledPayments 1, settledMinor 1000, settledGrossMinor 1000, feeMinor 768, netMinor 232",
      "day 2026-11-20 frequency monthly/new USD: payments 1, grossMinor 1000",
      "ever frequency monthly/new USD USD: settledPayments 1, settledMinor 1000, settledGrossMinor 1000, feeMinor 768, netMinor 232",
      "ever frequency monthly/new USD: payments 1, grossMinor 1000",
      "month 2026-11 frequency monthly/new USD USD: settledPayments 1, settledMinor 1000, settledGrossMinor 1000, feeMinor 768, netMinor 232",
      "month 2026-11 frequency monthly/new USD: payments 1, grossMinor 1000",
    ]);
  }
});

test("an invoice that was reduced before its payment counts with the amount paid", async () => {
  const money = { amountMinor: 700, currency: "USD" } as const;
  for (const books of await inAnyOrder([ON_ITS_WAY, BOUNCED, [{ ...sampleRecurringPaymentFact, money }]])) {
    expect(books.payments).toMatchObject([{ status: "succeeded", amount: 700n, paidAt: "2026-11-20T12:00:00.000Z" }]);
    expect(books.entries).toEqual(["payment:in_1 700 2026-11-20T12:00:00.000Z"]);
  }
});

test("the payment intent that paid an invoice stays, even if one with a bounced debit is reported later", async () => {
  const paid: Fact[] = [sampleRecurringPaymentFact, paidBy("pi_2")];
  for (const books of await inAnyOrder([ON_ITS_WAY, BOUNCED, paid]))
    expect(books.payments).toMatchObject([{ fact: "pi_2", status: "succeeded" }]);
});
