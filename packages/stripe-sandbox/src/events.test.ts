import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openTestSandbox,
  postControlAction,
  stripeClientFor,
  TEST_API_KEY,
  type TestSandbox,
  waitUntil,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let isUp = true;
beforeAll(async () => {
  bench = await openTestSandbox({ answers: () => (isUp ? 200 : 500), tries: 1, eventDays: 30 });
});
afterAll(() => bench.close());

test("events are listed by type, types, type pattern, time and delivery state", async () => {
  const { stripe, received } = bench;
  const customer = await stripe.customers.create({ name: "A" });
  await stripe.customers.update(customer.id, { name: "B" });
  await stripe.products.create({ name: "P" });
  const typesOf = async (params: Parameters<typeof stripe.events.list>[0]) =>
    (await stripe.events.list(params)).data.map(({ type }) => type);
  expect(await typesOf({ type: "customer.created" })).toEqual(["customer.created"]);
  expect(await typesOf({ types: ["customer.created", "product.created"] })).toEqual([
    "product.created",
    "customer.created",
  ]);
  expect(await typesOf({ type: "customer.*" })).toEqual(["customer.updated", "customer.created"]);
  expect(await typesOf({ type: "custom[a-z]r.*" })).toEqual([]);
  expect(await typesOf({ created: { lt: 1_000 } })).toEqual([]);
  await waitUntil(() => received.length === 3);
  await waitUntil(async () => (await typesOf({ delivery_success: true })).length === 3);
  expect(await typesOf({ delivery_success: false })).toEqual([]);
  await expect(stripe.events.list({ type: "a", types: ["b"] })).rejects.toThrow("only specify one");
});

test("an event that the endpoint refused is resent on request under the same id, and marked as delivered", async () => {
  const { stripe, received } = bench;
  isUp = false;
  await stripe.products.create({ name: "Lost" });
  await waitUntil(async () => (await stripe.events.list({ delivery_success: false })).data.length === 1);
  const [lost] = (await stripe.events.list({ delivery_success: false })).data;
  isUp = true;
  received.length = 0;
  const [endpoint] = (await stripe.webhookEndpoints.list()).data;
  const again = await stripe.rawRequest("POST", `/v1/events/${lost?.id}/retry`, { webhook_endpoint: endpoint?.id });
  expect(again).toMatchObject({ id: lost?.id, object: "event" });
  await waitUntil(() => received.length === 1);
  expect(received[0]?.event.id).toBe(lost?.id);
  await waitUntil(async () => (await stripe.events.list({ delivery_success: false })).data.length === 0);
  expect((await stripe.events.retrieve(lost?.id ?? "")).pending_webhooks).toBe(0);
  const { body } = await postControlAction(bench.url, "deliveries", { key: TEST_API_KEY, event: lost?.id });
  expect(body.deliveries).toMatchObject([
    { state: "failed", url: bench.options.endpoint.url, attempts: [{ status: 500, note: "received" }] },
    { state: "delivered", attempts: [{ status: 200 }] },
  ]);
});

test("an event is resent at the request of the command line and of the control pages", async () => {
  const { stripe, received } = bench;
  received.length = 0;
  const [event] = (await stripe.events.list({ limit: 1 })).data;
  await stripe.rawRequest("POST", `/v1/events/${event?.id}/retry`, { for_stripecli: true });
  await waitUntil(() => received.length === 1);
  expect(await postControlAction(bench.url, "resend", { key: TEST_API_KEY, event: event?.id })).toEqual({
    status: 200,
    body: { deliveries: 1 },
  });
  await waitUntil(() => received.length === 2);
  expect(new Set(received.map((each) => each.event.id))).toEqual(new Set([event?.id]));
  const nobody = stripe.rawRequest("POST", `/v1/events/${event?.id}/retry`, { webhook_endpoint: "we_none" });
  await expect(nobody).rejects.toMatchObject({ statusCode: 400, code: "resource_missing" });
  expect((await postControlAction(bench.url, "resend", { key: TEST_API_KEY, event: "evt_none" })).status).toBe(404);
});

test("an event older than the configured number of days can no longer be fetched", async () => {
  const stripe = stripeClientFor(bench.url, "sk_test_old");
  await stripe.products.create({ name: "Old" });
  const [event] = (await stripe.events.list()).data;
  const [account] = bench.sandbox.store.listAccounts().slice(-1);
  bench.sandbox.store.setSecondsAhead(account?.id ?? "", 31 * 86_400);
  expect((await stripe.events.list()).data).toEqual([]);
  await expect(stripe.events.retrieve(event?.id ?? "")).rejects.toMatchObject({ statusCode: 404 });
});
