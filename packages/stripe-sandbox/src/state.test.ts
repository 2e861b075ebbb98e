import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startSandbox } from "./start";
import {
  listControlData,
  monthlyGiftParams,
  oneTimeGiftParams,
  openTestSandbox,
  postControlAction,
  stripeClientFor,
  submitCheckoutForm,
  TEST_API_KEY,
  waitUntil,
} from "./testing/test-sandbox";

const folder = mkdtempSync(join(tmpdir(), "stripe-sandbox-state-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("with a seed", () => {
  async function makeCalls(url: string, reads: number): Promise<void> {
    const stripe = stripeClientFor(url, TEST_API_KEY);
    // Sets an idempotency key for each call. Otherwise the `stripe` package would use a random one, and the events
    // contain this key.
    const key = (idempotencyKey: string) => ({ idempotencyKey });
    const customer = await stripe.customers.create({ name: "Rosa" }, key("1"));
    for (let read = 0; read < reads; read += 1) await stripe.customers.retrieve(customer.id);
    await submitCheckoutForm(await stripe.checkout.sessions.create(oneTimeGiftParams(), key("2")));
    await submitCheckoutForm(await stripe.checkout.sessions.create(monthlyGiftParams(), key("3")));
    const hook = { url: "http://127.0.0.1:9/hook", enabled_events: ["refund.failed" as const] };
    await stripe.webhookEndpoints.create(hook, key("4"));
    await stripe.customers.update(customer.id, { name: "Rosa R." }, key("5"));
  }

  async function everythingIn(url: string): Promise<string[]> {
    const stripe = stripeClientFor(url, TEST_API_KEY);
    const lists = await Promise.all([
      stripe.customers.list({ limit: 100 }),
      stripe.checkout.sessions.list({ limit: 100 }),
      stripe.charges.list({ limit: 100 }),
      stripe.subscriptions.list({ limit: 100 }),
      stripe.invoices.list({ limit: 100 }),
      stripe.webhookEndpoints.list({ limit: 100 }),
      stripe.events.list({ limit: 100 }),
    ]);
    // Replaces the host in the objects' URLs, because each run has another port.
    return lists.flatMap(({ data }) =>
      data.map((object) => JSON.stringify(object).replaceAll(new URL(url).host, "HOST")),
    );
  }

  const options = { port: 0, statePath: ":memory:", retryBaseMs: 20, seed: "newsroom" };

  test("with a seed, two runs of the same calls give the same objects and events, byte for byte", async () => {
    const runs: string[][] = [];
    for (const reads of [0, 3]) {
      const { url, close } = await startSandbox(options);
      await makeCalls(url, reads);
      runs.push(await everythingIn(url));
      await close();
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]?.length).toBeGreaterThan(25);
  });

  test("with a seed, an account repeats after a reset, whatever other accounts do", async () => {
    const { url, close } = await startSandbox(options);
    await makeCalls(url, 0);
    const alone = await everythingIn(url);
    await stripeClientFor(url, "sk_test_other").products.create({ name: "P" });
    await postControlAction(url, "reset", { key: TEST_API_KEY });
    await makeCalls(url, 0);
    expect(await everythingIn(url)).toEqual(alone);
    await close();
  });

  test("with a seed, a restart does not change the ids and times that follow", async () => {
    const statePath = join(folder, "cut.db");
    const ids: string[] = [];
    for (let start = 0; start < 2; start += 1) {
      const { url, close } = await startSandbox({ ...options, statePath });
      const { id, created } = await stripeClientFor(url, TEST_API_KEY).customers.create({});
      ids.push(`${id} ${created}`);
      await close();
    }
    const { url, close } = await startSandbox(options);
    const { customers } = stripeClientFor(url, TEST_API_KEY);
    const uncut = [await customers.create({}), await customers.create({})];
    expect(ids).toEqual(uncut.map(({ id, created }) => `${id} ${created}`));
    expect((uncut[1]?.created ?? 0) - (uncut[0]?.created ?? 0)).toBe(1);
    await close();
  });

  test("different seeds give different ids", async () => {
    const ids = new Set<string>();
    for (const seed of ["a", "b"]) {
      const { url, close } = await startSandbox({ ...options, seed });
      ids.add((await stripeClientFor(url, TEST_API_KEY).customers.create({})).id);
      await close();
    }
    expect(ids.size).toBe(2);
  });
});

describe("a snapshot", () => {
  test("a snapshot restores the state, also after a restart, and can be listed and deleted", async () => {
    const bench = await openTestSandbox({ inFile: true });
    const { customers } = bench.stripe;
    const customer = await customers.create({ name: "Kept" });
    expect((await postControlAction(bench.url, "snapshot", { name: "one-gift" })).body).toMatchObject({
      name: "one-gift",
    });
    await customers.update(customer.id, { name: "Changed" });
    await customers.create({ name: "Later" });
    await bench.closeSandbox();
    const again = await startSandbox(bench.options);
    const snapshots = await listControlData(again.url, "snapshots");
    expect(snapshots).toEqual([{ name: "one-gift", bytes: expect.any(Number), made: expect.any(Number) }]);
    expect((await postControlAction(again.url, "restore", { name: "one-gift" })).status).toBe(200);
    const stripe = stripeClientFor(again.url, TEST_API_KEY);
    expect((await stripe.customers.list()).data.map(({ name }) => name)).toEqual(["Kept"]);
    bench.received.length = 0;
    await stripe.customers.create({ name: "After" });
    await waitUntil(() => bench.received.some(({ event }) => JSON.stringify(event.data.object).includes("After")));
    expect((await postControlAction(again.url, "delete-snapshot", { name: "one-gift" })).status).toBe(200);
    expect((await postControlAction(again.url, "restore", { name: "one-gift" })).status).toBe(404);
    await again.close();
  });

  test("a snapshot needs a plain name and a state file", async () => {
    const { url, close } = await startSandbox({ port: 0, statePath: ":memory:", retryBaseMs: 20 });
    expect((await postControlAction(url, "snapshot", { name: "../escape" })).status).toBe(400);
    expect((await postControlAction(url, "snapshot", { name: "fine" })).body.error).toContain("file");
    await close();
  });
});
