import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { advanceAccountClock } from "./payment-flows/handle-due-objects";
import { monthlyGiftParams, openTestSandbox, submitCheckoutForm, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
/** The test clock starts on 31 January 2027, noon UTC. */
const FROZEN = Date.UTC(2027, 0, 31, 12) / 1000;
/** The account's own clock stands at 1 January 2027. */
const NOW = Date.UTC(2027, 0, 1) / 1000;
const day = 86_400;

beforeEach(async () => {
  bench = await openTestSandbox({ now: () => NOW });
});
afterEach(() => bench.close());

async function giveMonthly(clock: Stripe.TestHelpers.TestClock): Promise<Stripe.Subscription> {
  const customer = await bench.stripe.customers.create({ test_clock: clock.id, email: "reader@example.org" });
  const session = await bench.stripe.checkout.sessions.create({ ...monthlyGiftParams(), customer: customer.id });
  await submitCheckoutForm(session);
  await bench.takeEventTypesUntil("charge.updated");
  return latestOf(customer.id);
}

async function latestOf(customer: string): Promise<Stripe.Subscription> {
  const { data } = await bench.stripe.subscriptions.list({ customer });
  if (!data[0]) throw new Error("no subscription");
  return data[0];
}

function newClock() {
  return bench.stripe.testHelpers.testClocks.create({ frozen_time: FROZEN, name: "renewals" });
}

test("advancing a test clock renews its customer's subscription and reports when it is ready", async () => {
  const clock = await newClock();
  expect(clock).toMatchObject({ status: "ready", frozen_time: FROZEN, name: "renewals" });
  const subscription = await giveMonthly(clock);
  expect(subscription).toMatchObject({ created: FROZEN, test_clock: clock.id });
  const target = FROZEN + 29 * day;
  const advancing = await bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: target });
  expect(advancing).toMatchObject({
    status: "advancing",
    status_details: { advancing: { target_frozen_time: target } },
  });
  const types = await bench.takeEventTypesUntil("test_helpers.test_clock.ready");
  expect(types[0]).toBe("test_helpers.test_clock.advancing");
  expect(types).toContain("invoice.paid");
  expect(await bench.stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({
    status: "ready",
    frozen_time: target,
  });
  const [renewal] = (await bench.stripe.invoices.list({ subscription: subscription.id })).data;
  expect(renewal).toMatchObject({ billing_reason: "subscription_cycle", test_clock: clock.id, status: "paid" });
  expect(renewal?.created).toBe(Date.UTC(2027, 1, 28, 12) / 1000);
});

test("a test clock only moves forward, and by at most two intervals of the shortest subscription, or two years", async () => {
  const clock = await newClock();
  const advance = (frozen_time: number) => bench.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time });
  await expect(advance(FROZEN)).rejects.toMatchObject({ statusCode: 400, param: "frozen_time" });
  await expect(advance(FROZEN + 732 * day)).rejects.toMatchObject({ param: "frozen_time" });
  await giveMonthly(clock);
  await expect(advance(FROZEN + 70 * day)).rejects.toMatchObject({ param: "frozen_time" });
  await expect(bench.stripe.customers.create({ test_clock: "clock_none" })).rejects.toMatchObject({
    code: "resource_missing",
    param: "test_clock",
  });
});

test("deleting a test clock deletes its customers and cancels their subscriptions", async () => {
  const clock = await newClock();
  const { customer } = await giveMonthly(clock);
  expect(await bench.stripe.testHelpers.testClocks.del(clock.id)).toEqual({
    id: clock.id,
    object: "test_helpers.test_clock",
    deleted: true,
  });
  expect(await bench.takeEventTypesUntil("test_helpers.test_clock.deleted")).toEqual([
    "customer.subscription.deleted",
    "customer.deleted",
    "test_helpers.test_clock.deleted",
  ]);
  expect((await bench.stripe.testHelpers.testClocks.list()).data).toEqual([]);
  const left = await bench.stripe.customers.retrieve(String(customer)).catch((failure) => failure.statusCode);
  expect(left === 404 || left.deleted).toBe(true);
});

test("advancing the account's own clock does not change objects on a test clock", async () => {
  const unchanged = await giveMonthly(await newClock());
  const customer = await bench.stripe.customers.create();
  await submitCheckoutForm(
    await bench.stripe.checkout.sessions.create({ ...monthlyGiftParams(), customer: customer.id }),
  );
  await bench.takeEventTypesUntil("charge.updated");
  const [{ id } = { id: "" }] = bench.sandbox.store.listAccounts();
  await advanceAccountClock(bench.sandbox, id, 32 * day);
  expect(await bench.takeEventTypesUntil("charge.updated")).toContain("invoice.paid");
  const [item] = (await latestOf(customer.id)).items.data;
  expect(item?.current_period_end).toBe(Date.UTC(2027, 2, 1) / 1000);
  expect((await bench.stripe.customers.create()).created).toBe(NOW + 32 * day);
  expect(await bench.stripe.subscriptions.retrieve(unchanged.id)).toEqual(unchanged);
});
