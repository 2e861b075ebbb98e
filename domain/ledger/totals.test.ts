import { expect, test } from "vitest";
import { newSinglePayment } from "./payment-rules";
import { sampleNow, samplePaymentFactFromCharge } from "./testing/books";
import { changesToTotalsBetween, changesToTotalsByEntry, totalKeyToString } from "./totals";

const timeZone = "Europe/Moscow";
const payment = newSinglePayment(samplePaymentFactFromCharge, {
  giftId: null,
  supporterId: null,
  erasedAt: null,
  now: sampleNow,
});
const pending = { ...payment, status: "pending" };
const settled = {
  id: "txn_1",
  kind: "payment",
  sourceId: "ch_1",
  currency: "USD",
  amountMinor: 1000n,
  feeMinor: 59n,
  netMinor: 941n,
  occurredAt: payment.paidAt,
};
const namesOf = (changes: ReturnType<typeof changesToTotalsBetween>) => changes.map(({ key }) => totalKeyToString(key));

test("a payment's entry counts by article, frequency and variant for its day, its month and all time, and by amount for day and month", () => {
  const entry = { kind: "payment", amountMinor: 1000n, occurredAt: payment.paidAt };
  const changes = changesToTotalsByEntry(payment, entry, timeZone);
  expect(namesOf(changes)).toEqual([
    "day|2026-11-20|amount|once/1000|USD|",
    "day|2026-11-20|article|a_1/once|USD|",
    "day|2026-11-20|frequency|once/new|USD|",
    "day|2026-11-20|variant|standard/a/give|USD|",
    "ever||article|a_1/once|USD|",
    "ever||frequency|once/new|USD|",
    "ever||variant|standard/a/give|USD|",
    "month|2026-11|amount|once/1000|USD|",
    "month|2026-11|article|a_1/once|USD|",
    "month|2026-11|frequency|once/new|USD|",
    "month|2026-11|variant|standard/a/give|USD|",
  ]);
  for (const { sums } of changes) expect(sums).toEqual({ payments: 1, grossMinor: 1000n });
});

test("a refund does not count in the rows by amount", () => {
  const entry = { kind: "refund", amountMinor: -400n, occurredAt: payment.paidAt };
  expect(namesOf(changesToTotalsByEntry(payment, entry, timeZone)).filter((name) => name.includes("|amount|"))).toEqual(
    [],
  );
});

test("if a payment becomes returning, its entries move to another row of the totals by frequency only", () => {
  const entries = [
    { key: "payment:pi_1", kind: "payment", amountMinor: 1000n },
    { key: "refund:re_1", kind: "refund", amountMinor: -400n },
  ].map((entry) => ({ ...entry, currency: "USD", paymentId: "p", occurredAt: payment.paidAt, recordedAt: sampleNow }));
  const returning = { ...payment, supporterKind: "returning" };
  const counted = { rows: [settled], entries };
  const changes = changesToTotalsBetween({ payment, ...counted }, { payment: returning, ...counted }, timeZone);
  expect(new Set(changes.map(({ key }) => key.by))).toEqual(new Set(["frequency"]));
  const ever = changes.filter(({ key }) => key.period === "ever" && key.settledCurrency === "");
  expect(ever.map(({ key, sums }) => [key.value, sums])).toEqual([
    ["once/new", { payments: -1, grossMinor: -1000n, refunds: -1, refundedMinor: -400n }],
    ["once/returning", { payments: 1, grossMinor: 1000n, refunds: 1, refundedMinor: 400n }],
  ]);
});

test("a payment that moves to another day of its month changes only the rows of the two days", () => {
  const moved = { ...pending, paidAt: new Date("2026-11-19T12:00:00Z") };
  const changes = changesToTotalsBetween({ payment: pending, rows: [] }, { payment: moved, rows: [] }, timeZone);
  expect(namesOf(changes).map((name) => name.split("|").slice(0, 3).join(" "))).toEqual([
    ...["article", "frequency", "variant"].map((by) => `day 2026-11-19 ${by}`),
    ...["article", "frequency", "variant"].map((by) => `day 2026-11-20 ${by}`),
  ]);
  expect(changes[0]?.sums).toEqual({ pendingPayments: 1, pendingMinor: 1000n });
  expect(changes[3]?.sums).toEqual({ pendingPayments: -1, pendingMinor: -1000n });
});

test("a pending payment that succeeds moves its fee from the pending to the settled columns, with one change per row", () => {
  const before = { payment: pending, rows: [settled] };
  const changes = changesToTotalsBetween(before, { payment, rows: [settled] }, timeZone);
  expect(new Set(namesOf(changes)).size).toBe(changes.length);
  const ever = changes.filter(({ key }) => key.period === "ever" && key.by === "frequency");
  expect(ever.map(({ key, sums }) => [key.settledCurrency, sums])).toEqual([
    ["", { pendingPayments: -1, pendingMinor: -1000n }],
    [
      "USD",
      {
        ...{ settledPayments: 1, settledMinor: 1000n, settledGrossMinor: 1000n, feeMinor: 59n, netMinor: 941n },
        ...{ pendingFeeMinor: -59n, pendingNetMinor: -941n },
      },
    ],
  ]);
});

test("an unchanged payment causes no changes of the totals", () => {
  const counted = { payment: pending, rows: [settled] };
  expect(changesToTotalsBetween(counted, counted, timeZone)).toEqual([]);
});
