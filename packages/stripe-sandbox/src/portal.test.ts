import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import { createPortalSessionForTest, fetchPageAndStatus, startRecurringGiftByCheckout } from "./testing/portal-visit";
import { monthlyGiftParams, openTestSandbox, submitForm, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;
let clock = 1_790_000_000;
let configuration: Stripe.BillingPortal.Configuration;

beforeAll(async () => {
  bench = await openTestSandbox({ now: () => clock });
  const { subscription, customer } = await beginMonthly();
  await expect(bench.stripe.billingPortal.sessions.create({ customer })).rejects.toMatchObject({
    statusCode: 400,
    message: expect.stringContaining("No configuration provided and your test mode default configuration"),
  });
  expect(subscription).toMatch(/^sub_/);
  configuration = await bench.stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ["email", "name", "address"] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        cancellation_reason: { enabled: true, options: ["too_expensive", "other"] },
      },
    },
  });
  await bench.takeEventTypesUntil("billing_portal.configuration.created");
});
afterAll(() => bench.close());

function beginMonthly() {
  return startRecurringGiftByCheckout(bench, monthlyGiftParams());
}

function enter(customer: string, more: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) {
  return createPortalSessionForTest(bench, { customer, ...more });
}

test("an update of a configuration keeps the other fields, and the first configuration is the default", async () => {
  expect(configuration).toMatchObject({
    is_default: true,
    active: true,
    features: { invoice_history: { enabled: true } },
  });
  const updated = await bench.stripe.billingPortal.configurations.update(configuration.id, {
    features: { subscription_cancel: { mode: "at_period_end" } },
  });
  expect(updated.features.subscription_cancel).toMatchObject({
    enabled: true,
    cancellation_reason: { enabled: true, options: ["too_expensive", "other"] },
  });
  const off = bench.stripe.billingPortal.configurations.update(configuration.id, { active: false });
  await expect(off).rejects.toMatchObject({ statusCode: 400, param: "active" });
});

describe("the portal's URL", () => {
  test("the portal shows the subscription, and its URL expires an hour after its last use", async () => {
    const { customer } = await beginMonthly();
    const session = await enter(customer);
    const { page } = await fetchPageAndStatus(session.url);
    expect(page).toContain("$10.00");
    expect(page).toContain("Next payment on");
    expect(page).toContain("Visa •••• 4242");
    clock += 3601;
    expect((await fetchPageAndStatus(session.url)).status).toBe(404);
  });

  test("the portal's URL expires after five minutes if it is never opened, and is refused if it is not complete", async () => {
    const { customer } = await beginMonthly();
    const session = await enter(customer);
    expect((await fetchPageAndStatus(session.url.slice(0, -1))).status).toBe(404);
    clock += 301;
    expect((await fetchPageAndStatus(session.url)).status).toBe(404);
  });
});

describe("a customer", () => {
  test("a customer cancels at the period's end with a reason, and undoes it", async () => {
    const { customer, subscription } = await beginMonthly();
    const { url } = await enter(customer);
    await fetchPageAndStatus(url);
    const fields = { feedback: "too_expensive", comment: "Sorry" };
    const { location } = await submitForm(`${url}/cancel/${subscription}`, fields);
    expect((await fetchPageAndStatus(location ?? "")).page).toContain("Your recurring payment has been cancelled.");
    const canceled = await bench.stripe.subscriptions.retrieve(subscription);
    expect(canceled).toMatchObject({
      status: "active",
      cancel_at: canceled.items.data[0]?.current_period_end,
      cancel_at_period_end: false,
      cancellation_details: { feedback: "too_expensive", comment: "Sorry", reason: "cancellation_requested" },
    });
    await submitForm(`${url}/undo/${subscription}`, {});
    expect(await bench.stripe.subscriptions.retrieve(subscription)).toMatchObject({
      cancel_at: null,
      canceled_at: null,
    });
    expect(await bench.takeEventTypesUntil("customer.subscription.updated", 2)).toEqual([
      "customer.subscription.updated",
      "customer.subscription.updated",
    ]);
  });

  test("a new card becomes the default of the customer and the subscription", async () => {
    const { customer, subscription } = await beginMonthly();
    const { url } = await enter(customer);
    const card = { cardNumber: "5555 5555 5555 4444", cardExpiry: "12/34", cardCvc: "123", billingName: "Rosa" };
    const declined = await submitForm(`${url}/method`, { ...card, cardNumber: "4000 0000 0000 0002" });
    expect(declined.page).toContain("Your card was declined.");
    expect(declined.page).not.toContain('4000 0000 0000 0002"');
    await bench.takeEventTypesUntil("setup_intent.setup_failed");
    expect((await submitForm(`${url}/method`, card)).status).toBe(303);
    const { default_payment_method: method } = await bench.stripe.subscriptions.retrieve(subscription);
    expect(await bench.stripe.paymentMethods.retrieve(String(method))).toMatchObject({
      card: { brand: "mastercard" },
      customer,
    });
    expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: method },
    });
    const events = await bench.takeEventTypesUntil("customer.subscription.updated");
    expect(events).toEqual(listEventsInSandboxDocs("card changed in the portal"));
  });

  test("a customer edits only the fields that may be edited", async () => {
    const { customer } = await beginMonthly();
    const { url } = await enter(customer);
    expect((await submitForm(`${url}/details`, { email: "nobody" })).page).toContain("email-error");
    await submitForm(`${url}/details`, {
      email: "new@example.org",
      name: "New",
      phone: "1",
      country: "DE",
      city: "Berlin",
    });
    expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({
      email: "new@example.org",
      name: "New",
      phone: null,
      address: { city: "Berlin", country: "DE" },
    });
  });

  test("a customer cannot cancel another customer's subscription", async () => {
    const { subscription } = await beginMonthly();
    const { customer } = await beginMonthly();
    const { url } = await enter(customer);
    await submitForm(`${url}/cancel/${subscription}`, {});
    expect((await bench.stripe.subscriptions.retrieve(subscription)).cancel_at).toBeNull();
  });
});

test("a flow opens at its step and ends as configured", async () => {
  const { customer, subscription } = await beginMonthly();
  const { url, flow } = await enter(customer, {
    flow_data: {
      type: "subscription_cancel",
      subscription_cancel: { subscription },
      after_completion: { type: "redirect", redirect: { return_url: "https://site.example/done" } },
    },
  });
  expect(flow).toMatchObject({ type: "subscription_cancel", subscription_cancel: { subscription, retention: null } });
  expect((await fetchPageAndStatus(url)).page).toContain("Cancel this recurring payment?");
  const { location } = await submitForm(`${url}/cancel/${subscription}`, {});
  const ended = await fetch(location ?? "", { redirect: "manual" });
  expect(ended.headers.get("location")).toBe("https://site.example/done");
});

test("a flow for another customer's subscription is refused", async () => {
  const { subscription } = await beginMonthly();
  const { customer } = await beginMonthly();
  const flow_data = { type: "subscription_cancel" as const, subscription_cancel: { subscription } };
  await expect(bench.stripe.billingPortal.sessions.create({ customer, flow_data })).rejects.toMatchObject({
    param: "flow_data[subscription_cancel][subscription]",
  });
});
