import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openTestSandbox,
  openTestWebhookServer,
  postControlAction,
  stripeClientFor,
  TEST_API_KEY,
  TEST_WEBHOOK_SECRET,
  type TestSandbox,
  waitUntil,
} from "./testing/test-sandbox";
import { EVENT_TYPES } from "./webhooks/event-names";

let bench: TestSandbox;
beforeAll(async () => {
  bench = await openTestSandbox();
});
afterAll(() => bench.close());

const HOOK = "https://site.example/hook";
/** Returns a client for a new account, whose endpoints are separate from those of other tests. */
function fresh(key: string): Stripe {
  return stripeClientFor(bench.url, key);
}
async function refusalOf(work: Promise<unknown>) {
  const failure = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(failure instanceof Stripe.errors.StripeError)) throw new Error(`not refused: ${failure}`);
  const { statusCode, code, param, message } = failure;
  return { statusCode, code, param, message };
}

test("the stand-in knows the same event names as the official package", () => {
  const types = join(
    dirname(createRequire(import.meta.url).resolve("stripe")),
    "../esm/resources/WebhookEndpoints.d.ts",
  );
  const declared = readFileSync(types, "utf8");
  const names = /type EnabledEvent = ([^;]*);/.exec(declared)?.[1]?.split(" | ") ?? [];
  expect(EVENT_TYPES).toEqual(names.map((name) => name.slice(1, -1)).filter((name) => name !== "*"));
});

describe("an endpoint", () => {
  test("an endpoint can be created, changed and deleted, and shows its secret once", async () => {
    const { webhookEndpoints } = fresh("sk_test_life");
    const { secret, ...created } = await webhookEndpoints.create({
      url: HOOK,
      enabled_events: ["charge.succeeded", "invoice.paid"],
      api_version: "2026-10-28.endive",
      description: "Gifts",
      metadata: { purpose: "gifts" },
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9]{32}$/);
    expect(created).toMatchObject({ object: "webhook_endpoint", status: "enabled", api_version: "2026-10-28.endive" });
    const changed = await webhookEndpoints.update(created.id, {
      disabled: true,
      description: "",
      enabled_events: ["*"],
    });
    expect(changed).toMatchObject({ status: "disabled", description: null, enabled_events: ["*"] });
    expect(changed).not.toHaveProperty("secret");
    expect((await webhookEndpoints.update(created.id, { disabled: false })).status).toBe("enabled");
    expect((await webhookEndpoints.list()).data).toHaveLength(1);
    expect(await webhookEndpoints.del(created.id)).toEqual(
      expect.objectContaining({ id: created.id, object: "webhook_endpoint", deleted: true }),
    );
    expect(await refusalOf(webhookEndpoints.retrieve(created.id))).toMatchObject({
      statusCode: 404,
      code: "resource_missing",
    });
  });

  test("an endpoint with an unknown event or an invalid URL is refused", async () => {
    const { webhookEndpoints } = fresh("sk_test_refused");
    const odd = ["charge.suceeded"] as unknown as Stripe.WebhookEndpointCreateParams.EnabledEvent[];
    expect(await refusalOf(webhookEndpoints.create({ url: HOOK, enabled_events: odd }))).toMatchObject({
      statusCode: 400,
      param: "enabled_events[0]",
    });
    const nowhere = webhookEndpoints.create({ url: "nowhere", enabled_events: ["*"] });
    expect(await refusalOf(nowhere)).toMatchObject({ code: "url_invalid", param: "url" });
  });

  test("an endpoint may use plain HTTP in test mode only", async () => {
    const url = "http://site.example/hook";
    expect((await fresh("sk_test_tls").webhookEndpoints.create({ url, enabled_events: ["*"] })).livemode).toBe(false);
    const live = fresh("sk_live_tls").webhookEndpoints;
    expect(await refusalOf(live.create({ url, enabled_events: ["*"] }))).toMatchObject({ code: "url_invalid" });
    expect((await live.create({ url: HOOK, enabled_events: ["*"] })).livemode).toBe(true);
  });

  test("an account has at most sixteen endpoints, which may share a URL", async () => {
    const { webhookEndpoints } = fresh("sk_test_sixteen");
    for (let count = 0; count < 16; count += 1) await webhookEndpoints.create({ url: HOOK, enabled_events: ["*"] });
    const oneMore = await refusalOf(webhookEndpoints.create({ url: HOOK, enabled_events: ["*"] }));
    expect(oneMore).toMatchObject({
      statusCode: 400,
      message: "You have reached the maximum of 16 test webhook endpoints.",
    });
  });
});

test("several endpoints get only their enabled events, each signed with the endpoint's own secret", async () => {
  const stripe = fresh("sk_test_several");
  let secrets = ["", ""];
  const hooks = await Promise.all(
    [0, 1].map((index) =>
      openTestWebhookServer(
        () => 200,
        () => secrets[index] ?? "",
      ),
    ),
  );
  const endpoints = await Promise.all([
    stripe.webhookEndpoints.create({ url: hooks[0]?.url ?? "", enabled_events: ["customer.created"] }),
    stripe.webhookEndpoints.create({ url: hooks[1]?.url ?? "", enabled_events: ["*"] }),
  ]);
  secrets = endpoints.map(({ secret }) => secret ?? "");
  expect(secrets[0]).not.toBe(secrets[1]);
  await stripe.customers.create({});
  await stripe.products.create({ name: "P" });
  await waitUntil(() => hooks[1]?.received.length === 2);
  expect(hooks[0]?.received.map(({ event }) => event.type)).toEqual(["customer.created"]);
  const [event] = (await stripe.events.list({ type: "customer.created" })).data;
  await waitUntil(() => hooks[0]?.received.length === 1);
  expect(event?.pending_webhooks).toBeLessThanOrEqual(2);
  for (const { closeEndpoint } of hooks) closeEndpoint();
});

test("an old secret signs together with the new one for the requested time, at most a day", async () => {
  const { stripe, received } = bench;
  const [endpoint] = (await stripe.webhookEndpoints.list()).data;
  const rolled = await postControlAction(bench.url, "roll-secret", {
    key: TEST_API_KEY,
    endpoint: endpoint?.id,
    old_for_seconds: 60,
  });
  expect(rolled.body.secret).toMatch(/^whsec_/);
  await stripe.products.create({ name: "Rolled" });
  // This test's endpoint verifies signatures with the old secret. So it accepts the event only if the stand-in still
  // signs with the old secret, too.
  await waitUntil(() => received.length > 0);
  const { signature, event } = received.at(-1) ?? { signature: "" };
  expect(signature.match(/v1=/g)).toHaveLength(2);
  const body = JSON.stringify(event, null, 2);
  for (const secret of [TEST_WEBHOOK_SECRET, rolled.body.secret ?? ""])
    expect(stripe.webhooks.constructEvent(body, signature, secret).type).toBe("product.created");
  const tooLong = { key: TEST_API_KEY, endpoint: endpoint?.id, old_for_seconds: 90_000 };
  expect((await postControlAction(bench.url, "roll-secret", tooLong)).status).toBe(400);
});

test("a test mode signature also has a fake v0, which the official package does not accept", async () => {
  const { stripe, received } = bench;
  received.length = 0;
  await stripe.products.create({ name: "Faked" });
  await waitUntil(() => received.length > 0);
  const { signature = "", event } = received[0] ?? {};
  expect(signature).toMatch(/^t=\d+,v1=[0-9a-f]{64}.*,v0=[0-9a-f]{64}$/);
  const onlyFake = signature.replace(/v1=[0-9a-f]+,/g, "");
  expect(() => stripe.webhooks.constructEvent(JSON.stringify(event, null, 2), onlyFake, TEST_WEBHOOK_SECRET)).toThrow();
});
