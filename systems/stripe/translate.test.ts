import type Stripe from "stripe";
import { expect, test } from "vitest";
import { makeTestGiftMetadata } from "../testing/own-metadata";
import { translateEvent } from "./translate";

const metadata = makeTestGiftMetadata();
const session = {
  id: "cs_1",
  mode: "payment",
  payment_status: "paid",
  payment_intent: "pi_1",
  subscription: null,
  amount_total: 1500,
  currency: "kwd",
  customer_details: { email: "reader@example.org" },
  metadata,
};
const invoice = {
  id: "in_1",
  amount_paid: 1000,
  currency: "jpy",
  customer_email: "reader@example.org",
  created: 1_795_000_000,
  status_transitions: { paid_at: 1_795_000_060 },
  lines: { data: [{ period: { start: 1_795_000_000, end: 1_797_592_000 } }] },
  parent: { subscription_details: { subscription: "sub_1", metadata } },
};

function translate(type: Stripe.Event.Type, object: object, previous_attributes?: object) {
  const data = { object, previous_attributes };
  return translateEvent({ id: "evt_1", type, created: 1_795_000_100, data } as Stripe.Event);
}

test.each([
  ["paid", "succeeded"],
  ["unpaid", "pending"],
])("a session that is %s gives a payment with the status %s", (payment_status, status) => {
  expect(translate("checkout.session.completed", { ...session, payment_status })).toEqual([
    expect.objectContaining({ kind: "checkout-closed", outcome: "completed", recurring: null }),
    expect.objectContaining({ kind: "single-payment", status, money: { amountMinor: 1500, currency: "KWD" } }),
  ]);
});

test("a session without money gives no payment", () => {
  const free = { ...session, payment_status: "no_payment_required", payment_intent: null, amount_total: 0 };
  expect(translate("checkout.session.completed", free).map(({ kind }) => kind)).toEqual(["checkout-closed"]);
});

test("the session of a recurring gift names the supporter, and the invoice gives the payment", () => {
  const recurring = { ...session, mode: "subscription", payment_intent: null, subscription: "sub_1" };
  expect(translate("checkout.session.completed", recurring)).toEqual([
    expect.objectContaining({ kind: "checkout-closed", email: "reader@example.org" }),
  ]);
  expect(translate("invoice.paid", invoice)).toEqual([
    expect.objectContaining({
      kind: "recurring-payment",
      invoiceId: "in_1",
      subscriptionId: "sub_1",
      money: { amountMinor: 1000, currency: "JPY" },
      frequency: "monthly",
      paidAt: new Date(1_795_000_060_000),
    }),
  ]);
});

test("an invoice without money, or of another product, gives no facts", () => {
  expect(translate("invoice.paid", { ...invoice, amount_paid: 0 })).toEqual([]);
  expect(translate("invoice.paid", { ...invoice, parent: null })).toEqual([]);
  const foreign = { subscription_details: { subscription: "sub_1", metadata: {} } };
  expect(translate("invoice.paid", { ...invoice, parent: foreign })).toEqual([]);
});

test("throws for an invoice of an older API version instead of ignoring it", () => {
  const { parent, ...old } = invoice;
  const before = {
    ...old,
    subscription: "sub_1",
    subscription_details: { metadata: parent.subscription_details.metadata },
  };
  expect(() => translate("invoice.paid", before)).toThrow("too old");
});

test("uses a customer's event only if it reports a changed e-mail address", () => {
  const customer = { id: "cus_1", email: "right@example.org" };
  expect(translate("customer.updated", customer, { email: "mistyped@example.org" })).toEqual([
    { kind: "customer-corrected", customerId: "cus_1" },
  ]);
  expect(translate("customer.updated", customer, { email: null })).toHaveLength(1);
  expect(translate("customer.updated", customer, { balance: 0 })).toEqual([]);
  expect(translate("customer.updated", customer)).toEqual([]);
});
