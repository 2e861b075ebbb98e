import { expect, test } from "vitest";
import type { SinglePayment } from "./fact";
import {
  changesFromRecurringPaymentFact,
  changesFromSinglePaymentFact,
  newRecurringPayment,
  newSinglePayment,
} from "./payment-rules";
import { now, sampleInvoicePaid, samplePaymentFromCharge, samplePaymentFromSession } from "./testing/books";

const NOBODY = { supporterId: null, erasedAt: null };
const row = { id: "P1", giftId: null, supporterId: null, erasedAt: null, now };
const pendingDebit: SinglePayment = {
  ...samplePaymentFromSession,
  status: "pending",
  reportedAt: new Date("2026-11-19T10:00:00Z"),
};
const eur = { amountMinor: 1000, currency: "EUR" } as const;

function rowAfter([first = samplePaymentFromSession, ...others]: SinglePayment[]) {
  let payment = newSinglePayment(first, row);
  for (const fact of others) payment = { ...payment, ...changesFromSinglePaymentFact(payment, fact, NOBODY) };
  return payment;
}

test("the facts of a single payment give the same row in several orders, with the time of the first report of success", () => {
  const charged: SinglePayment = { ...samplePaymentFromCharge, reportedAt: new Date("2026-11-20T12:30:00Z") };
  const payment = rowAfter([pendingDebit, samplePaymentFromSession, charged]);
  expect(payment).toMatchObject({ status: "succeeded", chargeId: "ch_1", paidAt: charged.paidAt });
  expect(payment.arrivedAt).toEqual(samplePaymentFromSession.reportedAt);
  expect(rowAfter([charged, samplePaymentFromSession, pendingDebit])).toEqual(payment);
  expect(rowAfter([samplePaymentFromSession, pendingDebit, charged])).toEqual(payment);
});

test("a fact with the same status and another currency throws", () => {
  const single = newSinglePayment(samplePaymentFromSession, row);
  const refusal = { reason: { why: "other-amount", payment: "pi_1" } };
  const refused = (change: () => unknown) => expect(change).toThrow(expect.objectContaining(refusal));
  refused(() => changesFromSinglePaymentFact(single, { ...samplePaymentFromSession, money: eur }, NOBODY));
  const recurring = {
    ...newRecurringPayment(sampleInvoicePaid, { ...row, recurringGiftId: "r1" }),
    paymentIntentId: "pi_1",
  };
  refused(() => changesFromRecurringPaymentFact(recurring, { ...sampleInvoicePaid, money: eur }, null));
});

test("an invoice that was reduced before its payment gets the amount paid, and an older report does not undo it", () => {
  const pending = newRecurringPayment({ ...sampleInvoicePaid, status: "pending" }, { ...row, recurringGiftId: "r1" });
  const lowered = { amountMinor: 700, currency: "USD" } as const;
  const paid = {
    ...pending,
    ...changesFromRecurringPaymentFact(pending, { ...sampleInvoicePaid, money: lowered }, "s1"),
  };
  expect(paid).toMatchObject({ status: "succeeded", amountMinor: 700n, supporterId: "s1" });
  expect(changesFromRecurringPaymentFact(paid, { ...sampleInvoicePaid, status: "pending" }, null)).toEqual({
    supporterId: "s1",
    placement: "give",
  });
});
