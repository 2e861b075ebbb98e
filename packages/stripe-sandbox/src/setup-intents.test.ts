import { afterAll, beforeAll, expect, test } from "vitest";
import { listEventsInSandboxDocs } from "./testing/documented-events";
import { CONFIRM_WITHOUT_REDIRECT_PARAMS, openTestSandbox, submitForm, type TestSandbox } from "./testing/test-sandbox";

let bench: TestSandbox;

beforeAll(async () => {
  bench = await openTestSandbox({ now: () => 1_790_000_000 });
});
afterAll(() => bench.close());

const RETURN = "https://site.example/back";

async function newCustomer(): Promise<string> {
  const { id } = await bench.stripe.customers.create({ email: "reader@example.org" });
  await bench.takeEventTypesUntil("customer.created");
  return id;
}

test("a card is saved for later, attached to the customer, and charged off session", async () => {
  const customer = await newCustomer();
  const intent = await bench.stripe.setupIntents.create({
    customer,
    payment_method: "pm_card_visa",
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
  });
  expect(intent).toMatchObject({ status: "succeeded", usage: "off_session", customer });
  expect(await bench.takeEventTypesUntil("setup_intent.succeeded")).toEqual(
    listEventsInSandboxDocs("card set up for later"),
  );
  const payment_method = String(intent.payment_method);
  expect((await bench.stripe.paymentMethods.retrieve(payment_method)).customer).toBe(customer);
  const gift = {
    amount: 500,
    currency: "usd",
    customer,
    payment_method,
    off_session: true,
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
  };
  expect((await bench.stripe.paymentIntents.create(gift)).status).toBe("succeeded");
  await bench.takeEventTypesUntil("charge.updated");
});

test("a card that must authenticate does so once, at set-up, and not when it is charged later", async () => {
  const customer = await newCustomer();
  const payment_method = "pm_card_authenticationRequiredOnSetup";
  const more = { ...CONFIRM_WITHOUT_REDIRECT_PARAMS, return_url: RETURN };
  const waiting = await bench.stripe.setupIntents.create({ customer, payment_method, ...more });
  expect(waiting.next_action?.redirect_to_url?.return_url).toBe(RETURN);
  const page = waiting.next_action?.redirect_to_url?.url ?? "";
  expect(await (await fetch(page)).text()).toContain("test-source-authorize-3ds");
  const { location } = await submitForm(page, { answer: "complete" });
  expect(location).toContain(`setup_intent=${waiting.id}`);
  expect(location).toContain("redirect_status=succeeded");
  expect(await bench.takeEventTypesUntil("setup_intent.succeeded")).toEqual(
    listEventsInSandboxDocs("card set up with 3-D Secure"),
  );
  const { data } = await bench.stripe.setupAttempts.list({ setup_intent: waiting.id });
  expect(data.map(({ status }) => status)).toEqual(["succeeded", "requires_action"]);
  const method = String((await bench.stripe.setupIntents.retrieve(waiting.id)).payment_method);
  const gift = {
    amount: 500,
    currency: "usd",
    customer,
    payment_method: method,
    off_session: true,
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
  };
  expect((await bench.stripe.paymentIntents.create(gift)).status).toBe("succeeded");
  await bench.takeEventTypesUntil("charge.updated");
});

test("a declined card is not set up, and a cancelled intent accepts nothing more", async () => {
  const params = { payment_method: "pm_card_visa_chargeDeclined", ...CONFIRM_WITHOUT_REDIRECT_PARAMS };
  await expect(bench.stripe.setupIntents.create(params)).rejects.toMatchObject({
    type: "StripeCardError",
    code: "card_declined",
  });
  expect(await bench.takeEventTypesUntil("setup_intent.setup_failed")).toEqual(
    listEventsInSandboxDocs("card that cannot be set up"),
  );
  const { data } = await bench.stripe.setupIntents.list({ limit: 1 });
  const [failed] = data;
  expect(failed).toMatchObject({ status: "requires_payment_method", last_setup_error: { code: "card_declined" } });
  const canceled = await bench.stripe.setupIntents.cancel(failed?.id ?? "", { cancellation_reason: "abandoned" });
  expect(canceled).toMatchObject({ status: "canceled", cancellation_reason: "abandoned" });
  await expect(bench.stripe.setupIntents.confirm(canceled.id)).rejects.toMatchObject({
    code: "setup_intent_unexpected_state",
  });
});

test("a payment confirmed through the API is authenticated on the challenge page, or fails there", async () => {
  const params = {
    amount: 900,
    currency: "usd",
    payment_method: "pm_card_threeDSecure2Required",
    ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
    return_url: RETURN,
  };
  for (const [answer, outcome, status] of [
    ["complete", "succeeded", "succeeded"],
    ["fail", "failed", "requires_payment_method"],
  ] as const) {
    const waiting = await bench.stripe.paymentIntents.create(params);
    expect(waiting.status).toBe("requires_action");
    const page = waiting.next_action?.redirect_to_url?.url ?? "";
    const { location } = await submitForm(page, { answer });
    expect(location).toContain(`redirect_status=${outcome}`);
    expect((await bench.stripe.paymentIntents.retrieve(waiting.id)).status).toBe(status);
  }
  expect((await fetch(`${bench.url}/authenticate/pi_none`)).status).toBe(404);
});

test("an authorized amount is captured in part, or released", async () => {
  const held = { amount: 2_000, currency: "usd", payment_method: "pm_card_visa", capture_method: "manual" } as const;
  await bench.takeEventTypesUntil("payment_intent.payment_failed");
  const intent = await bench.stripe.paymentIntents.create({ ...held, ...CONFIRM_WITHOUT_REDIRECT_PARAMS });
  expect(intent).toMatchObject({ status: "requires_capture", amount_capturable: 2_000, amount_received: 0 });
  const part = { amount_to_capture: 1_500, statement_descriptor_suffix: "SPRING" };
  const taken = await bench.stripe.paymentIntents.capture(intent.id, { ...part, expand: ["latest_charge"] });
  expect(taken.latest_charge).toMatchObject({ statement_descriptor_suffix: "SPRING" });
  expect(JSON.stringify(taken.latest_charge)).toMatch(/"calculated_statement_descriptor":"[^"]*SPRING"/);
  expect(taken).toMatchObject({ status: "succeeded", amount_capturable: 0, amount_received: 1_500 });
  expect(await bench.takeEventTypesUntil("charge.updated")).toEqual(
    listEventsInSandboxDocs("authorized, then captured"),
  );
  const { data } = await bench.stripe.balanceTransactions.list({ limit: 1 });
  expect(data[0]).toMatchObject({ amount: 1_500, fee: 74 });
  const other = await bench.stripe.paymentIntents.create({ ...held, ...CONFIRM_WITHOUT_REDIRECT_PARAMS });
  await bench.stripe.paymentIntents.cancel(other.id, { cancellation_reason: "requested_by_customer" });
  expect(await bench.stripe.charges.retrieve(String(other.latest_charge))).toMatchObject({ refunded: true });
  await expect(bench.stripe.paymentIntents.capture(other.id)).rejects.toMatchObject({
    code: "payment_intent_unexpected_state",
  });
});

test("a card with optional 3-D Secure is challenged if the caller requests any", async () => {
  const { paymentIntents, setupIntents } = bench.stripe;
  const optional = { payment_method: "pm_card_threeDSecureOptional", ...CONFIRM_WITHOUT_REDIRECT_PARAMS } as const;
  const any = { payment_method_options: { card: { request_three_d_secure: "any" } } } as const;
  const sum = { amount: 900, currency: "usd" };
  expect((await paymentIntents.create({ ...sum, ...optional })).status).toBe("succeeded");
  expect((await paymentIntents.create({ ...sum, ...optional, ...any })).status).toBe("requires_action");
  expect((await setupIntents.create(optional)).status).toBe("succeeded");
  expect(await setupIntents.create({ ...optional, ...any })).toMatchObject({
    status: "requires_action",
    payment_method_options: any.payment_method_options,
  });
});

test("a setup intent accepts only its allowed types of methods, and refuses a wrong client secret", async () => {
  const { setupIntents } = bench.stripe;
  const card = await setupIntents.create({ allowed_payment_method_types: ["card"] });
  expect(card).toMatchObject({ payment_method_types: ["card"], allowed_payment_method_types: ["card"] });
  const neither = { excluded_payment_method_types: ["card", "sepa_debit"] } as const;
  await expect(
    setupIntents.update(card.id, { excluded_payment_method_types: [...neither.excluded_payment_method_types] }),
  ).rejects.toMatchObject({ statusCode: 400 });
  const secret = { client_secret: "seti_x_secret_y" };
  await expect(setupIntents.retrieve(card.id, secret)).rejects.toMatchObject({ param: "client_secret" });
});
