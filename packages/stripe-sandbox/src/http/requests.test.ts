import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replaceBalanceEndpoints } from "../testing/broken-endpoint";
import { type RawCallOptions, rawCall } from "../testing/raw-call";
import {
  CONFIRM_WITHOUT_REDIRECT_PARAMS,
  openTestSandbox,
  stripeClientFor,
  TEST_API_KEY,
  type TestSandbox,
} from "../testing/test-sandbox";
import { lockTimeoutError, rateLimitError, type SimulatedStripeError } from "./errors";

let bench: TestSandbox;

beforeAll(async () => {
  bench = await openTestSandbox();
});
afterAll(() => bench.close());

const call = (path: string, more: RawCallOptions = {}) => rawCall(bench.url, path, more);
const as = (key: string): RawCallOptions => ({ headers: { authorization: `Bearer ${key}` } });

describe("API keys", () => {
  test("a missing or malformed key answers 401 with Stripe's error, which shows only the ends of a key", async () => {
    const none = await fetch(`${bench.url}/v1/customers`);
    expect(none.status).toBe(401);
    expect(none.headers.get("www-authenticate")).toBe('Basic realm="Stripe"');
    expect(await none.json()).toMatchObject({ error: { type: "invalid_request_error" } });
    for (const authorization of [
      "Bearer short",
      `Basic ${btoa("nobody:")}`,
      "Bearer sk_test_with spaces",
      "Bearer sk_test_bad-letters",
    ])
      expect((await call("/v1/customers", { headers: { authorization } })).status).toBe(401);
    const long = await call("/v1/customers", as("sk_wrong_abcdefghijk1234"));
    expect(long.json.error.message).toBe("Invalid API Key provided: sk_wrong************1234");
  });

  test("a restricted key reaches the same account as the secret key", async () => {
    const { id } = await bench.stripe.customers.create();
    expect((await stripeClientFor(bench.url, TEST_API_KEY.replace("sk_", "rk_")).customers.retrieve(id)).id).toBe(id);
  });

  test("a publishable key may only create a payment method, and read an intent whose client secret it has", async () => {
    const publishable = TEST_API_KEY.replace("sk_", "pk_");
    const refused = await call("/v1/customers", as(publishable));
    expect(refused).toMatchObject({ status: 401, json: { error: { code: "secret_key_required" } } });
    const body = "type=card&card[token]=tok_visa";
    expect((await call("/v1/payment_methods", { method: "POST", body, ...as(publishable) })).json.id).toMatch(/^pm_/);
    const { id, client_secret } = await bench.stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    const path = `/v1/payment_intents/${id}`;
    expect((await call(`${path}?client_secret=${client_secret}`, as(publishable))).json.id).toBe(id);
    expect((await call(`${path}?client_secret=wrong`, as(publishable))).status).toBe(400);
    expect((await call(path, as(publishable))).json.error.code).toBe("parameter_missing");
  });

  test("live and test keys see separate objects, and the error says in which mode the object is", async () => {
    const live = stripeClientFor(bench.url, TEST_API_KEY.replace("_test_", "_live_"));
    const { id, livemode } = await live.customers.create();
    expect(livemode).toBe(true);
    await expect(bench.stripe.customers.retrieve(id)).rejects.toMatchObject({
      statusCode: 404,
      code: "resource_missing",
      message: `No such customer: '${id}'; a similar object exists in live mode, but a test mode key was used to make this request.`,
    });
    const mine = await bench.stripe.customers.create();
    await expect(live.customers.del(mine.id)).rejects.toMatchObject({ message: expect.stringContaining("test mode,") });
  });
});

describe("versions", () => {
  test.each([
    "2020-08-27",
    "2023-10-16",
    "2024-09-30.acacia",
    "2025-08-27.basil",
    "2026-10-28.endive",
    "2026-09-30.preview",
  ])("API version %s is accepted and echoed", async (version) => {
    const { headers } = await call("/v1/balance", { headers: { "stripe-version": version } });
    expect(headers.get("stripe-version")).toBe(version);
  });

  test.each(["2019-2-19", "2099-01-01", "2026-10-28", "2026-10-28.dahlia", "2019-13-45", "latest"])(
    "API version %s is refused",
    async (version) => {
      const { status, json } = await call("/v1/balance", { headers: { "stripe-version": version } });
      expect(status).toBe(400);
      expect(json.error.message).toContain(`Invalid Stripe API version: ${version}`);
    },
  );

  test("a call without a version header uses the default version", async () => {
    expect((await call("/v1/balance")).headers.get("stripe-version")).toBe("2026-03-25.dahlia");
  });
});

describe("answers", () => {
  test("an answer is indented, uncached, open to browsers, and contains the request's id", async () => {
    const { text, headers } = await call("/v1/balance");
    expect(text).toMatch(/^\{\n {2}"object": "balance"/);
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("request-id")).toMatch(/^req_\w{14}$/);
    expect((await call("/v1/customers", { method: "OPTIONS" })).status).toBe(200);
  });

  test("an error links to its documentation and its log", async () => {
    const { json, headers } = await call("/v1/customers/cus_none");
    expect(json.error).toMatchObject({
      doc_url: "https://docs.stripe.com/error-codes/resource-missing",
      request_log_url: `https://dashboard.stripe.com/test/logs/${headers.get("request-id")}`,
    });
  });

  test("an error about unknown parameters names them all, and the first as `param`", async () => {
    const { json } = await call("/v1/customers", { method: "POST", body: "name=A&colour=red&size=1" });
    expect(json.error).toMatchObject({
      code: "parameter_unknown",
      param: "colour",
      message: "Received unknown parameters: colour, size",
    });
  });

  test("an unknown id answers 404 in the path and 400 in a parameter", async () => {
    await expect(bench.stripe.prices.retrieve("price_none")).rejects.toMatchObject({ statusCode: 404, param: "id" });
    const price = { currency: "usd", unit_amount: 500, product: "prod_none" };
    await expect(bench.stripe.prices.create(price)).rejects.toMatchObject({ statusCode: 400, param: "product" });
  });

  test.each(["PUT", "PATCH", "HEAD"])("a %s request to a known path answers 404", async (method) => {
    expect((await call("/v1/customers", { method })).status).toBe(404);
  });

  test("a trailing slash or a JSON body gets an error that says how to correct the request", async () => {
    expect((await call("/v1/customers/")).json.error.message).toContain("remove the trailing slash");
    const headers = { "content-type": "application/json" };
    const { json } = await call("/v1/customers", { method: "POST", body: '{"name":"A"}', headers });
    expect(json.error.message).toContain("check that your POST content type is application/x-www-form-urlencoded");
  });

  test.each<[string, () => SimulatedStripeError, string]>([
    ["rate_limit", rateLimitError, "false"],
    ["lock_timeout", lockTimeoutError, "true"],
  ])("the error %s answers 429, with Stripe's advice on retrying", async (code, failure, retry) => {
    const undo = replaceBalanceEndpoints(() => {
      throw failure();
    });
    const { status, json, headers } = await call("/v1/balance");
    undo();
    expect(status).toBe(429);
    expect(json.error).toMatchObject({ type: "invalid_request_error", code });
    expect(headers.get("stripe-should-retry")).toBe(retry);
  });
});

describe("lists", () => {
  test("a list accepts only one cursor at a time", async () => {
    await expect(bench.stripe.customers.list({ starting_after: "a", ending_before: "b" })).rejects.toMatchObject({
      message: "Received both ending_before and starting_after parameters. Please pass in only one.",
    });
  });

  test("a list can be paged backwards to the newest object", async () => {
    const other = stripeClientFor(bench.url, "sk_test_backwards");
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push((await other.customers.create()).id);
    const oldest = ids.shift();
    const walked = await other.customers.list({ limit: 2, ending_before: oldest }).autoPagingToArray({ limit: 100 });
    expect(walked.map(({ id }) => id)).toEqual(ids);
  });
});

describe("expand", () => {
  const intents = () => bench.stripe.paymentIntents;

  test("`data` of a list counts as one of the four levels that can be expanded", async () => {
    await intents().create({
      amount: 500,
      currency: "usd",
      ...CONFIRM_WITHOUT_REDIRECT_PARAMS,
      payment_method: "pm_card_visa",
    });
    const expand = ["data.latest_charge.payment_intent.latest_charge"];
    const { data } = await intents().list({ limit: 1, expand });
    expect(data[0]).toMatchObject({ latest_charge: { payment_intent: { latest_charge: { object: "charge" } } } });
    await expect(intents().list({ expand: [`${expand}.payment_intent`] })).rejects.toMatchObject({
      message: "You cannot expand more than 4 levels of a property.",
    });
  });

  test.each(["id", "metadata", "amount", "amount_details", "nothing"])("expanding %s is refused", async (path) => {
    const { id } = await intents().create({ amount: 500, currency: "usd" });
    await expect(intents().retrieve(id, { expand: [path] })).rejects.toMatchObject({
      statusCode: 400,
      message: `This property cannot be expanded (${path}).`,
    });
  });

  test("expanding a field of a list without `data` suggests the right path", async () => {
    await expect(intents().list({ expand: ["customer"] })).rejects.toMatchObject({
      message: "This property cannot be expanded (customer). You may want to try expanding 'data.customer' instead.",
    });
  });
});

test("error answers become the package's own error classes", async () => {
  await expect(stripeClientFor(bench.url, "sk_wrong").balance.retrieve()).rejects.toBeInstanceOf(
    Stripe.errors.StripeAuthenticationError,
  );
  const undo = replaceBalanceEndpoints(() => {
    throw rateLimitError();
  });
  await expect(bench.stripe.balance.retrieve()).rejects.toBeInstanceOf(Stripe.errors.StripeRateLimitError);
  undo();
});
