import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, expect, test } from "vitest";
import { makeSnapshot, restoreSnapshot } from "./snapshots";
import { startSandbox } from "./start";
import { openStore } from "./store";
import { everyNthUnlessFullRun } from "./testing/scope";
import {
  oneTimeGiftParams,
  openTestSandbox,
  stripeClientFor,
  submitCheckoutForm,
  TEST_API_KEY,
} from "./testing/test-sandbox";
import { type ConfirmedField, countPaidIntents, findDamageInStateFile, killSandboxUnderLoad } from "./testing/torture";

const folder = mkdtempSync(join(tmpdir(), "stripe-sandbox-kill-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("open sessions and the answers to idempotency keys survive a restart", async () => {
  const bench = await openTestSandbox({ inFile: true });
  const session = await bench.stripe.checkout.sessions.create(oneTimeGiftParams(), { idempotencyKey: "k" });
  await bench.closeSandbox();
  const again = await startSandbox(bench.options);
  const stripe = stripeClientFor(again.url, TEST_API_KEY);
  const replayed = await stripe.checkout.sessions.create(oneTimeGiftParams(), { idempotencyKey: "k" });
  expect(replayed.id).toBe(session.id);
  await submitCheckoutForm({ ...session, url: `${again.url}/c/pay/${session.id}` });
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
  await again.close();
});

test("a reset empties one account, or all", async () => {
  const bench = await openTestSandbox();
  const other = stripeClientFor(bench.url, "sk_test_other");
  await bench.stripe.customers.create({});
  await other.customers.create({});
  const reset = (body: object) => fetch(`${bench.url}/_sandbox/reset`, { method: "POST", body: JSON.stringify(body) });
  expect((await reset({ key: TEST_API_KEY })).status).toBe(200);
  expect((await bench.stripe.customers.list()).data).toHaveLength(0);
  expect((await other.customers.list()).data).toHaveLength(1);
  await reset({});
  expect((await other.customers.list()).data).toHaveLength(0);
  await bench.close();
});

test("a kill at any moment leaves no half-written change and loses nothing that was answered", async () => {
  const statePath = join(folder, "killed.db");
  const promised: ConfirmedField[] = [];
  for (const answers of everyNthUnlessFullRun(4, [40, 2, 9, 20]))
    promised.push(...(await killSandboxUnderLoad(statePath, answers)));
  expect(findDamageInStateFile(statePath, promised)).toEqual([]);
  expect(countPaidIntents(statePath)).toBeGreaterThan(0);
  expect(promised.some(({ value }) => value === "paid")).toBe(true);
});

test("the torture test reports damage", async () => {
  const bench = await openTestSandbox({ inFile: true });
  const { statePath } = bench.options;
  await submitCheckoutForm(await bench.stripe.checkout.sessions.create(oneTimeGiftParams()));
  const [intent] = (await bench.stripe.paymentIntents.list()).data;
  const [event] = (await bench.stripe.events.list({ type: "checkout.session.completed" })).data;
  await bench.closeSandbox();
  expect(findDamageInStateFile(statePath, [])).toEqual([]);
  const store = openStore(statePath);
  for (const id of [intent?.id, event?.id]) store.sql("DELETE FROM objects WHERE id = ?").run(id);
  store.close();
  const broken = findDamageInStateFile(statePath, [{ id: "cus_lost", field: "name", value: "After" }]);
  for (const texts of [
    "succeeded without its payment",
    "without its payment",
    "is complete without its event",
    "has no object",
  ])
    expect(
      broken.some((line) => line.includes(texts)),
      texts,
    ).toBe(true);
  expect(broken).toContain("cus_lost has lost its name");
});

test("internal state keeps its values under the names of this version", () => {
  const path = join(folder, "named-before.db");
  const store = openStore(path);
  const row = "INSERT INTO objects (account, kind, id, created, json, internal_state) VALUES ('a', ?, ?, 1, '{}', ?)";
  store.sql(row).run("checkout.session", "cs_1", '{"asked":{"mode":"payment","metadata":{}},"lineItems":[]}');
  store.sql(row).run("webhook_endpoint", "we_1", '{"secret":"new","former":{"secret":"old","until":7}}');
  store.sql(row).run("webhook_endpoint", "we_2", '{"secret":"only","former":null}');
  store.close();
  const old = new Database(path);
  old.pragma("user_version = 6");
  old.close();

  const upgraded = openStore(path);
  const requested = { mode: "payment", metadata: {} };
  expect(upgraded.internalState<"checkout.session">("a", "cs_1")).toEqual({ requested, lineItems: [] });
  const previousSecret = { secret: "old", until: 7 };
  expect(upgraded.internalState<"webhook_endpoint">("a", "we_1")).toEqual({ secret: "new", previousSecret });
  expect(upgraded.internalState<"webhook_endpoint">("a", "we_2")).toEqual({ secret: "only", previousSecret: null });
  upgraded.close();
});

test("a state file or a snapshot of version 5 is upgraded, and keeps its objects", () => {
  const path = join(folder, "old.db");
  const store = openStore(path);
  store.sql("ALTER TABLE objects RENAME COLUMN internal_state TO aside").run();
  const row =
    "INSERT INTO objects (account, kind, id, created, json, aside) VALUES ('a', 'refund', 're_1', 1, '{}', ?)";
  store.sql(row).run('{"dueAt":7}');
  store.close();
  const old = new Database(path);
  old.pragma("user_version = 5");
  makeSnapshot({ ...store, sql: (text) => old.prepare(text) }, path, "old");
  old.close();

  const upgraded = openStore(path);
  expect(upgraded.internalState<"refund">("a", "re_1")).toEqual({ dueAt: 7 });
  upgraded.drop("a", "re_1");
  restoreSnapshot(upgraded, path, "old");
  expect(upgraded.internalState<"refund">("a", "re_1")).toEqual({ dueAt: 7 });
  upgraded.close();
});
