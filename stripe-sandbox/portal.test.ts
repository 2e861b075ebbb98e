// The billing portal: who gets in, what a customer does there, and what Stripe's customers hear of it.
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bench, fillIn, giftMonthly, openBench, submit } from "./testing/bench";
import { eventsInReadme } from "./testing/readme-stories";

let bench: Bench;
let clock = 1_790_000_000;
let configuration: Stripe.BillingPortal.Configuration;

beforeAll(async () => {
  bench = await openBench({ now: () => clock });
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
  await bench.typesUntil("billing_portal.configuration.created");
});
afterAll(() => bench.close());

async function beginMonthly() {
  const session = await bench.stripe.checkout.sessions.create(giftMonthly());
  await fillIn(session);
  const paid = await bench.stripe.checkout.sessions.retrieve(session.id);
  return { subscription: String(paid.subscription), customer: String(paid.customer) };
}

async function enter(customer: string, more: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) {
  const return_url = "https://site.example/account";
  const session = await bench.stripe.billingPortal.sessions.create({ customer, return_url, ...more });
  await bench.typesUntil("billing_portal.session.created");
  return session;
}

async function pageAt(url: string, language = "en") {
  const response = await fetch(url, { headers: { "accept-language": language } });
  return { status: response.status, page: await response.text() };
}

test("a configuration keeps what an update does not name, and the first one is the default", async () => {
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

describe("the address", () => {
  test("shows what is paid, and dies an hour after its last use", async () => {
    const { customer } = await beginMonthly();
    const session = await enter(customer);
    const { page } = await pageAt(session.url);
    expect(page).toContain("$10.00");
    expect(page).toContain("Next payment on");
    expect(page).toContain("Visa •••• 4242");
    clock += 3601;
    expect((await pageAt(session.url)).status).toBe(404);
  });

  test("dies after five minutes if it is never opened, and is nothing without its secret", async () => {
    const { customer } = await beginMonthly();
    const session = await enter(customer);
    expect((await pageAt(session.url.slice(0, -1))).status).toBe(404);
    clock += 301;
    expect((await pageAt(session.url)).status).toBe(404);
  });
});

describe("a customer", () => {
  test("cancels for the period's end with a reason, and thinks better of it", async () => {
    const { customer, subscription } = await beginMonthly();
    const { url } = await enter(customer);
    await pageAt(url);
    const fields = { feedback: "too_expensive", comment: "Sorry" };
    const { location } = await submit(`${url}/cancel/${subscription}`, fields);
    expect((await pageAt(location ?? "")).page).toContain("Your recurring payment has been cancelled.");
    const canceled = await bench.stripe.subscriptions.retrieve(subscription);
    expect(canceled).toMatchObject({
      status: "active",
      cancel_at: canceled.items.data[0]?.current_period_end,
      cancel_at_period_end: false,
      cancellation_details: { feedback: "too_expensive", comment: "Sorry", reason: "cancellation_requested" },
    });
    await submit(`${url}/undo/${subscription}`, {});
    expect(await bench.stripe.subscriptions.retrieve(subscription)).toMatchObject({
      cancel_at: null,
      canceled_at: null,
    });
    expect(await bench.typesUntil("customer.subscription.updated", 2)).toEqual([
      "customer.subscription.updated",
      "customer.subscription.updated",
    ]);
  });

  test("changes the card, which becomes the customer's and the subscription's", async () => {
    const { customer, subscription } = await beginMonthly();
    const { url } = await enter(customer);
    const card = { cardNumber: "5555 5555 5555 4444", cardExpiry: "12/34", cardCvc: "123", billingName: "Rosa" };
    const declined = await submit(`${url}/method`, { ...card, cardNumber: "4000 0000 0000 0002" });
    expect(declined.page).toContain("Your card was declined.");
    expect(declined.page).not.toContain('4000 0000 0000 0002"');
    await bench.typesUntil("setup_intent.setup_failed");
    expect((await submit(`${url}/method`, card)).status).toBe(303);
    const { default_payment_method: method } = await bench.stripe.subscriptions.retrieve(subscription);
    expect(await bench.stripe.paymentMethods.retrieve(String(method))).toMatchObject({
      card: { brand: "mastercard" },
      customer,
    });
    expect(await bench.stripe.customers.retrieve(customer)).toMatchObject({
      invoice_settings: { default_payment_method: method },
    });
    const told = await bench.typesUntil("customer.subscription.updated");
    expect(told).toEqual(eventsInReadme("card changed in the portal"));
  });

  test("edits what may be edited and nothing else", async () => {
    const { customer } = await beginMonthly();
    const { url } = await enter(customer);
    expect((await submit(`${url}/details`, { email: "nobody" })).page).toContain("email-error");
    await submit(`${url}/details`, {
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

  test("cannot touch another customer's subscription", async () => {
    const { subscription } = await beginMonthly();
    const { customer } = await beginMonthly();
    const { url } = await enter(customer);
    await submit(`${url}/cancel/${subscription}`, {});
    expect((await bench.stripe.subscriptions.retrieve(subscription)).cancel_at).toBeNull();
  });
});

test("a flow opens at its act and ends where it was told to", async () => {
  const { customer, subscription } = await beginMonthly();
  const { url, flow } = await enter(customer, {
    flow_data: {
      type: "subscription_cancel",
      subscription_cancel: { subscription },
      after_completion: { type: "redirect", redirect: { return_url: "https://site.example/done" } },
    },
  });
  expect(flow).toMatchObject({ type: "subscription_cancel", subscription_cancel: { subscription, retention: null } });
  expect((await pageAt(url)).page).toContain("Cancel this recurring payment?");
  const { location } = await submit(`${url}/cancel/${subscription}`, {});
  const ended = await fetch(location ?? "", { redirect: "manual" });
  expect(ended.headers.get("location")).toBe("https://site.example/done");
});

test("a flow for a subscription of somebody else is refused", async () => {
  const { subscription } = await beginMonthly();
  const { customer } = await beginMonthly();
  const flow_data = { type: "subscription_cancel" as const, subscription_cancel: { subscription } };
  await expect(bench.stripe.billingPortal.sessions.create({ customer, flow_data })).rejects.toMatchObject({
    param: "flow_data[subscription_cancel][subscription]",
  });
});

describe("with more allowed", () => {
  let listed: Stripe.Price;
  let allowed: { configuration: string };

  beforeAll(async () => {
    const product = (await bench.stripe.products.create({ name: "Friend of the paper" })).id;
    const price = { product, currency: "usd", unit_amount: 2_500, recurring: { interval: "month" as const } };
    listed = await bench.stripe.prices.create(price);
    const { id } = await bench.stripe.billingPortal.configurations.create({
      features: {
        payment_method_update: { enabled: true },
        subscription_pause: { enabled: true, duration: { type: "indefinite" } },
        subscription_update: {
          enabled: true,
          default_allowed_updates: ["price"],
          products: [{ product, prices: [listed.id] }],
        },
      },
    });
    allowed = { configuration: id };
    await bench.typesUntil("billing_portal.configuration.created");
  });

  const CARD = { cardExpiry: "12/34", cardCvc: "123", billingName: "Rosa" };

  async function defaultOf(customer: string) {
    const { invoice_settings } = (await bench.stripe.customers.retrieve(customer)) as Stripe.Customer;
    return invoice_settings.default_payment_method;
  }

  test("a new card that its bank asks about is used once it has said yes", async () => {
    const { customer } = await beginMonthly();
    const { url } = await enter(customer, allowed);
    const typed = { ...CARD, cardNumber: "4000 0027 6000 3184" };
    const refused = await submit(`${url}/method`, typed);
    const failed = await submit(refused.location ?? "", { answer: "fail" });
    expect((await pageAt(failed.location ?? "")).page).toContain("unable to authenticate");
    expect(await defaultOf(customer)).toBeNull();
    await bench.typesUntil("setup_intent.setup_failed");
    const asked = await submit(`${url}/method`, typed);
    const passed = await submit(asked.location ?? "", { answer: "complete" });
    expect((await pageAt(passed.location ?? "")).page).toContain("Your payment method has been saved.");
    expect(await defaultOf(customer)).toMatch(/^pm_/);
    expect(await bench.typesUntil("customer.subscription.updated")).toEqual(
      eventsInReadme("card changed in the portal, with 3-D Secure"),
    );
  });

  test("a setup intent of somebody else changes nothing", async () => {
    const { customer } = await beginMonthly();
    const other = (await beginMonthly()).customer;
    const how = { customer: other, payment_method: "pm_card_visa", confirm: true };
    const { id } = await bench.stripe.setupIntents.create(how);
    const { url } = await enter(customer, allowed);
    await pageAt(`${url}/set-up?setup_intent=${id}`);
    expect(await defaultOf(customer)).toBeNull();
  });

  test("a payment in euro can be moved to a bank account", async () => {
    const session = await bench.stripe.checkout.sessions.create(giftMonthly(1_000, "eur"));
    await fillIn(session);
    const customer = String((await bench.stripe.checkout.sessions.retrieve(session.id)).customer);
    const { url } = await enter(customer, allowed);
    await submit(`${url}/method`, { method: "sepa_debit", iban: "DE89370400440532013000", accountHolder: "Rosa" });
    const method = await bench.stripe.paymentMethods.retrieve(String(await defaultOf(customer)));
    expect(method).toMatchObject({ type: "sepa_debit", customer });
    await bench.typesUntil("customer.subscription.updated");
  });

  test("pauses, and resumes with a payment", async () => {
    const { customer, subscription } = await beginMonthly();
    const { url } = await enter(customer, allowed);
    expect((await pageAt(`${url}/pause/${subscription}`)).page).toContain("Nothing is charged until you resume it.");
    const paused = await submit(`${url}/pause/${subscription}`, {});
    expect((await pageAt(paused.location ?? "")).page).toContain("Your recurring payment is paused.");
    expect((await bench.stripe.subscriptions.retrieve(subscription)).status).toBe("paused");
    await submit(`${url}/resume/${subscription}`, {});
    expect((await bench.stripe.subscriptions.retrieve(subscription)).status).toBe("active");
    expect(await bench.typesUntil("charge.updated")).toEqual(eventsInReadme("paused and resumed in the portal"));
  });

  test("changes to a listed price and to no other", async () => {
    const { customer, subscription } = await beginMonthly();
    const { url } = await enter(customer, allowed);
    expect((await pageAt(`${url}/change/${subscription}`)).page).toContain("Friend of the paper: $25.00 every month");
    const cheap = await bench.stripe.prices.create({
      product: String(listed.product),
      currency: "usd",
      unit_amount: 100,
      recurring: { interval: "month" },
    });
    await submit(`${url}/change/${subscription}`, { price: cheap.id });
    const priceNow = async () =>
      (await bench.stripe.subscriptions.retrieve(subscription)).items.data.map(({ price }) => price.unit_amount);
    expect(await priceNow()).toEqual([1_000]);
    await submit(`${url}/change/${subscription}`, { price: listed.id });
    expect(await priceNow()).toEqual([2_500]);
    await bench.typesUntil("customer.subscription.updated");
  });

  test("a flow shows the one price that it was opened for, and ends when that is confirmed", async () => {
    const { customer, subscription } = await beginMonthly();
    const [item] = (await bench.stripe.subscriptions.retrieve(subscription)).items.data;
    const { url } = await enter(customer, {
      ...allowed,
      flow_data: {
        type: "subscription_update_confirm",
        subscription_update_confirm: { subscription, items: [{ id: item?.id ?? "", price: listed.id, quantity: 1 }] },
        after_completion: { type: "redirect", redirect: { return_url: "https://site.example/changed" } },
      },
    });
    expect((await pageAt(url)).page).toContain("$25.00");
    const { location } = await submit(`${url}/change/${subscription}`, { price: listed.id });
    const ended = await fetch(location ?? "", { redirect: "manual" });
    expect(ended.headers.get("location")).toBe("https://site.example/changed");
  });
});
