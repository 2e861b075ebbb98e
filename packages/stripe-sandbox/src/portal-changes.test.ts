import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import { createPortalSessionForTest, fetchPageAndStatus, startRecurringGiftByCheckout } from "./testing/portal-visit";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  monthlyGiftParams,
  openTestSandbox,
  submitForm,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let listed: Stripe.Price;
let allowed: { configuration: string };

beforeAll(async () => {
  bench = await openTestSandbox();
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
  await bench.takeEventTypesUntil("billing_portal.configuration.created");
});

afterAll(() => bench.close());

function beginMonthly() {
  return startRecurringGiftByCheckout(bench, monthlyGiftParams());
}

function enter(customer: string, more: Partial<Stripe.BillingPortal.SessionCreateParams> = {}) {
  return createPortalSessionForTest(bench, { customer, ...more });
}

const CARD = { cardExpiry: "12/34", cardCvc: "123", billingName: "Rosa" };

async function defaultOf(customer: string) {
  const { invoice_settings } = (await bench.stripe.customers.retrieve(customer)) as Stripe.Customer;
  return invoice_settings.default_payment_method;
}

test("a new card that needs 3-D Secure is used once the challenge is passed", async () => {
  const { customer } = await beginMonthly();
  const { url } = await enter(customer, allowed);
  const typed = { ...CARD, cardNumber: "4000 0027 6000 3184" };
  const refused = await submitForm(`${url}/method`, typed);
  const failed = await submitForm(refused.location ?? "", { answer: "fail" });
  expect((await fetchPageAndStatus(failed.location ?? "")).page).toContain("unable to authenticate");
  expect(await defaultOf(customer)).toBeNull();
  await bench.takeEventTypesUntil("setup_intent.setup_failed");
  const challenged = await submitForm(`${url}/method`, typed);
  const passed = await submitForm(challenged.location ?? "", { answer: "complete" });
  expect((await fetchPageAndStatus(passed.location ?? "")).page).toContain("Your payment method has been saved.");
  expect(await defaultOf(customer)).toMatch(/^pm_/);
  expect(await bench.takeEventTypesUntil("customer.subscription.updated")).toEqual(
    listEventsInSandboxDocs("card changed in the portal, with 3-D Secure"),
  );
});

test("a card in use for a subscription cannot be removed; a former card can", async () => {
  const { customer, subscription } = await beginMonthly();
  const { url } = await enter(customer, allowed);
  const first = String((await bench.stripe.subscriptions.retrieve(subscription)).default_payment_method);
  expect((await fetchPageAndStatus(url)).page).not.toContain(`/remove/${first}`);
  await submitForm(`${url}/remove/${first}`, {});
  const ownerOf = async (id: string) => (await bench.stripe.paymentMethods.retrieve(id)).customer;
  expect(await ownerOf(first)).toBe(customer);
  await submitForm(`${url}/method`, { ...CARD, cardNumber: "5555 5555 5555 4444" });
  await submitForm(`${url}/remove/${first}`, {});
  expect(await ownerOf(first)).toBeNull();
  await bench.takeEventTypesUntil("payment_method.detached");
});

test("another customer's setup intent changes nothing", async () => {
  const { customer } = await beginMonthly();
  const other = (await beginMonthly()).customer;
  const how = { customer: other, payment_method: "pm_card_visa", ...CONFIRM_WITHOUT_REDIRECT_PARAMS };
  const { id } = await bench.stripe.setupIntents.create(how);
  const { url } = await enter(customer, allowed);
  await fetchPageAndStatus(`${url}/set-up?setup_intent=${id}`);
  expect(await defaultOf(customer)).toBeNull();
});

test("a subscription in euro can be moved to a bank account", async () => {
  const { customer } = await startRecurringGiftByCheckout(bench, monthlyGiftParams(1_000, "eur"));
  const { url } = await enter(customer, allowed);
  await submitForm(`${url}/method`, { method: "sepa_debit", iban: "DE89370400440532013000", accountHolder: "Rosa" });
  const method = await bench.stripe.paymentMethods.retrieve(String(await defaultOf(customer)));
  expect(method).toMatchObject({ type: "sepa_debit", customer });
  await bench.takeEventTypesUntil("customer.subscription.updated");
});

test("a bank account is not offered to a customer whose subscription in euro has ended", async () => {
  const { customer, subscription } = await startRecurringGiftByCheckout(bench, monthlyGiftParams(1_000, "eur"));
  const { url } = await enter(customer, allowed);
  expect((await fetchPageAndStatus(`${url}/method`)).page).toContain("sepa_debit");
  await bench.stripe.subscriptions.cancel(subscription);
  expect((await fetchPageAndStatus(`${url}/method`)).page).not.toContain("sepa_debit");
});

test("a customer pauses a subscription, and resumes it with a payment", async () => {
  const { customer, subscription } = await beginMonthly();
  const { url } = await enter(customer, allowed);
  expect((await fetchPageAndStatus(`${url}/pause/${subscription}`)).page).toContain(
    "Nothing is charged until you resume it.",
  );
  const paused = await submitForm(`${url}/pause/${subscription}`, {});
  expect((await fetchPageAndStatus(paused.location ?? "")).page).toContain("Your recurring payment is paused.");
  expect((await bench.stripe.subscriptions.retrieve(subscription)).status).toBe("paused");
  await submitForm(`${url}/resume/${subscription}`, {});
  expect((await bench.stripe.subscriptions.retrieve(subscription)).status).toBe("active");
  expect(await bench.takeEventTypesUntil("charge.updated")).toEqual(
    listEventsInSandboxDocs("paused and resumed in the portal"),
  );
});

test("a customer changes to a listed price and to no other", async () => {
  const { customer, subscription } = await beginMonthly();
  const { url } = await enter(customer, allowed);
  expect((await fetchPageAndStatus(`${url}/change/${subscription}`)).page).toContain(
    "Friend of the paper: $25.00 every month",
  );
  const cheap = await bench.stripe.prices.create({
    product: String(listed.product),
    currency: "usd",
    unit_amount: 100,
    recurring: { interval: "month" },
  });
  await submitForm(`${url}/change/${subscription}`, { price: cheap.id });
  const priceNow = async () =>
    (await bench.stripe.subscriptions.retrieve(subscription)).items.data.map(({ price }) => price.unit_amount);
  expect(await priceNow()).toEqual([1_000]);
  await submitForm(`${url}/change/${subscription}`, { price: listed.id });
  expect(await priceNow()).toEqual([2_500]);
  await bench.takeEventTypesUntil("customer.subscription.updated");
});

test("a flow shows only the price it was opened for, and ends once the change is confirmed", async () => {
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
  expect((await fetchPageAndStatus(url)).page).toContain("$25.00");
  const { location } = await submitForm(`${url}/change/${subscription}`, { price: listed.id });
  const ended = await fetch(location ?? "", { redirect: "manual" });
  expect(ended.headers.get("location")).toBe("https://site.example/changed");
});
