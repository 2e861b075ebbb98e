import { afterEach, beforeEach, expect, test } from "vitest";
import {
  listControlData,
  openTestSandbox,
  postControlAction,
  TEST_API_KEY,
  type TestSandbox,
  waitUntil,
} from "./testing/test-sandbox";

let bench: TestSandbox;
beforeEach(async () => {
  bench = await openTestSandbox();
});
afterEach(() => bench.close());

const ask = (rule: object) => postControlAction(bench.url, "delivery-faults", { key: TEST_API_KEY, ...rule });
async function makeProducts(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await bench.stripe.products.create({ name: `P${index}` });
}
function namesReceived(): string[] {
  return bench.received.map(({ event }) => (event.data.object as { name: string }).name);
}
const isQuiet = () => bench.sandbox.store.sql("SELECT 1 FROM deliveries WHERE state = 'pending'").get() === undefined;

test("the fault “duplicate” delivers an event again `copies` times, for the first `times` events", async () => {
  await ask({ does: "duplicate", copies: 2, times: 1 });
  await makeProducts(2);
  await waitUntil(() => bench.received.length === 4);
  expect(namesReceived()).toEqual(["P0", "P0", "P0", "P1"]);
  expect(new Set(bench.received.map(({ event }) => event.id)).size).toBe(2);
});

test("the fault “twin” sends two events with different ids for one change", async () => {
  await ask({ does: "twin", events: ["product.*"] });
  await makeProducts(1);
  await waitUntil(() => bench.received.length === 2);
  const [first, second] = bench.received.map(({ event }) => event);
  expect(second?.id).not.toBe(first?.id);
  expect({ ...second, id: "" }).toEqual({ ...first, id: "" });
  expect((await bench.stripe.events.list()).data).toHaveLength(2);
});

test("the fault “shuffle” reorders deliveries within a window, in the same way for the same seed", async () => {
  const orders: string[][] = [];
  for (const seed of ["a", "a", "b"]) {
    await postControlAction(bench.url, "end-faults", {});
    await ask({ does: "shuffle", window: 6, holdMs: 60_000, seed });
    bench.received.length = 0;
    await makeProducts(6);
    await waitUntil(() => bench.received.length === 6);
    orders.push(namesReceived());
  }
  expect(orders[0]).toEqual(orders[1]);
  expect(orders[0]).not.toEqual(orders[2]);
  expect(orders[0]).not.toEqual(["P0", "P1", "P2", "P3", "P4", "P5"]);
  expect([...(orders[0] ?? [])].sort()).toEqual(["P0", "P1", "P2", "P3", "P4", "P5"]);
});

test("the fault “shuffle” sends a window that does not fill after `holdMs`", async () => {
  await ask({ does: "shuffle", window: 50, holdMs: 60 });
  await makeProducts(3);
  await waitUntil(() => bench.received.length === 3);
  expect(namesReceived().sort()).toEqual(["P0", "P1", "P2"]);
});

test("the fault “delay” delays a delivery without holding up the next", async () => {
  await bench.close();
  let nowMs = Date.now();
  bench = await openTestSandbox({ nowMs: () => nowMs });
  await ask({ does: "delay", ms: 150, times: 1 });
  await makeProducts(2);
  await waitUntil(() => bench.received.length === 1);
  nowMs += 150;
  await waitUntil(() => bench.received.length === 2);
  expect(namesReceived()).toEqual(["P1", "P0"]);
});

test("the fault “drop” drops a delivery; the event is listed as undelivered and can be resent", async () => {
  await ask({ does: "drop", events: ["product.created"], skip: 1, times: 1 });
  await makeProducts(3);
  await waitUntil(() => bench.received.length === 2 && isQuiet());
  expect(namesReceived()).toEqual(["P0", "P2"]);
  const [dropped] = (await bench.stripe.events.list({ delivery_success: false })).data;
  expect(dropped).toMatchObject({ pending_webhooks: 1, data: { object: { name: "P1" } } });
  await postControlAction(bench.url, "resend", { key: TEST_API_KEY, event: dropped?.id });
  await waitUntil(() => bench.received.length === 3);
  expect(namesReceived()).toEqual(["P0", "P2", "P1"]);
});

test("a fault strikes the same deliveries for the same seed, at about the given rate", async () => {
  const survivors: string[][] = [];
  for (const seed of ["x", "x"]) {
    await postControlAction(bench.url, "end-faults", {});
    await ask({ does: "drop", rate: 0.5, seed });
    bench.received.length = 0;
    await makeProducts(40);
    await waitUntil(isQuiet);
    survivors.push(namesReceived());
  }
  expect(survivors[0]).toEqual(survivors[1]);
  expect(survivors[0]?.length).toBeGreaterThan(8);
  expect(survivors[0]?.length).toBeLessThan(32);
});

test("faults are limited to one account or one endpoint, listed with their counts, and ended", async () => {
  const [endpoint] = (await bench.stripe.webhookEndpoints.list()).data;
  await ask({ does: "drop", endpoint: "we_other" });
  await postControlAction(bench.url, "delivery-faults", { key: "sk_test_other", does: "drop" });
  await ask({ does: "duplicate", endpoint: endpoint?.id });
  await makeProducts(1);
  await waitUntil(() => bench.received.length === 2);
  const faults = await listControlData(bench.url, "faults");
  expect(faults.map(({ seen, struck }) => [seen, struck])).toEqual([
    [0, 0],
    [0, 0],
    [1, 1],
  ]);
  expect((await postControlAction(bench.url, "end-faults", { id: faults[2]?.id })).body).toEqual({ ended: 1 });
  expect((await postControlAction(bench.url, "end-faults", {})).body).toEqual({ ended: 2 });
  expect((await ask({ does: "explode" })).status).toBe(400);
  expect((await ask({ does: "delay" })).body.error).toContain("ms");
});
