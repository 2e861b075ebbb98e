import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  oneTimeGiftParams,
  openTestSandbox,
  submitCheckoutForm,
  submitForm,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;

beforeAll(async () => {
  bench = await openTestSandbox();
});
afterAll(() => bench.close());

type Create = Stripe.Checkout.SessionCreateParams;
const ON_REQUEST = "4000 0000 0000 3055";

function open(more: Partial<Create>) {
  return bench.stripe.checkout.sessions.create({ ...oneTimeGiftParams(), ...more });
}

async function paid({ id }: Stripe.Checkout.Session) {
  const expand = ["payment_intent.payment_method", "payment_intent.latest_charge"];
  const session = await bench.stripe.checkout.sessions.retrieve(id, { expand });
  const intent = session.payment_intent as Stripe.PaymentIntent;
  return { session, intent, method: intent.payment_method as Stripe.PaymentMethod };
}

test.each(["any", "challenge"] as const)(
  'request_three_d_secure "%s" forces 3-D Secure on a card that does not need it',
  async (request) => {
    const session = await open({ payment_method_options: { card: { request_three_d_secure: request } } });
    const { location } = await submitCheckoutForm(session, { cardNumber: ON_REQUEST });
    expect(location).toMatch(/authenticate$/);
    await submitForm(bench.url + location, { answer: "complete" });
    const { intent } = await paid(session);
    expect(intent).toMatchObject({
      status: "succeeded",
      payment_method_options: { card: { request_three_d_secure: request } },
      latest_charge: { payment_method_details: { card: { three_d_secure: { result: "authenticated" } } } },
    });
  },
);

test("3-D Secure is not used unless requested; if requested for a card that is not enrolled, it is only attempted", async () => {
  const plain = await open({});
  expect((await submitCheckoutForm(plain, { cardNumber: ON_REQUEST })).location).toContain("thank-you");
  const session = await open({ payment_method_options: { card: { request_three_d_secure: "any" } } });
  expect((await submitCheckoutForm(session)).location).toContain("thank-you");
  expect((await paid(session)).intent.latest_charge).toMatchObject({
    payment_method_details: { card: { three_d_secure: { result: "attempt_acknowledged" } } },
  });
});

test("payment intents and setup intents request 3-D Secure in the same way", async () => {
  const payment_method_options = { card: { request_three_d_secure: "any" as const } };
  const how = {
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
    payment_method: "pm_card_threeDSecureOptional",
    payment_method_options,
  };
  const return_url = "https://site.example/back";
  const intent = await bench.stripe.paymentIntents.create({ amount: 2_000, currency: "usd", return_url, ...how });
  expect(intent.status).toBe("requires_action");
  expect((await bench.stripe.setupIntents.create({ return_url, ...how })).status).toBe("requires_action");
});

test("a payment method for future use belongs to a customer created for it", async () => {
  const session = await open({ payment_intent_data: { setup_future_usage: "off_session" } });
  await submitCheckoutForm(session);
  const { intent, method } = await paid(session);
  expect(intent.customer).toMatch(/^cus_/);
  expect(method.customer).toBe(intent.customer);
});

test("options for cards do not apply to debits", async () => {
  const options: Partial<Create> = {
    line_items: oneTimeGiftParams(2_000, "eur").line_items,
    payment_method_options: { card: { setup_future_usage: "off_session" } },
  };
  const byCard = await open(options);
  await submitCheckoutForm(byCard);
  const card = await paid(byCard);
  expect(card.method.customer).toMatch(/^cus_/);
  expect(card.intent).toMatchObject({
    setup_future_usage: null,
    payment_method_options: { card: { setup_future_usage: "off_session" } },
  });
  const byDebit = await open(options);
  const iban = "DE89 3704 0044 0532 0130 00";
  await submitCheckoutForm(byDebit, { method: "sepa_debit", iban, accountHolder: "Rosa Reader" });
  const debit = await paid(byDebit);
  expect(debit.session.customer).toBeNull();
  expect(debit.method.customer).toBeNull();
});

test("the payer may save the payment method only if the site offers it", async () => {
  const customer = (await bench.stripe.customers.create({ email: "rosa@example.org" })).id;
  const offered = await open({ customer, saved_payment_method_options: { payment_method_save: "enabled" } });
  expect(await (await fetch(offered.url ?? "")).text()).toContain("Save these details for next time.");
  await submitCheckoutForm(offered, { saveMethod: "true" });
  expect((await paid(offered)).method).toMatchObject({ customer, allow_redisplay: "always" });
  const left = await open({ customer, saved_payment_method_options: { payment_method_save: "enabled" } });
  await submitCheckoutForm(left);
  expect((await paid(left)).method).toMatchObject({ customer: null, allow_redisplay: "limited" });
  const unoffered = await open({ customer });
  await submitCheckoutForm(unoffered, { saveMethod: "true" });
  expect((await paid(unoffered)).method.customer).toBeNull();
});

test("the site sets `allow_redisplay`, and options that are not implemented answer 501", async () => {
  const session = await open({ payment_method_data: { allow_redisplay: "unspecified" } });
  await submitCheckoutForm(session);
  expect((await paid(session)).method.allow_redisplay).toBe("unspecified");
  const unbuilt: Partial<Create>[] = [
    { saved_payment_method_options: { payment_method_remove: "enabled" } },
    { saved_payment_method_options: { allow_redisplay_filters: ["always"] } },
  ];
  for (const more of unbuilt) await expect(open(more)).rejects.toMatchObject({ statusCode: 501 });
});
