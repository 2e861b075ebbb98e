import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { startSandbox } from "./sandbox";
import { openStore } from "./store";
import { clientFor, fillIn, giftMonthly, giftOnce, KEY, openBench } from "./testing/bench";

const folder = mkdtempSync(join(tmpdir(), "stripe-sandbox-kill-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a session that was open before a restart can be paid after it, and answers to keys are remembered", async () => {
  const bench = await openBench();
  const session = await bench.stripe.checkout.sessions.create(giftOnce(), { idempotencyKey: "k" });
  await bench.closeSandbox();
  const again = await startSandbox(bench.options);
  const stripe = clientFor(again.url, KEY);
  const replayed = await stripe.checkout.sessions.create(giftOnce(), { idempotencyKey: "k" });
  expect(replayed.id).toBe(session.id);
  await fillIn({ ...session, url: `${again.url}/c/pay/${session.id}` });
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
  await again.close();
});

test("a reset forgets one account, or all", async () => {
  const bench = await openBench();
  const other = clientFor(bench.url, "sk_test_other");
  await bench.stripe.customers.create({});
  await other.customers.create({});
  const reset = (body: object) => fetch(`${bench.url}/_sandbox/reset`, { method: "POST", body: JSON.stringify(body) });
  expect((await reset({ key: KEY })).status).toBe(200);
  expect((await bench.stripe.customers.list()).data).toHaveLength(0);
  expect((await other.customers.list()).data).toHaveLength(1);
  await reset({});
  expect((await other.customers.list()).data).toHaveLength(0);
  await bench.close();
});

describe("killed at any moment", () => {
  test("it leaves whole stories or none", { timeout: 60_000 }, async () => {
    const statePath = join(folder, "killed.db");
    for (let round = 0; round < 4; round += 1) await runAndKill(statePath, 150 + round * 130);
    const store = openStore(statePath);
    const rows = (text: string) => store.sql(text).all();
    expect(rows("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
    const paid = rows(
      "SELECT id FROM objects WHERE kind = 'payment_intent' AND json_extract(json, '$.status') = 'succeeded'",
    );
    expect(paid.length).toBeGreaterThan(0);
    for (const kind of ["charge", "balance_transaction", "invoice", "subscription", "invoice_payment"])
      expect(rows(`SELECT id FROM objects WHERE kind = '${kind}'`), kind).toHaveLength(paid.length);
    const events = rows(
      "SELECT json_extract(json, '$.type') AS type, count(*) AS count FROM objects WHERE kind = 'event' GROUP BY 1",
    );
    expect(events).toHaveLength(13);
    expect(events.every((event) => (event as { count: number }).count === paid.length)).toBe(true);
    store.close();
  });

  /** Starts the stand-in as its own process, pays one recurring gift after another, and kills it after so long. */
  async function runAndKill(statePath: string, afterMs: number): Promise<void> {
    const main = fileURLToPath(new URL("main.ts", import.meta.url));
    const env = {
      ...process.env,
      STRIPE_SANDBOX_PORT: "0",
      STRIPE_SANDBOX_STATE: statePath,
      STRIPE_SANDBOX_ENDPOINT: "",
    };
    const child = spawn(process.execPath, ["--import", "tsx", main], { env });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on("data", (text) => resolve(String(text).match(/http:\S+/)?.[0] ?? ""));
      child.once("exit", () => reject(new Error("the stand-in did not start")));
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    setTimeout(() => child.kill("SIGKILL"), afterMs);
    const stripe = clientFor(url, KEY, { timeout: 2_000 });
    try {
      for (;;) await fillIn(await stripe.checkout.sessions.create(giftMonthly()));
    } catch {
      await ended;
    }
  }
});
