import { expect, test } from "vitest";
import type { PaymentOfSingleGift } from "./fact";
import {
  changesFromRecurringPaymentFact,
  changesFromSingleGiftPaymentFact,
  newRecurringPayment,
  newSinglePayment,
} from "./payment-rules";
import {
  sampleNow,
  samplePaymentFactFromCharge,
  samplePaymentFactFromCheckout,
  sampleRecurringPaymentFact,
} from "./testing/books";

const NOBODY = { supporterId: null, erasedAt: null };
const row = { id: "P1", giftId: null, supporterId: null, erasedAt: null, now: sampleNow };
const pendingDebit: PaymentOfSingleGift = {
  ...samplePaymentFactFromCheckout,
  status: "pending",
  reportedAt: new Date("2026-11-19T10:00:00Z"),
};
const eur = { amountMinor: 1000, currency: "EUR" } as const;

function rowAfter([first = samplePaymentFactFromCheckout, ...others]: PaymentOfSingleGift[]) {
  let payment = newSinglePayment(first, row);
  for (const fact of others) payment = { ...payment, ...changesFromSingleGiftPaymentFact(payment, fact, NOBODY) };
  return payment;
}

test("the facts of a single payment give the same row in several orders, with the time of the first report of success", () => {
  const charged: PaymentOfSingleGift = { ...samplePaymentFactFromCharge, reportedAt: new Date("2026-11-20T12:30:00Z") };
  const payment = rowAfter([pendingDebit, samplePaymentFactFromCheckout, charged]);
  expect(payment).toMatchObject({ status: "succeeded", chargeId: "ch_1", paidAt: charged.paidAt });
  expect(payment.arrivedAt).toEqual(samplePaymentFactFromCheckout.reportedAt);
  expect(rowAfter([charged, samplePaymentFactFromCheckout, pendingDebit])).toEqual(payment);
  expect(rowAfter([samplePaymentFactFromCheckout, pendingDebit, charged])).toEqual(payment);
});

test("a fact with the same status and another currency throws", () => {
  const single = newSinglePayment(samplePaymentFactFromCheckout, row);
  const refusal = { reason: { why: "other-amount", payment: "pi_1" } };
  const refused = (change: () => unknown) => expect(change).toThrow(expect.objectContaining(refusal));
  refused(() => changesFromSingleGiftPaymentFact(single, { ...samplePaymentFactFromCheckout, money: eur }, NOBODY));
  const recurring = {
    ...newRecurringPayment(sampleRecurringPaymentFact, { ...row, recurringGiftId: "r1" }),
    paymentIntentId: "pi_1",
  };
  refused(() => changesFromRecurringPaymentFact(recurring, { ...sampleRecurringPaymentFact, money: eur }, null));
});

test("an invoice that was reduced before its payment gets the amount paid, and an older report does not undo it", () => {
  const pending = newRecurringPayment(
    { ...sampleRecurringPaymentFact, status: "pending" },
    { ...row, recurringGiftId: "r1" },
  );
  const lowered = { amountMinor: 700, currency: "USD" } as const;
  const paid = {
    ...pending,
    ...changesFromRecurringPaymentFact(pending, { ...sampleRecurringPaymentFact, money: lowered }, "s1"),
  };
  expect(paid).toMatchObject({ status: "succeeded", amountMinor: 700n, supporterId: "s1" });
  expect(changesFromRecurringPaymentFact(paid, { ...sampleRecurringPaymentFact, status: "pending" }, null)).toEqual({
    supporterId: "s1",
    placement: "give",
  });
});
