import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { accountIdOf } from "./account";
import { handleAllDueObjects } from "./payment-flows/handle-due-objects";
import { setNextRenewalToFail } from "./payment-flows/renewal-switch";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import {
  advanceClockTo,
  awaitAndDiscardEvents,
  CLOCK_START_SECONDS,
  changeCard,
  createTestSubscription,
  DAY_SECONDS,
  firstSubscriptionItemOf,
  HOUR_SECONDS,
} from "./testing/subscriber";
import { openTestSandbox, TEST_API_KEY, type TestSandbox, waitUntil } from "./testing/test-sandbox";

import { hasRefusedDelivery } from "./webhooks/queue";

let bench: TestSandbox;
beforeEach(async () => {
  bench = await openTestSandbox();
});
afterEach(() => bench.close());

const account = () => bench.sandbox.account(accountIdOf(TEST_API_KEY));
const statusOf = async (id: string) => (await bench.stripe.subscriptions.retrieve(id)).status;

async function latestInvoice(id: string): Promise<Stripe.Invoice> {
  const { latest_invoice } = await bench.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
  return latest_invoice as Stripe.Invoice;
}

/** Creates a subscription that has paid once and now has a card that declines every charge. */
async function subscribeWithFailingCard() {
  const subscriber = await createTestSubscription(bench);
  await changeCard(bench, subscriber.customer.id, "pm_card_chargeCustomerFail");
  return { ...subscriber, end: firstSubscriptionItemOf(subscriber.subscription).current_period_end };
}

test("a renewal is announced seven days ahead, drafted at the period's end, and charged an hour later", async () => {
  const { subscription, clock } = await createTestSubscription(bench);
  const { current_period_end: end } = firstSubscriptionItemOf(subscription);
  expect(await advanceClockTo(bench, clock, end - 7 * DAY_SECONDS)).toEqual(["invoice.upcoming"]);
  const [upcoming] = (await bench.stripe.events.list({ type: "invoice.upcoming" })).data;
  expect(upcoming?.data.object).toMatchObject({ amount_due: 1_000, billing_reason: "upcoming" });
  expect(upcoming?.data.object).not.toHaveProperty("id");
  await advanceClockTo(bench, clock, end + HOUR_SECONDS - 1);
  expect(await latestInvoice(subscription.id)).toMatchObject({
    status: "draft",
    automatically_finalizes_at: end + HOUR_SECONDS,
  });
  await advanceClockTo(bench, clock, end + HOUR_SECONDS);
  expect(await latestInvoice(subscription.id)).toMatchObject({ status: "paid", billing_reason: "subscription_cycle" });
});

test("a failed renewal is past due, is retried a day later, and recovers on the new card", async () => {
  const { subscription, clock, customer, end } = await subscribeWithFailingCard();
  await advanceClockTo(bench, clock, end - DAY_SECONDS);
  const failed = await advanceClockTo(bench, clock, end + HOUR_SECONDS);
  expect(await statusOf(subscription.id)).toBe("past_due");
  expect(await latestInvoice(subscription.id)).toMatchObject({
    attempt_count: 1,
    next_payment_attempt: end + HOUR_SECONDS + DAY_SECONDS,
  });
  await changeCard(bench, customer.id, "pm_card_visa");
  const changed = await bench.takeEventTypesUntil("customer.updated");
  expect(await statusOf(subscription.id)).toBe("past_due");
  const recovered = await advanceClockTo(bench, clock, end + HOUR_SECONDS + DAY_SECONDS);
  const types = [...failed, ...changed.filter((type) => !type.startsWith("test_helpers.")), ...recovered];
  expect(types).toEqual(listEventsInSandboxDocs("failed renewal, recovered by a retry on a new card"));
  expect(await statusOf(subscription.id)).toBe("active");
});

test("the subscription is cancelled when the last of eight retries fails, two weeks later", async () => {
  const { subscription, clock, end } = await subscribeWithFailingCard();
  await advanceClockTo(bench, clock, end + HOUR_SECONDS + 12 * DAY_SECONDS);
  expect(await latestInvoice(subscription.id)).toMatchObject({ attempt_count: 8 });
  expect(await advanceClockTo(bench, clock, end + HOUR_SECONDS + 14 * DAY_SECONDS)).toEqual(
    listEventsInSandboxDocs("last retry of a renewal fails"),
  );
  expect(await bench.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: "canceled",
    cancellation_details: { reason: "payment_failed" },
  });
  expect(await latestInvoice(subscription.id)).toMatchObject({ status: "open", auto_advance: false });
});

test("each debit of a renewal that bounces counts as an attempt, until the last retry ends the subscription", async () => {
  const body = JSON.stringify({ key: TEST_API_KEY, whenGivenUp: "cancel", retryDays: [2, 4] });
  await fetch(`${bench.url}/_sandbox/renewal-settings`, { method: "POST", body });
  const { subscription, clock, customer } = await createTestSubscription(bench, { currency: "eur" });
  const { id } = await bench.stripe.paymentMethods.create({
    type: "sepa_debit",
    sepa_debit: { iban: "AT861904300235473202" },
    billing_details: { name: "Rosa Reader", email: "reader@example.org" },
  });
  await changeCard(bench, customer.id, id);
  await advanceClockTo(
    bench,
    clock,
    firstSubscriptionItemOf(subscription).current_period_end + HOUR_SECONDS + 5 * DAY_SECONDS,
  );
  const failed = (await bench.stripe.events.list({ type: "invoice.payment_failed" })).data.toReversed();
  const seen = failed.map(({ data }) => data.object as Stripe.Invoice);
  expect(seen.map(({ attempt_count: attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(seen.map(({ next_payment_attempt: next }) => next !== null)).toEqual([true, true, false]);
  expect(await statusOf(subscription.id)).toBe("canceled");
});

test("a debit that bounces after the day of its retry is retried a day after the failure", async () => {
  const { subscription, clock, customer } = await createTestSubscription(bench, { currency: "eur" });
  const { id } = await bench.stripe.paymentMethods.create({
    type: "sepa_debit",
    sepa_debit: { iban: "DE62370400440532013001" },
    billing_details: { name: "Rosa Reader", email: "reader@example.org" },
  });
  await changeCard(bench, customer.id, id);
  const charged = firstSubscriptionItemOf(subscription).current_period_end + HOUR_SECONDS;
  await advanceClockTo(bench, clock, charged + 14 * DAY_SECONDS);
  const [first] = (await bench.stripe.events.list({ type: "invoice.payment_failed" })).data.toReversed();
  if (!first) throw new Error("no debit has failed");
  expect(first.created).toBeGreaterThan(charged + DAY_SECONDS);
  expect(first.data.object).toMatchObject({ attempt_count: 1, next_payment_attempt: first.created + DAY_SECONDS });
});

test.each(["unpaid", "past_due"] as const)(
  "an account can set its retry days, and that the subscription is %s after the last one",
  async (whenGivenUp) => {
    const body = JSON.stringify({ key: TEST_API_KEY, whenGivenUp, retryDays: [2] });
    const answer = await fetch(`${bench.url}/_sandbox/renewal-settings`, { method: "POST", body });
    expect(await answer.json()).toMatchObject({ whenGivenUp, retryDays: [2], upcomingDays: 7 });
    const { subscription, clock, end } = await subscribeWithFailingCard();
    await advanceClockTo(bench, clock, end + HOUR_SECONDS + 2 * DAY_SECONDS);
    expect(await statusOf(subscription.id)).toBe(whenGivenUp);
    expect(await latestInvoice(subscription.id)).toMatchObject({ attempt_count: 2, next_payment_attempt: null });
    // A void invoice does not count for the subscription's status. The invoice before the void one was paid, so the
    // subscription is active again.
    await bench.stripe.invoices.voidInvoice((await latestInvoice(subscription.id)).id);
    expect(await statusOf(subscription.id)).toBe("active");
  },
);

test("a card that needs authentication is not charged again until there is another card", async () => {
  const { subscription, clock, customer } = await createTestSubscription(bench);
  const { current_period_end: end } = firstSubscriptionItemOf(subscription);
  await changeCard(bench, customer.id, "pm_card_authenticationRequired");
  await advanceClockTo(bench, clock, end + HOUR_SECONDS + 3 * DAY_SECONDS);
  const charges = () => bench.stripe.charges.list({ customer: customer.id });
  expect((await charges()).data.map(({ status }) => status)).toEqual(["failed", "succeeded"]);
  expect(await latestInvoice(subscription.id)).toMatchObject({ attempt_count: 3 });
  await changeCard(bench, customer.id, "pm_card_visa");
  await advanceClockTo(bench, clock, end + HOUR_SECONDS + 5 * DAY_SECONDS);
  expect(await statusOf(subscription.id)).toBe("active");
});

test("a card past its expiry month is declined as expired", async () => {
  const { subscription, clock, customer } = await createTestSubscription(bench);
  const card = { number: "4242424242424242", exp_month: 2, exp_year: 2027, cvc: "123" };
  const { id } = await bench.stripe.paymentMethods.create({ type: "card", card });
  await changeCard(bench, customer.id, id);
  await advanceClockTo(bench, clock, firstSubscriptionItemOf(subscription).current_period_end + HOUR_SECONDS);
  expect(await statusOf(subscription.id)).toBe("active");
  await advanceClockTo(bench, clock, Date.UTC(2027, 2, 31, 13) / 1000);
  expect(await statusOf(subscription.id)).toBe("past_due");
  const [failed] = (await bench.stripe.charges.list({ customer: customer.id })).data;
  expect(failed).toMatchObject({ failure_code: "expired_card" });
});

test("the next renewal can be made to fail once, with any card", async () => {
  const { subscription, clock } = await createTestSubscription(bench);
  setNextRenewalToFail(account(), subscription.id);
  const { current_period_end: end } = firstSubscriptionItemOf(subscription);
  await advanceClockTo(bench, clock, end + HOUR_SECONDS);
  expect(await statusOf(subscription.id)).toBe("past_due");
  await advanceClockTo(bench, clock, end + HOUR_SECONDS + DAY_SECONDS);
  expect(await statusOf(subscription.id)).toBe("active");
});

test("the next renewal can be made to fail once by SEPA debit, too: the debit bounces, and the retry is paid", async () => {
  const { subscription, clock, customer } = await createTestSubscription(bench, { currency: "eur" });
  const { id } = await bench.stripe.paymentMethods.create({
    type: "sepa_debit",
    sepa_debit: { iban: "DE89370400440532013000" },
    billing_details: { name: "Rosa Reader", email: "reader@example.org" },
  });
  await changeCard(bench, customer.id, id);
  setNextRenewalToFail(account(), subscription.id);
  const { current_period_end: end } = firstSubscriptionItemOf(subscription);
  await advanceClockTo(bench, clock, end + HOUR_SECONDS + 9 * DAY_SECONDS);
  expect(await statusOf(subscription.id)).toBe("past_due");
  await advanceClockTo(bench, clock, end + HOUR_SECONDS + 21 * DAY_SECONDS);
  expect(await statusOf(subscription.id)).toBe("active");
});

test.each([
  ["DE89370400440532013000", "active", "paid"],
  ["DE62370400440532013001", "past_due", "open"],
] as const)(
  "a renewal by SEPA debit %s is pending for days, then the subscription is %s",
  async (iban, status, invoice) => {
    const { subscription, clock, customer } = await createTestSubscription(bench, { currency: "eur" });
    const billing_details = { name: "Rosa Reader", email: "reader@example.org" };
    const { id } = await bench.stripe.paymentMethods.create({
      type: "sepa_debit",
      sepa_debit: { iban },
      billing_details,
    });
    await changeCard(bench, customer.id, id);
    const { current_period_end: end } = firstSubscriptionItemOf(subscription);
    await advanceClockTo(bench, clock, end + HOUR_SECONDS);
    expect(await statusOf(subscription.id)).toBe("active");
    expect(await latestInvoice(subscription.id)).toMatchObject({ status: "open", attempted: true });
    await advanceClockTo(bench, clock, end + 9 * DAY_SECONDS);
    expect(await statusOf(subscription.id)).toBe(status);
    expect((await latestInvoice(subscription.id)).status).toBe(invoice);
  },
);

test("deleting a customer cancels the subscriptions first", async () => {
  const { customer } = await createTestSubscription(bench);
  await awaitAndDiscardEvents(bench);
  await bench.stripe.customers.del(customer.id);
  expect(await bench.takeEventTypesUntil("customer.deleted")).toEqual(listEventsInSandboxDocs("customer deleted"));
});

test("on the account's own clock a draft waits up to three days for an endpoint that refuses its event", async () => {
  await bench.close();
  let clock = CLOCK_START_SECONDS;
  bench = await openTestSandbox({ now: () => clock, answers: ({ type }) => (type === "invoice.created" ? 500 : 200) });
  const { stripe, sandbox } = bench;
  const customer = await stripe.customers.create();
  await changeCard(bench, customer.id, "pm_card_visa");
  const product = await stripe.products.create({ name: "Reader support" });
  const price_data = {
    currency: "usd",
    product: product.id,
    unit_amount: 1_000,
    recurring: { interval: "month" as const },
  };
  const { id, items } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price_data }] });
  const end = items.data[0]?.current_period_end ?? 0;
  clock = end;
  await handleAllDueObjects(sandbox);
  await waitUntil(() => bench.received.some(({ event }) => event.type === "invoice.created" && event.created === end));
  clock = end + 2 * HOUR_SECONDS;
  await waitUntil(() => hasRefusedDelivery(sandbox.store, account().id, createdEventOf(end)));
  await handleAllDueObjects(sandbox);
  expect((await latestInvoice(id)).status).toBe("draft");
  clock = end + 74 * HOUR_SECONDS;
  await handleAllDueObjects(sandbox);
  expect((await latestInvoice(id)).status).toBe("paid");
});

function createdEventOf(created: number): string {
  return (
    bench.received.find(({ event }) => event.type === "invoice.created" && event.created === created)?.event.id ?? ""
  );
}
