import Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  listControlData,
  openTestSandbox,
  postControlAction,
  stripeClientFor,
  TEST_API_KEY,
  type TestSandbox,
} from "./testing/test-sandbox";

let bench: TestSandbox;
beforeAll(async () => {
  bench = await openTestSandbox();
});
afterAll(() => bench.close());
afterEach(() => postControlAction(bench.url, "end-faults", {}));

const ask = (rule: object) => postControlAction(bench.url, "call-faults", rule);
const POST_CUSTOMERS = { method: "POST", path: "/v1/customers" };
async function failureOf(work: Promise<unknown>) {
  return work.then(
    () => null,
    (failure: unknown) => failure as Stripe.errors.StripeError,
  );
}
async function countCustomers(): Promise<number> {
  return (await bench.stripe.customers.list({ limit: 100 })).data.length;
}

describe("faults of a call", () => {
  test("a fault closes the connection without an answer or halfway through an answer, or never answers", async () => {
    const impatient = stripeClientFor(bench.url, TEST_API_KEY, { timeout: 80 });
    for (const does of ["refuse", "reset", "hang"]) {
      // The `stripe` package retries a closed connection once, even if its settings allow no retries.
      await ask({ does, ...POST_CUSTOMERS, times: does === "hang" ? 1 : 2 });
      const before = await countCustomers();
      const failure = await failureOf(impatient.customers.create({}));
      expect(failure, does).toBeInstanceOf(Stripe.errors.StripeConnectionError);
      expect(await countCustomers(), does).toBe(before);
      await postControlAction(bench.url, "end-faults", {});
    }
  });

  test("a fault answers with an error in Stripe's shape with the requested status and code", async () => {
    await ask({ does: "error", status: 503, ...POST_CUSTOMERS, times: 1 });
    expect(await failureOf(bench.stripe.customers.create({}))).toMatchObject({
      statusCode: 503,
      type: "StripeAPIError",
    });
    await ask({ does: "error", status: 402, code: "card_declined", message: "No.", ...POST_CUSTOMERS, times: 1 });
    expect(await failureOf(bench.stripe.customers.create({}))).toMatchObject({
      statusCode: 402,
      code: "card_declined",
    });
  });

  test("a fault answers with a rate limit", async () => {
    await ask({ does: "error", status: 429, times: 1 });
    const failure = await failureOf(bench.stripe.customers.list());
    expect(failure).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    expect(failure).toMatchObject({ code: "rate_limit", headers: { "stripe-rate-limited-reason": "global-rate" } });
  });

  test("a fault answers with an HTML page instead of JSON", async () => {
    await ask({ does: "html", times: 1 });
    const failure = await failureOf(bench.stripe.customers.list());
    expect(failure?.message).toContain("Invalid JSON received from the Stripe API");
  });

  test("a fault delays the answer", async () => {
    await ask({ does: "slow", ms: 120, path: "/v1/cust*", times: 1 });
    await bench.stripe.products.list();
    const start = performance.now();
    await bench.stripe.customers.list();
    expect(performance.now() - start).toBeGreaterThan(115);
    const faults = await listControlData(bench.url, "faults");
    expect(faults[0]).toMatchObject({ seen: 1, struck: 1 });
  });

  test("the stand-in refuses connections for the requested time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    await postControlAction(bench.url, "away", { ms: 2_500 });
    vi.advanceTimersByTime(2_499);
    await expect(fetch(`${bench.url}/v1/customers`)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    vi.advanceTimersByTime(1);
    vi.useRealTimers();
    const patient = stripeClientFor(bench.url, TEST_API_KEY, { maxNetworkRetries: 10 });
    expect((await patient.customers.list()).data).toEqual(expect.any(Array));
  });
});

test("a call whose answer is lost runs once, and the same idempotency key returns its answer", async () => {
  for (const does of ["refuse", "reset", "html", "error"]) {
    await ask({ does, when: "after", ...POST_CUSTOMERS, times: 2 });
    const before = await countCustomers();
    const options = { idempotencyKey: `lost-${does}` };
    expect(await failureOf(bench.stripe.customers.create({}, options)), does).not.toBeNull();
    await postControlAction(bench.url, "end-faults", {});
    const { id, lastResponse } = await bench.stripe.customers.create({}, options);
    expect(lastResponse.headers["idempotent-replayed"], does).toBe("true");
    expect((await bench.stripe.customers.list({ limit: 1 })).data[0]?.id).toBe(id);
    expect(await countCustomers(), does).toBe(before + 1);
  }
});

test("a fault for one account skips as many calls as requested, strikes as often as requested, and spares other accounts", async () => {
  await ask({ does: "error", key: TEST_API_KEY, path: "/v1/customers", method: "GET", skip: 1, times: 2 });
  const seen: boolean[] = [];
  for (let call = 0; call < 5; call += 1) seen.push((await failureOf(bench.stripe.customers.list())) === null);
  expect(seen).toEqual([true, false, false, true, true]);
  expect(await failureOf(stripeClientFor(bench.url, "sk_test_other").customers.list())).toBeNull();
});

test("a rate strikes the same calls for the same seed", async () => {
  const runs: boolean[][] = [];
  for (const seed of ["s", "s", "t"]) {
    await postControlAction(bench.url, "end-faults", {});
    await ask({ does: "error", rate: 0.4, seed, path: "/v1/products" });
    const run: boolean[] = [];
    for (let call = 0; call < 25; call += 1) run.push((await failureOf(bench.stripe.products.list())) === null);
    runs.push(run);
  }
  expect(runs[0]).toEqual(runs[1]);
  expect(runs[0]).not.toEqual(runs[2]);
  expect(runs[0]).toContain(true);
  expect(runs[0]).toContain(false);
});

test("an invalid fault is refused", async () => {
  expect((await ask({ does: "error", status: 200 })).body.error).toContain("status");
  expect((await ask({ does: "hang", path: "v1" })).status).toBe(400);
  expect((await ask({ does: "hang", account: "acct_none" })).status).toBe(404);
});
