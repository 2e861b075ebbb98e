import type Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { makeTestGiftMetadata } from "../../testing/own-metadata";
import {
  actionRequiredInvoiceFacts,
  failedInvoiceFacts,
  unpaidBankDebitInvoiceFacts,
  upcomingInvoiceFacts,
} from "./invoice";

const metadata = makeTestGiftMetadata();
const details = { subscription: "sub_1", metadata };
const invoice = {
  id: "in_1",
  status: "open",
  customer_email: "reader@example.org",
  ...{ amount_paid: 0, currency: "eur", created: 1_795_000_000, status_transitions: { paid_at: null } },
  lines: { data: [{ period: { start: 1_795_000_000, end: 1_797_592_000 } }] },
  parent: { subscription_details: details },
} as unknown as Stripe.Invoice;

function chargeOf(status: string, created: number, balance_transaction: string | null) {
  const charge = { id: `py_${created}`, payment_intent: "pi_1", amount: 1_000, currency: "eur" };
  return { ...charge, status, created, balance_transaction } as unknown as Stripe.Charge;
}

const declined = chargeOf("failed", 1_795_000_000, null);
const bounced = chargeOf("failed", 1_795_000_100, "txn_1");
const pending = chargeOf("pending", 1_795_000_200, "txn_2");

test("an invoice with only declined cards, or without any attempt, is not a payment", () => {
  expect(unpaidBankDebitInvoiceFacts(invoice, [declined])).toEqual([]);
  expect(unpaidBankDebitInvoiceFacts(invoice, [])).toEqual([]);
});

test("a debit after a declined card is pending since the debit's own start", () => {
  const paidAt = new Date(1_795_000_200_000);
  expect(unpaidBankDebitInvoiceFacts(invoice, [pending, declined])).toEqual([
    expect.objectContaining({ kind: "recurring-payment", invoiceId: "in_1", status: "pending", paidAt }),
    { kind: "payment-linked", invoiceId: "in_1", paymentIntentId: "pi_1", isPaid: false },
  ]);
});

test("after a bounced debit the payment is failed, even while the next debit is pending", () => {
  const paidAt = new Date(1_795_000_100_000);
  const money = { amountMinor: 1_000, currency: "EUR" };
  expect(unpaidBankDebitInvoiceFacts(invoice, [pending, bounced, declined])).toContainEqual(
    expect.objectContaining({ status: "failed", paidAt, money }),
  );
});

test("ignores another product's debit", () => {
  const foreign = { ...invoice, parent: { subscription_details: { ...details, metadata: {} } } } as Stripe.Invoice;
  expect(unpaidBankDebitInvoiceFacts(foreign, [bounced])).toEqual([]);
});

const failed = {
  ...invoice,
  ...{ amount_due: 1_000, attempt_count: 2, billing_reason: "subscription_cycle", next_payment_attempt: 1_795_100_000 },
} as Stripe.Invoice;
const reportedAt = new Date(1_795_000_300_000);

test("a failed renewal has the time of Stripe's next attempt, and a failed first payment is not a renewal", () => {
  const [renewal] = failedInvoiceFacts(failed, reportedAt);
  expect(renewal).toMatchObject({ key: "in_1:2", renewal: { nextAttemptAt: new Date(1_795_100_000_000) } });
  expect(failedInvoiceFacts({ ...failed, next_payment_attempt: null }, reportedAt)).toMatchObject([
    { renewal: { nextAttemptAt: null } },
  ]);
  expect(failedInvoiceFacts({ ...failed, billing_reason: "subscription_create" }, reportedAt)).toMatchObject([
    { renewal: null },
  ]);
});

test("a renewal that needs authentication is the same failed attempt, and a first payment that needs it is not one", () => {
  expect(actionRequiredInvoiceFacts(failed, reportedAt)).toEqual(failedInvoiceFacts(failed, reportedAt));
  expect(actionRequiredInvoiceFacts({ ...failed, billing_reason: "subscription_create" }, reportedAt)).toEqual([]);
  expect(actionRequiredInvoiceFacts({ ...failed, attempt_count: 0 }, reportedAt)).toEqual([]);
});

describe("an upcoming invoice", () => {
  const { id: _, ...coming } = { ...failed, period_end: 1_795_200_000 };

  test("names the gift, the amount and the time of the charge, although the invoice has no id", () => {
    const money = { amountMinor: 1_000, currency: "EUR" };
    const chargesAt = new Date(1_795_100_000_000);
    expect(upcomingInvoiceFacts(coming)).toEqual([
      { kind: "renewal-upcoming", subscriptionId: "sub_1", money, chargesAt },
    ]);
    expect(upcomingInvoiceFacts({ ...coming, next_payment_attempt: null })).toMatchObject([
      { chargesAt: new Date(1_795_200_000_000) },
    ]);
  });

  test("is ignored if it is another product's, or nothing is due", () => {
    const parent = { subscription_details: { ...details, metadata: {} } } as unknown as Stripe.Invoice["parent"];
    expect(upcomingInvoiceFacts({ ...coming, parent })).toEqual([]);
    expect(upcomingInvoiceFacts({ ...coming, amount_due: 0 })).toEqual([]);
  });
});
