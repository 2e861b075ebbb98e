import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bench, KEY, openBench } from "./testing/bench";

let bench: Bench;
let refused = 0;
/** 1 November 2026. */
const ENDS_AT = Date.UTC(2026, 10, 1) / 1000;

beforeAll(async () => {
  let asked = 0;
  const answers = (_: unknown, tries: number) => {
    asked += 1;
    if (tries > 1 || asked % 40 !== 0) return 200;
    refused += 1;
    return 503;
  };
  bench = await openBench({ now: () => ENDS_AT, answers });
}, 30_000);
afterAll(() => bench.close());

const PROFILE = {
  key: KEY,
  seed: "a believable past",
  months: 6,
  endsAt: ENDS_AT,
  product: { id: "reader-support", name: "Reader support" },
  currencies: [
    { currency: "USD", weight: 4, once: [1_500, 3_000], month: [500, 1_000], year: [5_000, 10_000] },
    { currency: "kwd", weight: 1, once: [5_000, 10_000], month: [1_500, 3_000], year: [15_000, 30_000] },
    { currency: "jpy", weight: 1, once: [2_000, 4_000], month: [700, 1_500], year: [7_000, 14_000] },
  ],
  metadata: [{ article: "a_1" }, { article: "a_2" }],
  giftIdKey: "gift",
  oncePerMonth: 20,
  monthlyStartsPerMonth: 6,
  yearlyStartsPerMonth: 1,
  named: [{ email: "supporter@example.org", interval: "month", currency: "usd", amount: 1_000 }],
};

async function makeHistory(more: object = {}) {
  const body = JSON.stringify({ ...PROFILE, ...more });
  const response = await fetch(`${bench.url}/_sandbox/history`, { method: "POST", body });
  const lines = (await response.text()).trim().split("\n");
  return { status: response.status, lines: lines.map((line) => JSON.parse(line)) };
}

test("a past is made, delivered to the last event, and reported line by line", { timeout: 60_000 }, async () => {
  const { lines } = await makeHistory();
  const last = lines.at(-1);
  expect(lines[0]).toEqual({ delivered: expect.any(Number), total: last.total });
  expect(last).toMatchObject({ done: true, delivered: last.total, pending: 0, failed: 0, retried: refused });
  expect(last.payments).toBeGreaterThan(150);
  expect(new Set(bench.received.map(({ event }) => event.id)).size).toBe(last.total);
  const oldest = await bench.stripe.charges.list({ created: { lt: ENDS_AT - 150 * 86_400 } });
  expect(oldest.data.length).toBeGreaterThan(0);
});

test("its books are those of payments that were made one by one", async () => {
  const charges = await bench.stripe.charges
    .list({ limit: 100, expand: ["data.balance_transaction"] })
    .autoPagingToArray({ limit: 10_000 });
  const paid = charges.filter(({ status }) => status === "succeeded");
  expect(
    paid.every(({ balance_transaction: entry, created }) => typeof entry === "object" && entry?.created === created),
  ).toBe(true);
  expect(paid.every(({ created }) => created < ENDS_AT)).toBe(true);
  expect(charges.some(({ status }) => status === "failed")).toBe(true);
  const sessions = await bench.stripe.checkout.sessions.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  expect(sessions.every(({ status }) => status === "complete")).toBe(true);
  expect(new Set(sessions.map(({ metadata }) => metadata?.gift)).size).toBe(sessions.length);
});

test("recurring gifts that go on have their next date ahead, some have ended, the named one stays", async () => {
  const all = await bench.stripe.subscriptions.list({ status: "all", limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const active = all.filter(({ status }) => status === "active");
  expect(active.every(({ items }) => (items.data[0]?.current_period_end ?? 0) > ENDS_AT)).toBe(true);
  expect(active.length).toBeLessThan(all.length);
  const [named] = (await bench.stripe.customers.list({ email: "supporter@example.org" })).data;
  const [theirs] = (await bench.stripe.subscriptions.list({ customer: named?.id })).data;
  expect(theirs).toMatchObject({ status: "active", cancel_at_period_end: false });
});

test("asked again it makes nothing new; the same seed in a fresh account makes the same past", {
  timeout: 60_000,
}, async () => {
  const count = () => bench.sandbox.store.sql("SELECT count(*) AS count FROM objects").get();
  const before = count();
  expect((await makeHistory()).lines.at(-1)).toMatchObject({ done: true });
  expect(count()).toEqual(before);
  expect((await makeHistory({ months: 5 })).status).toBe(400);
  await makeHistory({ key: "sk_test_twin" });
  const text =
    "SELECT group_concat(amount) AS amounts FROM (SELECT json_extract(json, '$.amount') AS amount FROM objects WHERE account = ? AND kind = 'charge' ORDER BY created, seq)";
  const accounts = bench.sandbox.store.listAccounts().map(({ id }) => bench.sandbox.store.sql(text).get(id));
  expect(accounts).toHaveLength(2);
  expect(accounts[1]).toEqual(accounts[0]);
});

test("a profile that makes no sense is refused with a reason", async () => {
  const refusal = await fetch(`${bench.url}/_sandbox/history`, {
    method: "POST",
    body: JSON.stringify({ key: "nonsense" }),
  });
  expect(refusal.status).toBe(400);
  expect(await refusal.text()).toContain("sk_test_");
});
