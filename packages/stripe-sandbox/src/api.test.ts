import { once } from "node:events";
import { connect } from "node:net";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_VERSION } from "./objects";
import { type RawCallOptions, rawCall } from "./testing/raw-call";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  oneTimeGiftParams,
  openTestSandbox,
  stripeClientFor,
  submitCheckoutForm,
  TEST_API_KEY,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let stripe: Stripe;

beforeAll(async () => {
  bench = await openTestSandbox();
  stripe = bench.stripe;
});
afterAll(() => bench.close());

const call = (path: string, more: RawCallOptions = {}) => rawCall(bench.url, path, more);

describe("authentication", () => {
  test("a request without a valid key gets a 401 in Stripe's shape", async () => {
    expect((await fetch(`${bench.url}/v1/customers`)).status).toBe(401);
    const stranger = stripeClientFor(bench.url, "nonsense");
    await expect(stranger.customers.list()).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  });

  test("a key is accepted as Bearer or Basic, and shows only its own account", async () => {
    const { id } = await stripe.customers.create({ email: "mine@example.org" });
    const authorization = `Basic ${Buffer.from(`${TEST_API_KEY}:`).toString("base64")}`;
    expect((await call(`/v1/customers/${id}`, { headers: { authorization } })).json.email).toBe("mine@example.org");
    await expect(stripeClientFor(bench.url, "sk_test_other").customers.retrieve(id)).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  test("an answer names the request's id and its API version, and an invalid version is refused", async () => {
    const { lastResponse } = await stripe.balance.retrieve();
    expect(lastResponse.requestId).toMatch(/^req_\w{14}$/);
    expect(lastResponse.apiVersion).toBe(API_VERSION);
    const { json } = await call("/v1/balance", { headers: { "stripe-version": "yesterday" } });
    expect(json.error.message).toContain("Invalid Stripe API version");
  });
});

describe("parameters", () => {
  const refusals: [string, string, string, string | undefined, string | undefined][] = [
    ["an unknown parameter", "/v1/customers", "colour=red", "parameter_unknown", "colour"],
    ["a parameter named like a prototype", "/v1/customers", "__proto__[x]=1", "parameter_unknown", "__proto__"],
    [
      "a missing parameter, by its full path",
      "/v1/checkout/sessions",
      "mode=payment&success_url=https://a.example&line_items[0][price_data][unit_amount]=500",
      "parameter_missing",
      "line_items[0][price_data][currency]",
    ],
    [
      "text where a number belongs",
      "/v1/prices",
      "currency=usd&unit_amount=ten&product=p",
      "parameter_invalid_integer",
      "unit_amount",
    ],
    [
      "a fraction where an integer belongs",
      "/v1/prices",
      "currency=usd&unit_amount=10.5&product=p",
      "parameter_invalid_integer",
      "unit_amount",
    ],
    ["an empty required parameter", "/v1/products", "name=", "parameter_invalid_empty", "name"],
    ["an unlisted enum value", "/v1/checkout/sessions", "mode=gift", undefined, "mode"],
    ["an invalid e-mail address", "/v1/customers", "email=nobody", "email_invalid", "email"],
    ["an invalid URL", "/v1/checkout/sessions", "mode=payment&success_url=home", "url_invalid", "success_url"],
    ["an unknown product", "/v1/prices", "currency=usd&unit_amount=100&product=prod_x", "resource_missing", "product"],
    ["one name as both text and map", "/v1/customers", "metadata=a&metadata[b]=c", undefined, undefined],
    ["a broken escape", "/v1/customers", "name=%zz", undefined, undefined],
    ["too deep nesting", "/v1/customers", `a${"[b]".repeat(50)}=1`, undefined, undefined],
  ];
  test.each(refusals)("a call refuses %s", async (_, path, body, code, param) => {
    const { status, json } = await call(path, { method: "POST", body });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ type: "invalid_request_error", message: expect.any(String) });
    expect(json.error.code).toBe(code);
    if (param) expect(json.error.param).toBe(param);
  });

  test("a call refuses a 5 MB body, a body that is not a form and a body that is not UTF-8, and the stand-in stays up", async () => {
    expect((await call("/v1/customers", { method: "POST", body: `name=${"x".repeat(5_000_000)}` })).status).toBe(413);
    const headers = { "content-type": "application/json" };
    expect((await call("/v1/customers", { method: "POST", body: "{}", headers })).status).toBe(400);
    const bytes = new Uint8Array([110, 61, 0xff, 0xfe]);
    const authorization = `Bearer ${TEST_API_KEY}`;
    expect(
      (await fetch(`${bench.url}/v1/customers`, { method: "POST", body: bytes, headers: { authorization } })).status,
    ).toBe(400);
    expect((await call("/v1/balance")).status).toBe(200);
  });

  test("a call accepts list items without an index", async () => {
    const body = "url=https://a.example&enabled_events[]=invoice.paid&enabled_events[]=charge.updated";
    const { json } = await call("/v1/webhook_endpoints", { method: "POST", body });
    expect(json.enabled_events).toEqual(["invoice.paid", "charge.updated"]);
    await stripe.webhookEndpoints.del(json.id);
  });
});

describe("unknown paths and objects", () => {
  test("an unknown id in the path is answered 404, with the id in the message", async () => {
    await expect(stripe.customers.retrieve("cus_x")).rejects.toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      param: "id",
      message: "No such customer: 'cus_x'",
    });
  });

  test("a path or parameter that is not implemented is answered 501 and not retried; a path that Stripe does not have is answered 404", async () => {
    const { status, json, headers } = await call("/v1/topups", { method: "POST", body: "charge=ch_1" });
    expect(status).toBe(501);
    expect(json.error.code).toBe("not_built");
    expect(headers.get("stripe-should-retry")).toBe("false");
    await expect(
      stripe.checkout.sessions.create({ ...oneTimeGiftParams(), shipping_options: [{ shipping_rate: "shr_1" }] }),
    ).rejects.toMatchObject({
      statusCode: 501,
    });
    expect((await call("/v1/gifts")).status).toBe(404);
  });
});

describe("metadata", () => {
  test("metadata is merged key by key, an empty string deletes a key, and limits are enforced", async () => {
    const { id } = await stripe.customers.create({ metadata: { a: "1", b: "2" } });
    expect((await stripe.customers.update(id, { metadata: { b: "", c: "3" } })).metadata).toEqual({ a: "1", c: "3" });
    expect((await stripe.customers.update(id, { name: "N" })).metadata).toEqual({ a: "1", c: "3" });
    expect((await stripe.customers.update(id, { metadata: "" })).metadata).toEqual({});
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));
    for (const metadata of [many, { ["k".repeat(41)]: "v" }, { k: "v".repeat(501) }])
      await expect(stripe.customers.create({ metadata })).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe("lists", () => {
  test("lists return the newest first, page in both directions and report their end", async () => {
    const other = stripeClientFor(bench.url, "sk_test_lists");
    const productIds: string[] = [];
    for (let index = 0; index < 7; index += 1)
      productIds.unshift((await other.products.create({ name: `P${index}` })).id);
    const all = await other.products.list({ limit: 3 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ id }) => id)).toEqual(productIds);
    const middle = await other.products.list({ limit: 2, starting_after: productIds[1] });
    expect(middle.data.map(({ id }) => id)).toEqual(productIds.slice(2, 4));
    expect(middle.has_more).toBe(true);
    const back = await other.products.list({ limit: 2, ending_before: productIds[4] });
    expect(back.data.map(({ id }) => id)).toEqual(productIds.slice(2, 4));
    expect(back.has_more).toBe(true);
    const top = await other.products.list({ limit: 5, ending_before: productIds[2] });
    expect(top).toMatchObject({ has_more: false, data: [{ id: productIds[0] }, { id: productIds[1] }] });
    await expect(other.products.list({ starting_after: "prod_x" })).rejects.toMatchObject({ param: "starting_after" });
    await expect(other.products.list({ limit: 101 })).rejects.toMatchObject({ param: "limit" });
  });

  test("lists filter by time range and by field", async () => {
    const { created, email } = await stripe.customers.create({ email: "once@example.org" });
    expect((await stripe.customers.list({ email: email ?? "", created: { gte: created } })).data).toHaveLength(1);
    expect((await stripe.customers.list({ created: { gt: created + 60 } })).data).toHaveLength(0);
  });
});

describe("expand", () => {
  test("expand reaches into lists and four levels deep, and refuses fields that cannot be expanded", async () => {
    await submitCheckoutForm(await stripe.checkout.sessions.create(oneTimeGiftParams()));
    const list = await stripe.charges.list({
      limit: 1,
      expand: ["data.balance_transaction", "data.payment_intent.latest_charge"],
    });
    expect(list.data[0]?.balance_transaction).toMatchObject({ object: "balance_transaction", net: expect.any(Number) });
    expect(list.data[0]?.payment_intent).toMatchObject({ latest_charge: { object: "charge" } });
    const { id } = list.data[0] ?? { id: "" };
    await expect(stripe.charges.retrieve(id, { expand: ["nothing"] })).rejects.toMatchObject({ statusCode: 400 });
    const five = "payment_intent.latest_charge.payment_intent.latest_charge.payment_intent";
    await expect(stripe.charges.retrieve(id, { expand: [five] })).rejects.toMatchObject({
      code: "property_expansion_max_depth",
    });
  });
});

describe("idempotency keys", () => {
  test("an idempotency key replays the first answer and marks it as a replay", async () => {
    const idempotencyKey = "gift-1";
    const first = await stripe.checkout.sessions.create(oneTimeGiftParams(), { idempotencyKey });
    const second = await stripe.checkout.sessions.create(oneTimeGiftParams(), { idempotencyKey });
    expect(second).toEqual(first);
    expect(second.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(first.lastResponse.headers["idempotent-replayed"]).toBeUndefined();
  });

  test("an idempotency key refuses other parameters, and belongs to one account", async () => {
    const idempotencyKey = "gift-2";
    await stripe.customers.create({ name: "A" }, { idempotencyKey });
    await expect(stripe.customers.create({ name: "B" }, { idempotencyKey })).rejects.toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    );
    const other = stripeClientFor(bench.url, "sk_test_other");
    expect((await other.customers.create({ name: "B" }, { idempotencyKey })).name).toBe("B");
  });

  test("an idempotency key is not used up by a refused request", async () => {
    const idempotencyKey = "gift-3";
    await expect(stripe.checkout.sessions.create(oneTimeGiftParams(10), { idempotencyKey })).rejects.toMatchObject({
      statusCode: 400,
    });
    expect((await stripe.checkout.sessions.create(oneTimeGiftParams(1_000), { idempotencyKey })).amount_total).toBe(
      1_000,
    );
  });

  test("a second request with an idempotency key is answered 409 while the first is still being read, and the package retries it", async () => {
    const { port } = new URL(bench.url);
    const body = "name=Slow";
    const head = `POST /v1/customers HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${TEST_API_KEY}\r\nIdempotency-Key: slow\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`;
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(head);
    // The server answers "100 Continue" once it has read the headers. From then on the call is in progress.
    await once(socket, "data");
    const again = { method: "POST", body, headers: { "idempotency-key": "slow" } };
    expect((await call("/v1/customers", again)).status).toBe(409);
    const retried = stripeClientFor(bench.url, TEST_API_KEY, { maxNetworkRetries: 2 }).customers.create(
      { name: "Slow" },
      { idempotencyKey: "slow" },
    );
    socket.write(body);
    const { id, lastResponse } = await retried;
    expect(id).toMatch(/^cus_/);
    expect(lastResponse.headers["idempotent-replayed"]).toBe("true");
    socket.destroy();
  });
});

describe("amounts", () => {
  test.each([
    [49, "usd", "amount_too_small"],
    [29, "gbp", "amount_too_small"],
    [49, "jpy", "amount_too_small"],
    [150, "kwd", "amount_too_small"],
    [100_000_000, "usd", "amount_too_large"],
    [5_124, "kwd", "parameter_invalid_integer"],
    [-5, "usd", "parameter_invalid_integer"],
  ])("refuses %i %s with %s", async (amount, currency, code) => {
    await expect(stripe.checkout.sessions.create(oneTimeGiftParams(amount, currency))).rejects.toMatchObject({ code });
  });

  test.each([
    [50, "usd"],
    [30, "gbp"],
    [50, "jpy"],
    [160, "kwd"],
    [99_999_999, "usd"],
  ])("accepts %i %s", async (amount, currency) => {
    expect((await stripe.checkout.sessions.create(oneTimeGiftParams(amount, currency))).amount_total).toBe(amount);
  });

  test("a session refuses a currency that Stripe does not know", async () => {
    await expect(stripe.checkout.sessions.create(oneTimeGiftParams(500, "xyz"))).rejects.toMatchObject({
      statusCode: 400,
    });
  });
});

describe("checkout sessions", () => {
  const now = () => Math.floor(Date.now() / 1000);
  const price_data = { currency: "usd", unit_amount: 500, product_data: { name: "Gift" } };
  const recurring = { price_data: { ...price_data, recurring: { interval: "month" as const } } };
  const refused: [string, Partial<Stripe.Checkout.SessionCreateParams>][] = [
    ["an expiry within 30 minutes", { expires_at: now() + 600 }],
    ["an expiry more than a day ahead", { expires_at: now() + 90_000 }],
    ["a customer together with an e-mail address", { customer: "cus_x", customer_email: "a@example.org" }],
    ["subscription data for a one-time gift", { subscription_data: { description: "x" } }],
    ["a recurring price for a one-time gift", { line_items: [recurring] }],
    ["a one-time price for a recurring gift", { mode: "subscription", payment_intent_data: undefined }],
    ["two currencies", { line_items: [{ price_data }, { price_data: { ...price_data, currency: "eur" } }] }],
    ["no line items", { line_items: [] }],
    ["a reference longer than 200 characters", { client_reference_id: "x".repeat(201) }],
  ];
  test.each(refused)("a Checkout Session refuses %s", async (_, more) => {
    await expect(stripe.checkout.sessions.create({ ...oneTimeGiftParams(), ...more })).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  test("a Checkout Session refuses payment_method_types since version endive, and accepts them from older callers", async () => {
    const body = `mode=payment&success_url=https://a.example&payment_method_types[]=card&line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=500&line_items[0][price_data][product_data][name]=Gift`;
    const endive = { "stripe-version": API_VERSION };
    const refusal = await call("/v1/checkout/sessions", { method: "POST", body, headers: endive });
    expect(refusal.json.error).toMatchObject({ code: "parameter_unknown", param: "payment_method_types" });
    expect((await call("/v1/checkout/sessions", { method: "POST", body })).status).toBe(200);
  });

  test("a Checkout Session uses a product that the caller created with an id of its own", async () => {
    await stripe.products.create({ id: "reader-support", name: "Reader support" });
    await expect(stripe.products.create({ id: "reader-support", name: "Again" })).rejects.toMatchObject({
      code: "resource_already_exists",
    });
    const line_items = [{ price_data: { currency: "usd", unit_amount: 500, product: "reader-support" } }];
    const session = await stripe.checkout.sessions.create({
      ...oneTimeGiftParams(),
      line_items,
      submit_type: "donate",
    });
    const lines = await stripe.checkout.sessions.listLineItems(session.id);
    expect(lines.data[0]?.price?.product).toBe("reader-support");
    expect(await (await fetch(session.url ?? "")).text()).toContain("Donate $5.00");
  });
});

describe("a payment intent created through the API", () => {
  test("a payment intent created through the API succeeds when confirmed with a good test card", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: "usd",
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
      payment_method: "pm_card_visa",
    });
    expect(intent).toMatchObject({ status: "succeeded", amount_received: 900 });
  });

  test("a payment intent created through the API answers 402 when declined, and keeps the failed charge", async () => {
    const params = {
      amount: 900,
      currency: "usd",
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
      payment_method: "pm_card_visa_chargeDeclined",
    };
    const failure = await stripe.paymentIntents.create(params).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(failure).toMatchObject({ code: "card_declined", decline_code: "generic_decline", statusCode: 402 });
    expect((await stripe.charges.list({ limit: 1 })).data[0]).toMatchObject({
      status: "failed",
      failure_code: "card_declined",
    });
  });
});

test("the balance is the sum of all settled amounts, per currency", async () => {
  const other = stripeClientFor(bench.url, "sk_test_balance");
  for (const currency of ["usd", "kwd", "eur"])
    await other.paymentIntents.create({
      amount: 10_000,
      currency,
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
      payment_method: "pm_card_visa",
    });
  const { pending } = await other.balance.retrieve();
  expect(pending.map(({ amount, currency }) => [currency, amount]).sort()).toEqual([
    ["eur", 9_685],
    ["usd", 9_680 + 3_126],
  ]);
});
