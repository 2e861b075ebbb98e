import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { handleAllDueObjects } from "./payment-flows/handle-due-objects";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import {
  monthlyGiftParams,
  openTestSandbox,
  submitCheckoutForm,
  submitForm,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
/** The clock starts on 31 January 2027, noon UTC. */
const START = Date.UTC(2027, 0, 31, 12) / 1000;
let clock = START;
/** The time for which the invoice of a renewal stays a draft, in seconds. */
const HOUR = 3_600;

beforeEach(async () => {
  bench = await openTestSandbox({ now: () => clock });
});
afterEach(() => bench.close());

async function beginMonthly(cardNumber?: string): Promise<Stripe.Subscription> {
  clock = START;
  const session = await bench.stripe.checkout.sessions.create(monthlyGiftParams());
  const { location } = await submitCheckoutForm(session, cardNumber ? { cardNumber } : {});
  if (location?.endsWith("/authenticate")) await submitForm(bench.url + location, { answer: "complete" });
  await bench.takeEventTypesUntil("charge.updated");
  const { subscription } = await bench.stripe.checkout.sessions.retrieve(session.id);
  return bench.stripe.subscriptions.retrieve(String(subscription));
}

function itemOf(subscription: Stripe.Subscription): Stripe.SubscriptionItem {
  const item = subscription.items.data[0];
  if (!item) throw new Error("no item");
  return item;
}

test("the first invoice is paid, names the subscription and its metadata, and links to the payment intent", async () => {
  const subscription = await beginMonthly();
  expect(subscription).toMatchObject({
    status: "active",
    metadata: { gift: "g_monthly" },
    cancel_at_period_end: false,
  });
  expect(itemOf(subscription).current_period_end).toBe(Date.UTC(2027, 1, 28, 12) / 1000);
  const invoice = await bench.stripe.invoices.retrieve(String(subscription.latest_invoice), { expand: ["payments"] });
  expect(invoice).toMatchObject({ status: "paid", billing_reason: "subscription_create", amount_paid: 1_000 });
  expect(invoice.parent?.subscription_details).toMatchObject({
    subscription: subscription.id,
    metadata: { gift: "g_monthly" },
  });
  expect(invoice.lines.data[0]?.period).toEqual({ start: START, end: itemOf(subscription).current_period_end });
  const intent = invoice.payments?.data[0]?.payment.payment_intent;
  const back = await bench.stripe.invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: String(intent) },
  });
  expect(back.data.map((payment) => payment.invoice)).toEqual([invoice.id]);
});

test("a subscription renews at the end of each period on the anchor's day, with Stripe's events in order", async () => {
  const subscription = await beginMonthly();
  clock = Date.UTC(2027, 1, 28, 13) / 1000;
  handleAllDueObjects(bench.sandbox);
  expect(await bench.takeEventTypesUntil("charge.updated")).toEqual(listEventsInSandboxDocs("renewal"));
  const renewed = await bench.stripe.subscriptions.retrieve(subscription.id);
  expect(itemOf(renewed).current_period_end).toBe(Date.UTC(2027, 2, 31, 12) / 1000);
  const invoices = await bench.stripe.invoices.list({ subscription: subscription.id });
  expect(invoices.data.map(({ billing_reason }) => billing_reason)).toEqual([
    "subscription_cycle",
    "subscription_create",
  ]);
  const intents = await bench.stripe.paymentIntents.list({ customer: String(subscription.customer) });
  expect(intents.data[0]?.metadata).toEqual({});
});

test("a renewal that needs authentication fails and leaves the subscription past due", async () => {
  const subscription = await beginMonthly("4000 0027 6000 3184");
  clock = itemOf(subscription).current_period_end + HOUR;
  handleAllDueObjects(bench.sandbox);
  expect(await bench.takeEventTypesUntil("customer.subscription.updated", 2)).toEqual(
    listEventsInSandboxDocs("renewal that must be authenticated"),
  );
  const late = await bench.stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(late).toMatchObject({ status: "past_due", latest_invoice: { status: "open", attempt_count: 1 } });
});

test("an amount changed without proration is not charged now but at the next renewal", async () => {
  const subscription = await beginMonthly();
  const { id, price } = itemOf(subscription);
  const price_data = {
    currency: "usd",
    product: String(price.product),
    recurring: { interval: "month" as const },
    unit_amount: 2_500,
  };
  const changed = await bench.stripe.subscriptions.update(subscription.id, {
    items: [{ id, price_data }],
    proration_behavior: "none",
  });
  expect(itemOf(changed).price.unit_amount).toBe(2_500);
  expect(changed.items.data).toHaveLength(1);
  expect(await bench.takeEventTypesUntil("customer.subscription.updated")).toEqual(
    listEventsInSandboxDocs("amount changed without proration"),
  );
  const { data } = await bench.stripe.events.list({ type: "customer.subscription.updated", limit: 1 });
  expect(data[0]?.data.previous_attributes).toMatchObject({ items: { data: [{ price: { unit_amount: 1_000 } }] } });
  clock = itemOf(subscription).current_period_end + HOUR;
  handleAllDueObjects(bench.sandbox);
  await bench.takeEventTypesUntil("charge.updated");
  const invoices = await bench.stripe.invoices.list({ subscription: subscription.id });
  expect(invoices.data.map(({ amount_paid }) => amount_paid)).toEqual([2_500, 1_000]);
});

test("a cancellation at the period's end can be undone until then; otherwise the subscription ends without a charge", async () => {
  const subscription = await beginMonthly();
  const end = itemOf(subscription).current_period_end;
  const leaving = await bench.stripe.subscriptions.update(subscription.id, {
    cancel_at_period_end: true,
    cancellation_details: { feedback: "too_expensive" },
  });
  expect(leaving).toMatchObject({ status: "active", cancel_at: end, cancel_at_period_end: true });
  expect(leaving.cancellation_details).toMatchObject({ reason: "cancellation_requested", feedback: "too_expensive" });
  const staying = await bench.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
  expect(staying).toMatchObject({ cancel_at: null, canceled_at: null, cancel_at_period_end: false });
  await bench.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  clock = end;
  handleAllDueObjects(bench.sandbox);
  expect(await bench.takeEventTypesUntil("customer.subscription.deleted")).toEqual(
    listEventsInSandboxDocs("cancel at period end, undo, cancel again, then end"),
  );
  const ended = await bench.stripe.subscriptions.retrieve(subscription.id);
  expect(ended).toMatchObject({ status: "canceled", ended_at: end });
});

test("an immediate cancellation ends a subscription at once, sends one event, and cannot be undone", async () => {
  const { id, customer } = await beginMonthly();
  expect(await bench.stripe.subscriptions.cancel(id)).toMatchObject({ status: "canceled", ended_at: clock });
  expect(await bench.takeEventTypesUntil("customer.subscription.deleted")).toEqual(
    listEventsInSandboxDocs("cancel now"),
  );
  await expect(bench.stripe.subscriptions.update(id, { cancel_at_period_end: false })).rejects.toMatchObject({
    code: "invalid_canceled_subscription_fields",
  });
  await expect(bench.stripe.subscriptions.cancel(id)).rejects.toMatchObject({ statusCode: 404 });
  const left = { customer: String(customer) };
  expect((await bench.stripe.subscriptions.list(left)).data).toHaveLength(0);
  expect((await bench.stripe.subscriptions.list({ ...left, status: "all" })).data).toHaveLength(1);
});
