import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterEach, describe, expect, test } from "vitest";
import { accountIdOf } from "./account";
import { startSandbox } from "./start";
import {
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  submitCheckoutForm,
  TEST_API_KEY,
  TEST_WEBHOOK_SECRET,
  type TestSandbox,
  type TestSandboxOptions,
  waitUntil,
} from "./testing/test-sandbox";
import { signatureHeader } from "./webhooks/signature";

let bench: TestSandbox;
afterEach(() => bench.close());

async function open(options?: TestSandboxOptions): Promise<TestSandbox> {
  bench = await openTestSandbox(options);
  return bench;
}

function statesOf({ sandbox }: Pick<TestSandbox, "sandbox">) {
  return sandbox.store.sql("SELECT state, attempts FROM deliveries ORDER BY id").all();
}

test("the official package accepts the stand-in's signature, and refuses it for a changed body", () => {
  const { webhooks } = new Stripe(TEST_API_KEY);
  const body = JSON.stringify({ id: "evt_1", object: "event", type: "invoice.paid" });
  const now = Math.floor(Date.now() / 1000);
  const header = signatureHeader(body, TEST_WEBHOOK_SECRET, { seconds: now });
  expect(webhooks.constructEvent(body, header, TEST_WEBHOOK_SECRET).type).toBe("invoice.paid");
  expect(header).toBe(
    webhooks.generateTestHeaderString({ payload: body, secret: TEST_WEBHOOK_SECRET, timestamp: now }),
  );
  expect(() => webhooks.constructEvent(body.replace("paid", "void"), header, TEST_WEBHOOK_SECRET)).toThrow();
  return open();
});

describe("a refused delivery", () => {
  test("a refused delivery is retried until it is accepted, with the same event id", async () => {
    const { received, stripe } = await open({ answers: (_, attempt) => (attempt <= 2 ? 500 : 200) });
    await stripe.products.create({ name: "P" });
    await waitUntil(() => received.length >= 3);
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(1);
    await waitUntil(() => JSON.stringify(statesOf(bench)).includes("delivered"));
    expect(statesOf(bench)).toEqual([{ state: "delivered", attempts: 3 }]);
  });

  test("a refused delivery is retried even if it becomes due between two checks of the clock by the sender", async () => {
    let checks = 0;
    const { received, stripe } = await open({
      nowMs: () => Date.now() + 15 * checks++,
      answers: (_, attempt) => (attempt <= 2 ? 500 : 200),
    });
    await stripe.products.create({ name: "P" });
    await waitUntil(() => received.length >= 3);
  });

  test("a delivery answered with a redirect counts as refused, and does not block the next event", async () => {
    const { stripe, takeEventTypesUntil } = await open({
      answers: (event) => (event.type === "product.created" ? 302 : 200),
    });
    await stripe.products.create({ name: "P" });
    await stripe.customers.create({});
    expect(await takeEventTypesUntil("customer.created")).toContain("product.created");
  });

  test("a refused delivery is given up after the configured number of attempts, each logged with response and duration", async () => {
    const { received, stripe, sandbox } = await open({ answers: () => 503, tries: 2 });
    await stripe.products.create({ name: "P" });
    await waitUntil(() => JSON.stringify(statesOf(bench)).includes("failed"));
    expect(received).toHaveLength(2);
    const log = sandbox.store.sql("SELECT status, note, took_ms FROM attempts").all();
    const attempt = { status: 503, note: "received", took_ms: expect.any(Number) };
    expect(log).toEqual([attempt, attempt]);
    const [failed] = (await stripe.events.list({ delivery_success: false })).data;
    expect(failed).toMatchObject({ type: "product.created", pending_webhooks: 1 });
  });

  test("a delivery whose response takes too long fails", async () => {
    const slow = createServer(() => {});
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    const { stripe, sandbox } = await open({ tries: 1, timeoutMs: 40 });
    const { port } = slow.address() as AddressInfo;
    await stripe.webhookEndpoints.create({ url: `http://127.0.0.1:${port}`, enabled_events: ["product.created"] });
    await stripe.products.create({ name: "P" });
    await waitUntil(() => JSON.stringify(statesOf(bench)).includes("failed"));
    // Ignores repeated notes: on a busy machine, the endpoint that open() makes can also answer too late, which adds
    // the same note again.
    expect(sandbox.store.sql("SELECT DISTINCT note FROM attempts WHERE status IS NULL").all()).toEqual([
      { note: "no answer within 40 ms" },
    ]);
    slow.closeAllConnections();
    slow.close();
  });

  test("a delivery to a port where no server listens fails, and its attempt has the reason", async () => {
    const { stripe, sandbox } = await open({ tries: 1 });
    await stripe.webhookEndpoints.create({ url: "http://127.0.0.1:1/hook", enabled_events: ["product.created"] });
    await stripe.products.create({ name: "P" });
    await waitUntil(() => JSON.stringify(statesOf(bench)).includes("failed"));
    expect(sandbox.store.sql("SELECT note FROM attempts WHERE status IS NULL").all()).toEqual([
      { note: "connect ECONNREFUSED 127.0.0.1:1" },
    ]);
  });

  test("a refused delivery is still retried after a restart", async () => {
    let isUp = false;
    const { options, stripe, received, closeSandbox } = await open({ inFile: true, answers: () => (isUp ? 200 : 503) });
    await stripe.products.create({ name: "P" });
    await waitUntil(() => received.length > 0);
    await closeSandbox();
    received.length = 0;
    isUp = true;
    const again = await startSandbox(options);
    // Waits for the stored state and not only for a request. A request could also come from an attempt that was in
    // progress when the stand-in closed.
    await waitUntil(() => JSON.stringify(statesOf(again)).includes("delivered"));
    expect(received[0]?.event.type).toBe("product.created");
    await again.close();
    bench.close = async () => {};
  });
});

test("an endpoint gets only its enabled events, and no events once it is disabled or deleted", async () => {
  const { stripe, url: hookUrl, sandbox } = await open();
  const endpoint = await stripe.webhookEndpoints.create({ url: hookUrl, enabled_events: ["customer.created"] });
  expect(endpoint.secret).toMatch(/^whsec_/);
  expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
  const queuedFor = () => sandbox.store.sql("SELECT event_type FROM deliveries WHERE endpoint = ?").all(endpoint.id);
  await stripe.products.create({ name: "P" });
  await stripe.customers.create({});
  expect(queuedFor()).toEqual([{ event_type: "customer.created" }]);
  await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  await stripe.customers.create({});
  expect(queuedFor()).toHaveLength(1);
  expect(await stripe.webhookEndpoints.del(endpoint.id)).toMatchObject({ deleted: true });
  expect((await stripe.webhookEndpoints.list()).data.map(({ id }) => id)).not.toContain(endpoint.id);
});

test("an event contains the API version, the mode, the request and the previous values, and keeps the object as it was", async () => {
  const { stripe, received } = await open();
  const customer = await stripe.customers.create({ name: "Before" }, { idempotencyKey: "key-1" });
  await stripe.customers.update(customer.id, { name: "After" });
  await waitUntil(() => received.length === 2);
  const [created, updated] = received.map(({ event }) => event);
  expect(created).toMatchObject({
    api_version: "2026-10-28.endive",
    livemode: false,
    request: { idempotency_key: "key-1" },
  });
  expect(created?.request?.id).toBe(customer.lastResponse.requestId);
  expect(updated?.data.previous_attributes).toEqual({ name: "Before" });
  const fetched = await stripe.events.retrieve(created?.id ?? "");
  expect(fetched.data.object).toMatchObject({ name: "Before" });
  await waitUntil(() => !JSON.stringify(statesOf(bench)).includes("pending"));
  expect((await stripe.events.retrieve(created?.id ?? "")).pending_webhooks).toBe(0);
  expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
});

test("events arrive in the order of their creation, even with many gifts at once", async () => {
  const { stripe, received, sandbox } = await open();
  const sessions = await Promise.all(
    Array.from({ length: 6 }, () => stripe.checkout.sessions.create(monthlyGiftParams())),
  );
  await Promise.all(sessions.map((session) => submitCheckoutForm(session)));
  const created = sandbox.store.sql("SELECT event FROM deliveries ORDER BY id").all() as { event: string }[];
  await waitUntil(() => received.length === created.length);
  expect(received.map(({ event }) => event.id)).toEqual(created.map(({ event }) => event));
});

test("the payer waits on the page until the endpoint has responded to checkout.session.completed", async () => {
  const { stripe, received } = await open();
  await submitCheckoutForm(await stripe.checkout.sessions.create(oneTimeGiftParams()));
  expect(received.map(({ event }) => event.type)).toContain("checkout.session.completed");
});

test("two callers that wait for the same event both go on once the endpoint has responded", async () => {
  let respond = () => {};
  const slow = createServer((_, response) => {
    respond = () => void response.end();
  });
  await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
  const { stripe, sandbox } = await open();
  const { port } = slow.address() as AddressInfo;
  await stripe.webhookEndpoints.create({ url: `http://127.0.0.1:${port}`, enabled_events: ["product.created"] });
  const asked = new Promise((resolve) => slow.once("request", resolve));
  await stripe.products.create({ name: "P" });
  const [event] = (await stripe.events.list({ type: "product.created" })).data;
  await asked;
  const account = accountIdOf(TEST_API_KEY);
  const both = [1, 2].map(() => sandbox.sender.untilAnswered(account, event?.id ?? "", 3_600_000));
  respond();
  await Promise.all(both);
  slow.closeAllConnections();
  slow.close();
});
