import { expect, test } from "vitest";
import type { SinglePayment } from "./fact";
import {
  changesByRecurringPayment,
  changesBySinglePayment,
  newRecurringPayment,
  newSinglePayment,
} from "./payment-rules";
import { fromCharge, fromSession, invoice, now } from "./testing/books";

const NOBODY = { supporterId: null, erasedAt: null };
const row = { id: "P1", giftId: null, supporterId: null, erasedAt: null, now };
const pendingDebit: SinglePayment = { ...fromSession, status: "pending", reportedAt: new Date("2026-11-19T10:00:00Z") };
const eur = { amountMinor: 1000, currency: "EUR" } as const;

function rowAfter([first = fromSession, ...others]: SinglePayment[]) {
  let payment = newSinglePayment(first, row);
  for (const fact of others) payment = { ...payment, ...changesBySinglePayment(payment, fact, NOBODY) };
  return payment;
}

test("the facts of a single payment give the same row in several orders, with the time of the first report of success", () => {
  const charged: SinglePayment = { ...fromCharge, reportedAt: new Date("2026-11-20T12:30:00Z") };
  const payment = rowAfter([pendingDebit, fromSession, charged]);
  expect(payment).toMatchObject({ status: "succeeded", chargeId: "ch_1", paidAt: charged.paidAt });
  expect(payment.arrivedAt).toEqual(fromSession.reportedAt);
  expect(rowAfter([charged, fromSession, pendingDebit])).toEqual(payment);
  expect(rowAfter([fromSession, pendingDebit, charged])).toEqual(payment);
});

test("a fact with the same status and another currency throws", () => {
  const single = newSinglePayment(fromSession, row);
  const refusal = { reason: { why: "other-amount", payment: "pi_1" } };
  const refused = (change: () => unknown) => expect(change).toThrow(expect.objectContaining(refusal));
  refused(() => changesBySinglePayment(single, { ...fromSession, money: eur }, NOBODY));
  const recurring = { ...newRecurringPayment(invoice, { ...row, recurringGiftId: "r1" }), paymentIntentId: "pi_1" };
  refused(() => changesByRecurringPayment(recurring, { ...invoice, money: eur }, null));
});

test("an invoice that was reduced before its payment gets the amount paid, and an older report does not undo it", () => {
  const pending = newRecurringPayment({ ...invoice, status: "pending" }, { ...row, recurringGiftId: "r1" });
  const lowered = { amountMinor: 700, currency: "USD" } as const;
  const paid = { ...pending, ...changesByRecurringPayment(pending, { ...invoice, money: lowered }, "s1") };
  expect(paid).toMatchObject({ status: "succeeded", amountMinor: 700n, supporterId: "s1" });
  expect(changesByRecurringPayment(paid, { ...invoice, status: "pending" }, null)).toEqual({
    supporterId: "s1",
    placement: "give",
  });
});
