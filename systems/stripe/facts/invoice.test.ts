import type Stripe from "stripe";
import { expect, test } from "vitest";
import { ownMetadata } from "../../testing/own-metadata";
import { debitedInvoice } from "./invoice";

const metadata = ownMetadata();
const details = { subscription: "sub_1", metadata };
const invoice = {
  id: "in_1",
  status: "open",
  customer_email: "reader@example.org",
  ...{ amount_paid: 0, currency: "eur", created: 1_795_000_000, status_transitions: { paid_at: null } },
  lines: { data: [{ period: { start: 1_795_000_000, end: 1_797_592_000 } }] },
  parent: { subscription_details: details },
} as unknown as Stripe.Invoice;

function tried(status: string, created: number, balance_transaction: string | null) {
  const charge = { id: `py_${created}`, payment_intent: "pi_1", amount: 1_000, currency: "eur" };
  return { ...charge, status, created, balance_transaction } as unknown as Stripe.Charge;
}

const declined = tried("failed", 1_795_000_000, null);
const bounced = tried("failed", 1_795_000_100, "txn_1");
const pending = tried("pending", 1_795_000_200, "txn_2");

test("an invoice with only declined cards, or without any attempt, is no payment", () => {
  expect(debitedInvoice(invoice, [declined])).toEqual([]);
  expect(debitedInvoice(invoice, [])).toEqual([]);
});

test("a debit after a declined card is pending from its own start", () => {
  const paidAt = new Date(1_795_000_200_000);
  expect(debitedInvoice(invoice, [pending, declined])).toEqual([
    expect.objectContaining({ kind: "recurring-payment", invoiceId: "in_1", status: "pending", paidAt }),
    { kind: "payment-linked", invoiceId: "in_1", paymentIntentId: "pi_1", isPaid: false },
  ]);
});

test("after a bounced debit the payment is failed, even while the next debit is pending", () => {
  const paidAt = new Date(1_795_000_100_000);
  const money = { amountMinor: 1_000, currency: "EUR" };
  expect(debitedInvoice(invoice, [pending, bounced, declined])).toContainEqual(
    expect.objectContaining({ status: "failed", paidAt, money }),
  );
});

test("ignores another product's debit", () => {
  const foreign = { ...invoice, parent: { subscription_details: { ...details, metadata: {} } } } as Stripe.Invoice;
  expect(debitedInvoice(foreign, [bounced])).toEqual([]);
});
