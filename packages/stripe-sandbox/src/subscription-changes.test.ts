import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import {
  advanceClockTo,
  awaitAndDiscardEvents,
  CLOCK_START_SECONDS,
  createTestSubscription,
  DAY_SECONDS,
  firstSubscriptionItemOf,
  HOUR_SECONDS,
  monthlyPriceData,
} from "./testing/subscriber";
import { openTestSandbox, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
beforeEach(async () => {
  bench = await openTestSandbox();
});
afterEach(() => bench.close());

const latest = async (id: string) => {
  const { latest_invoice } = await bench.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice.payments"] });
  return latest_invoice as Stripe.Invoice;
};

test("a subscription created through the API is incomplete, is charged, and becomes active", async () => {
  const { subscription } = await createTestSubscription(bench, { metadata: { gift: "g_1" } });
  expect(subscription).toMatchObject({ status: "active", start_date: CLOCK_START_SECONDS, metadata: { gift: "g_1" } });
  const types = await bench.takeEventTypesUntil("charge.updated");
  expect(types.slice(types.indexOf("customer.subscription.created"))).toEqual(
    listEventsInSandboxDocs("first payment through the API"),
  );
  expect(await latest(subscription.id)).toMatchObject({ status: "paid", amount_paid: 1_000, attempt_count: 1 });
});

test("a declined card leaves a subscription incomplete, and after 23 unpaid hours the subscription expires", async () => {
  const { subscription, clock, customer } = await createTestSubscription(bench, { card: "pm_card_chargeCustomerFail" });
  expect(subscription.status).toBe("incomplete");
  const invoice = await latest(subscription.id);
  expect(invoice).toMatchObject({ status: "open", attempt_count: 1, next_payment_attempt: null });
  const good = await bench.stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  expect(await bench.stripe.invoices.pay(invoice.id, { payment_method: good.id })).toMatchObject({ status: "paid" });
  expect((await bench.stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  const other = await createTestSubscription(bench, { card: "pm_card_chargeCustomerFail" });
  const types = await advanceClockTo(bench, other.clock, CLOCK_START_SECONDS + DAY_SECONDS);
  expect(types).toEqual([
    "payment_intent.canceled",
    "invoice.updated",
    "invoice.voided",
    "customer.subscription.updated",
  ]);
  expect((await bench.stripe.subscriptions.retrieve(other.subscription.id)).status).toBe("incomplete_expired");
  expect(clock.id).not.toBe(other.clock.id);
});

test("error_if_incomplete returns the card's error and creates no subscription; default_incomplete returns a client secret", async () => {
  const failing = createTestSubscription(bench, {
    card: "pm_card_chargeCustomerFail",
    payment_behavior: "error_if_incomplete",
  });
  await expect(failing).rejects.toMatchObject({ statusCode: 402, code: "card_declined" });
  expect((await bench.stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  const expand = ["latest_invoice.confirmation_secret"];
  const { subscription } = await createTestSubscription(bench, { payment_behavior: "default_incomplete", expand });
  const invoice = subscription.latest_invoice as Stripe.Invoice;
  expect(subscription.status).toBe("incomplete");
  expect(invoice.confirmation_secret?.client_secret).toMatch(/^pi_\w+_secret_/);
});

test("a new interval starts a new period and is charged at once", async () => {
  const { subscription, product } = await createTestSubscription(bench);
  await awaitAndDiscardEvents(bench);
  const { id } = firstSubscriptionItemOf(subscription);
  const yearly = { ...monthlyPriceData(product.id, 9_000), recurring: { interval: "year" as const } };
  const changed = await bench.stripe.subscriptions.update(subscription.id, {
    items: [{ id, price_data: yearly }],
    proration_behavior: "none",
  });
  expect(firstSubscriptionItemOf(changed)).toMatchObject({
    current_period_start: CLOCK_START_SECONDS,
    price: { unit_amount: 9_000 },
  });
  expect(firstSubscriptionItemOf(changed).current_period_end).toBe(Date.UTC(2028, 0, 31, 12) / 1000);
  expect(await bench.takeEventTypesUntil("charge.updated")).toEqual(
    listEventsInSandboxDocs("interval changed without proration"),
  );
  expect(await latest(subscription.id)).toMatchObject({ billing_reason: "subscription_update", amount_paid: 9_000 });
});

test("a change within the period is prorated to the second and billed on the next invoice", async () => {
  const { subscription, product, clock } = await createTestSubscription(bench, { amount: 3_000 });
  const { id, current_period_end: end } = firstSubscriptionItemOf(subscription);
  await advanceClockTo(bench, clock, CLOCK_START_SECONDS + 14 * DAY_SECONDS);
  await bench.stripe.subscriptions.update(subscription.id, {
    items: [{ id, price_data: monthlyPriceData(product.id, 6_000) }],
  });
  await advanceClockTo(bench, clock, end + HOUR_SECONDS);
  const { lines, total } = await latest(subscription.id);
  // Half of the 28 days are left. The old price is credited with 1,500, the new one charged with 3,000, and the next
  // month costs 6,000.
  expect(lines.data.map(({ amount }) => amount)).toEqual([-1_500, 3_000, 6_000]);
  expect(total).toBe(7_500);
});

test("a trial costs nothing, its end is announced, and then the subscription is charged", async () => {
  const { subscription, clock } = await createTestSubscription(bench, { trial_period_days: 10 });
  expect(subscription).toMatchObject({ status: "trialing", trial_end: CLOCK_START_SECONDS + 10 * DAY_SECONDS });
  expect(await latest(subscription.id)).toMatchObject({ status: "paid", total: 0 });
  expect(await advanceClockTo(bench, clock, CLOCK_START_SECONDS + 8 * DAY_SECONDS)).toEqual([
    "customer.subscription.trial_will_end",
  ]);
  const types = await advanceClockTo(bench, clock, CLOCK_START_SECONDS + 10 * DAY_SECONDS + HOUR_SECONDS);
  expect(types).toEqual(listEventsInSandboxDocs("trial ends, or the moved date arrives"));
  expect(await bench.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: "active" });
});

test.each([
  ["cancel", "canceled", "customer.subscription.deleted"],
  ["pause", "paused", "customer.subscription.paused"],
] as const)(
  "a trial that ends without a payment method may %s the subscription",
  async (missing_payment_method, status, type) => {
    const { subscription, clock, customer } = await createTestSubscription(bench, {
      trial_period_days: 10,
      trial_settings: { end_behavior: { missing_payment_method } },
    });
    await bench.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: "" } });
    expect(await advanceClockTo(bench, clock, CLOCK_START_SECONDS + 11 * DAY_SECONDS)).toContain(type);
    expect((await bench.stripe.subscriptions.retrieve(subscription.id)).status).toBe(status);
  },
);

test.each(["canceled", "paused"] as const)(
  "a trial ended by the caller has the same outcome as one ended by the clock: %s",
  async (status) => {
    const { subscription, customer } = await createTestSubscription(bench, { trial_period_days: 10 });
    await bench.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: "" } });
    const missing_payment_method = status === "paused" ? ("pause" as const) : ("cancel" as const);
    const trial_settings = { end_behavior: { missing_payment_method } };
    const ended = await bench.stripe.subscriptions.update(subscription.id, { trial_settings, trial_end: "now" });
    expect(ended.status).toBe(status);
  },
);

test.each([
  [731, "The maximum number of trial period days is 730 (2 years)."],
  [1_900, "Invalid timestamp: can be no more than five years in the future."],
  [-1, "Invalid timestamp: must be an integer Unix timestamp in the future."],
])("a trial until %i days from now is refused, whatever the age of the subscription", async (days, message) => {
  const { subscription } = await createTestSubscription(bench);
  const trial_end = CLOCK_START_SECONDS + days * DAY_SECONDS;
  const refused = expect.objectContaining({ message, param: "trial_end", statusCode: 400 });
  await expect(bench.stripe.subscriptions.update(subscription.id, { trial_end })).rejects.toEqual(refused);
});

test("a trial until a chosen date moves the billing date, and nothing is charged before it", async () => {
  const { subscription, clock } = await createTestSubscription(bench);
  const trial_end = CLOCK_START_SECONDS + 40 * DAY_SECONDS;
  const moved = await bench.stripe.subscriptions.update(subscription.id, { trial_end, proration_behavior: "none" });
  expect(moved).toMatchObject({ status: "trialing", trial_end, billing_cycle_anchor: trial_end });
  await advanceClockTo(bench, clock, CLOCK_START_SECONDS + 39 * DAY_SECONDS);
  expect((await bench.stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
  await advanceClockTo(bench, clock, trial_end + HOUR_SECONDS);
  expect(await latest(subscription.id)).toMatchObject({ status: "paid", amount_paid: 1_000 });
  const now = await bench.stripe.subscriptions.retrieve(subscription.id);
  expect(firstSubscriptionItemOf(now).current_period_end).toBe(Date.UTC(2027, 3, 12, 12) / 1000);
});

test("with paused collection, invoices are created and voided; the subscription stays active and collection resumes by itself", async () => {
  const { subscription, clock } = await createTestSubscription(bench);
  const { current_period_end: end } = firstSubscriptionItemOf(subscription);
  const paused = await bench.stripe.subscriptions.update(subscription.id, {
    pause_collection: { behavior: "void", resumes_at: end + DAY_SECONDS },
  });
  expect(paused).toMatchObject({
    status: "active",
    pause_collection: { behavior: "void", resumes_at: end + DAY_SECONDS },
  });
  const types = await advanceClockTo(bench, clock, end + 2 * DAY_SECONDS);
  expect(types).toEqual(listEventsInSandboxDocs("collection paused over a renewal, then resumed"));
  expect(await latest(subscription.id)).toMatchObject({ status: "void" });
  expect(await bench.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ pause_collection: null });
});

test("a paused subscription creates no invoices; when resumed it starts a new period and is charged", async () => {
  const { subscription, clock } = await createTestSubscription(bench);
  await awaitAndDiscardEvents(bench);
  const paused = await bench.stripe.subscriptions.pause(subscription.id, {
    bill_for: { unused_time_from: { type: "none" } },
  });
  expect(paused).toMatchObject({
    status: "paused",
    status_details: { paused: { subscription: { type: "pause_requested" } } },
  });
  const events = await bench.takeEventTypesUntil("customer.subscription.paused");
  expect(await advanceClockTo(bench, clock, CLOCK_START_SECONDS + 45 * DAY_SECONDS)).toEqual([]);
  const resumed = await bench.stripe.subscriptions.resume(subscription.id);
  expect(resumed).toMatchObject({ status: "active", billing_cycle_anchor: CLOCK_START_SECONDS + 45 * DAY_SECONDS });
  const resumption = (await bench.takeEventTypesUntil("charge.updated")).filter(
    (type) => !type.startsWith("test_helpers."),
  );
  expect([...events, ...resumption]).toEqual(listEventsInSandboxDocs("resumed after a pause of the subscription"));
});

test("items are added and removed by their own endpoints", async () => {
  const { subscription, product } = await createTestSubscription(bench);
  const { subscriptionItems } = bench.stripe;
  const price_data = monthlyPriceData(product.id, 500);
  const proration_behavior = "none";
  const added = await subscriptionItems.create({ subscription: subscription.id, price_data, proration_behavior });
  expect((await subscriptionItems.update(added.id, { quantity: 2, proration_behavior })).quantity).toBe(2);
  expect((await subscriptionItems.list({ subscription: subscription.id })).data).toHaveLength(2);
  expect(await subscriptionItems.del(added.id)).toMatchObject({ deleted: true });
  await expect(subscriptionItems.retrieve(added.id)).rejects.toMatchObject({ statusCode: 404 });
});

test("a cancellation at a chosen time happens then", async () => {
  const { subscription, clock } = await createTestSubscription(bench, {
    cancel_at: CLOCK_START_SECONDS + 5 * DAY_SECONDS,
  });
  expect(subscription).toMatchObject({ cancel_at: CLOCK_START_SECONDS + 5 * DAY_SECONDS, cancel_at_period_end: false });
  expect(await advanceClockTo(bench, clock, CLOCK_START_SECONDS + 6 * DAY_SECONDS)).toEqual([
    "customer.subscription.deleted",
  ]);
  expect(await bench.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: "canceled",
    ended_at: CLOCK_START_SECONDS + 5 * DAY_SECONDS,
  });
});
