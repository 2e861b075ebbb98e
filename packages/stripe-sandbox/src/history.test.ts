import { afterAll, beforeAll, expect, test } from "vitest";
import { accountIdOf } from "./account";
import { seededRandom } from "./history/random";
import { handleAllDueObjects } from "./payment-flows/handle-due-objects";
import { startSandbox } from "./start";
import {
  openTestSandbox,
  openTestWebhookServer,
  postControlAction,
  stripeClientFor,
  TEST_API_KEY,
  type TestSandbox,
  waitUntil,
} from "./testing/test-sandbox";

let bench: TestSandbox;
let refused = 0;
const ENDS_AT = Date.UTC(2026, 10, 1) / 1000;

beforeAll(async () => {
  let deliveries = 0;
  const answers = (_: unknown, tries: number) => {
    deliveries += 1;
    if (tries > 1 || deliveries % 40 !== 0) return 200;
    refused += 1;
    return 503;
  };
  bench = await openTestSandbox({ now: () => ENDS_AT, answers });
});
afterAll(() => bench.close());

const PROFILE = {
  key: TEST_API_KEY,
  seed: "a believable past",
  months: 6,
  endsAt: ENDS_AT,
  product: { id: "reader-support", name: "Reader support" },
  currencies: [
    { currency: "USD", weight: 4, once: [1_500, 3_000], month: [500, 1_000], year: [5_000, 10_000] },
    { currency: "eur", weight: 3, once: [1_500, 3_000], month: [500, 1_000], year: [5_000, 10_000] },
    { currency: "kwd", weight: 1, once: [5_000, 10_000], month: [1_500, 3_000], year: [15_000, 30_000] },
    { currency: "jpy", weight: 1, once: [2_000, 4_000], month: [700, 1_500], year: [7_000, 14_000] },
  ],
  metadata: [{ article: "a_1" }, { article: "a_2" }],
  giftId: { key: "gift" },
  oncePerMonth: 20,
  monthlyStartsPerMonth: 6,
  yearlyStartsPerMonth: 1,
  named: [
    {
      ...{ email: "supporter@example.org", interval: "month", currency: "usd", amount: 500 },
      incidents: ["raise", "failed-renewal"],
    },
  ],
  shares: {
    ...{ refunded: 0.05, partlyRefunded: 0.05, disputed: 0.05, disputeWon: 0.5, bankDebit: 0.5, bounced: 0.3 },
    ...{ failedRenewal: 0.2, recovered: 0.6, paused: 0.05, amountChanged: 0.1 },
  },
  openAtEnd: { disputes: 1, overdueGifts: 1, pendingDebits: 1 },
  additions: {
    share: 0.5,
    amounts: ["USD", "eur"].flatMap((currency) => [
      { currency, amount: 500, whole: 546, metadata: { fee: "46" } },
      { currency, amount: 1_000, whole: 1_061, metadata: { fee: "61" } },
    ]),
  },
};

async function makeHistory(more: object = {}, url = bench.url) {
  const body = JSON.stringify({ ...PROFILE, ...more });
  const response = await fetch(`${url}/_sandbox/history`, { method: "POST", body });
  const lines = (await response.text()).trim().split("\n");
  return { status: response.status, lines: lines.map((line) => JSON.parse(line)) };
}

test("a call creates a history, delivers every event and reports progress line by line", async () => {
  const { lines } = await makeHistory();
  const last = lines.at(-1);
  expect(lines[0]).toEqual({ day: expect.any(Number), days: expect.any(Number) });
  const delivered = lines.filter((line) => "delivered" in line).map((line) => line.delivered);
  expect(lines.find((line) => "delivered" in line)).toEqual({ delivered: expect.any(Number), total: last.total });
  expect(delivered).toEqual(delivered.toSorted((a, b) => a - b));
  expect(last).toMatchObject({ done: true, delivered: last.total, pending: 0, failed: 0 });
  expect(last.failedAttempts).toBeGreaterThan(0);
  expect(last.failedAttempts).toBe(refused);
  expect(last.payments).toBeGreaterThan(150);
  await handleAllDueObjects(bench.sandbox);
  expect(bench.sandbox.store.sql("SELECT count(*) AS count FROM deliveries").get()).toEqual({ count: last.total });
  expect(new Set(bench.received.map(({ event }) => event.id)).size).toBe(last.total);
  const oldest = await bench.stripe.charges.list({ created: { lt: ENDS_AT - 150 * 86_400 } });
  expect(oldest.data.length).toBeGreaterThan(0);
});

test("a history's payments are booked like ordinary payments", async () => {
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

test("a history's running gifts renew after its end, some gifts have ended, and the named supporter's gift has not", async () => {
  const all = await bench.stripe.subscriptions.list({ status: "all", limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const active = all.filter(({ status }) => status === "active");
  expect(active.every(({ items }) => (items.data[0]?.current_period_end ?? 0) > ENDS_AT)).toBe(true);
  expect(active.length).toBeLessThan(all.length);
  const [named] = (await bench.stripe.customers.list({ email: "supporter@example.org" })).data;
  const [theirs] = (await bench.stripe.subscriptions.list({ customer: named?.id })).data;
  expect(theirs).toMatchObject({ status: "active", cancel_at_period_end: false });
});

test("a history contains refunds, disputes, settled and bounced debits, and failed and recovered renewals", async () => {
  const { refunds, disputes, charges, invoices } = bench.stripe;
  const all = { limit: 100 };
  const everything = { limit: 10_000 };
  const ofRefunds = await refunds.list({ ...all, expand: ["data.charge"] }).autoPagingToArray(everything);
  const isWhole = ofRefunds.map(({ charge }) => (typeof charge === "object" ? charge?.refunded : undefined));
  expect(new Set(isWhole)).toEqual(new Set([true, false]));
  const ofDisputes = (await disputes.list(all).autoPagingToArray(everything)).map(({ status }) => status);
  expect(ofDisputes).toEqual(expect.arrayContaining(["won", "lost", "needs_response"]));
  const debits = (await charges.list(all).autoPagingToArray(everything)).filter(
    ({ payment_method_details: details }) => details?.type === "sepa_debit",
  );
  expect(new Set(debits.map(({ status }) => status))).toEqual(new Set(["succeeded", "failed", "pending"]));
  const tried = (await invoices.list(all).autoPagingToArray(everything)).filter(
    ({ attempt_count: tries }) => tries > 1,
  );
  expect(tried.map(({ status }) => status)).toContain("paid");
  const types = new Set<string>(bench.received.map(({ event }) => event.type));
  for (const type of ["refund.created", "charge.dispute.closed", "checkout.session.async_payment_succeeded"])
    expect(types).toContain(type);
});

test("a history contains paused, changed and ended gifts, and one that is overdue at the end", async () => {
  const all = await bench.stripe.subscriptions.list({ status: "all", limit: 100 }).autoPagingToArray({ limit: 10_000 });
  expect(all.some(({ status }) => status === "past_due")).toBe(true);
  expect(all.some((each) => each.cancellation_details?.reason === "payment_failed")).toBe(true);
  const updates = bench.received.flatMap(({ event }) =>
    event.type === "customer.subscription.updated" ? [event.data.previous_attributes ?? {}] : [],
  );
  expect(updates.some(({ pause_collection: before }) => before === null)).toBe(true);
  expect(updates.some(({ pause_collection: before }) => before)).toBe(true);
  const [named] = (await bench.stripe.customers.list({ email: "supporter@example.org" })).data;
  const [theirs] = (await bench.stripe.subscriptions.list({ customer: named?.id })).data;
  expect(theirs?.items.data[0]?.price.unit_amount).toBe(1_000);
  const bills = await bench.stripe.invoices.list({ customer: named?.id, limit: 100 });
  const tries = await bench.stripe.charges.list({ customer: named?.id, limit: 100 });
  expect(tries.data.filter(({ status }) => status === "failed")).toHaveLength(1);
  expect(bills.data.every(({ status }) => status === "paid")).toBe(true);
});

test("some gifts of a history are larger by an addition that their metadata names, also after their amount has changed", async () => {
  const all = await bench.stripe.subscriptions.list({ status: "all", limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const amounts = all
    .filter(
      ({ currency, items }) =>
        ["usd", "eur"].includes(currency) && items.data[0]?.price.recurring?.interval === "month",
    )
    .map(({ items, metadata }) => `${items.data[0]?.price.unit_amount} ${metadata.fee ?? "none"}`);
  expect([...new Set(amounts)]).toEqual(expect.arrayContaining(["1061 61", "500 none", "1000 none"]));
  expect(amounts.filter((amount) => /^(546|1061) none|^(500|1000) \d/.test(amount))).toEqual([]);
  const raised = bench.received.filter(({ event }) => changedAddition(event.data));
  expect(raised.length).toBeGreaterThan(0);
});

test("a repeated call creates nothing", async () => {
  const count = () => bench.sandbox.store.sql("SELECT count(*) AS count FROM objects").get();
  const before = count();
  expect((await makeHistory()).lines.at(-1)).toMatchObject({ done: true });
  expect(count()).toEqual(before);
  expect((await makeHistory({ months: 5 })).status).toBe(400);
});

test("a repeated call reports on the same deliveries, whatever the account has sent since", async () => {
  const before = (await makeHistory()).lines.at(-1);
  await bench.stripe.products.create({ name: "Another" });
  expect((await makeHistory()).lines.at(-1)).toEqual(before);
});

test("two histories that are created at once count only their own deliveries", async () => {
  const other = await openTestSandbox({ now: () => ENDS_AT });
  const secrets: string[] = [];
  const endpoint = await openTestWebhookServer(
    () => 200,
    () => secrets[0] ?? "",
  );
  const params = { url: endpoint.url, enabled_events: ["*" as const] };
  const { secret } = await stripeClientFor(other.url, "sk_test_other").webhookEndpoints.create(params);
  secrets.push(secret ?? "");
  const keys = [TEST_API_KEY, "sk_test_other"];
  const answers = await Promise.all(keys.map((key) => makeHistory({ key, months: 1 }, other.url)));
  const text = "SELECT count(*) AS count FROM deliveries WHERE account = ?";
  for (const [n, key] of keys.entries())
    expect({ count: answers[n]?.lines.at(-1).total }).toEqual(other.sandbox.store.sql(text).get(accountIdOf(key)));
  await other.close();
  endpoint.closeEndpoint();
});

test("the same seed in a new account creates the same history; meanwhile the stand-in answers, and a second call reports on it", async () => {
  const key = "sk_test_twin";
  const first = makeHistory({ key });
  await waitUntil(() => bench.sandbox.histories.size > 0);
  const answers = await Promise.all([fetch(`${bench.url}/_sandbox/health`), makeHistory({ key })]);
  expect(bench.sandbox.histories.size).toBe(0);
  expect(answers[0].status).toBe(200);
  expect((await first).lines.at(-1)).toEqual(answers[1].lines.at(-1));
  // Lets the clock charge the renewals that are due at the end of the history, in both accounts.
  await handleAllDueObjects(bench.sandbox);
  const text =
    "SELECT group_concat(amount) AS amounts FROM (SELECT json_extract(json, '$.amount') AS amount FROM objects WHERE account = ? AND kind = 'charge' ORDER BY created, seq)";
  const accounts = bench.sandbox.store.listAccounts().map(({ id }) => bench.sandbox.store.sql(text).get(id));
  expect(accounts).toHaveLength(2);
  expect(accounts[1]).toEqual(accounts[0]);
});

test("a history that was interrupted is refused until its account is reset", async () => {
  const other = await openTestSandbox({ now: () => ENDS_AT, inFile: true });
  const cut = makeHistory({ months: 60 }, other.url).catch(() => {});
  await waitUntil(() => other.sandbox.histories.size > 0);
  await other.closeSandbox();
  await cut;
  const again = await startSandbox(other.options);
  const refusal = await makeHistory({ months: 60 }, again.url);
  expect(refusal).toMatchObject({ status: 409, lines: [{ error: expect.stringContaining("/_sandbox/reset") }] });
  expect((await postControlAction(again.url, "reset", { key: TEST_API_KEY })).status).toBe(200);
  expect((await makeHistory({ months: 1 }, again.url)).lines.at(-1)).toMatchObject({ done: true, failed: 0 });
  await again.close();
  await other.close().catch(() => {});
});

test("the random number of gifts is near its mean, also for thousands a day", () => {
  const chance = seededRandom("a large newsroom");
  const days = Array.from({ length: 20 }, () => chance.count(3_000));
  expect(days.reduce((sum, count) => sum + count, 0) / days.length / 3_000).toBeCloseTo(1, 1);
});

test("an invalid profile is refused with a reason", async () => {
  const refusal = await fetch(`${bench.url}/_sandbox/history`, {
    method: "POST",
    body: JSON.stringify({ key: "nonsense" }),
  });
  expect(refusal.status).toBe(400);
  expect(await refusal.text()).toContain("sk_test_");
});

function changedAddition({ previous_attributes: before }: { previous_attributes?: unknown }): boolean {
  return (before as { metadata?: { fee?: string } } | undefined)?.metadata?.fee !== undefined;
}
