import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { postControlAction, submitCheckoutForm, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { database } from "@/systems/database";
import { newFormToken } from "@/systems/giving/form-token";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { openStandIn, type StandIn } from "@/systems/testing/stand-in";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import { POST as start } from "../start/route";
import { POST as move } from "./hosted/route";

vi.mock("@/systems/wake-jobs", () => ({ runBackgroundJobsSoon() {} }));

const SITE = "http://127.0.0.1:3000";
const FORM = "/give?every=once&currency=USD&amount=20.00";
let bench: StandIn;

beforeAll(async () => {
  bench = await openStandIn();
  const settings = { SITE_URL: SITE, TRUSTED_PROXY_HOPS: "1", STRIPE_PUBLISHABLE_KEY: "pk_test_bench" };
  Object.assign(process.env, testEnvironmentFor(bench), settings, { STRIPE_TIMEOUT_MS: "2000" });
});
afterAll(() => bench.close());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  setRuntimeDatabase(openEmptyLedger());
});
afterEach(async () => {
  vi.useRealTimers();
  await postControlAction(bench.url, "end-faults", {});
});

async function post(route: typeof start, path: string, fields: Record<string, string>): Promise<string> {
  const headers = { "sec-fetch-site": "same-origin", "x-forwarded-for": "203.0.113.7" };
  const request = new Request(SITE + path, { method: "POST", body: new URLSearchParams(fields), headers });
  const answer = await route(request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

const GIFT = { every: "once", currency: "USD", amount: "20", from: "/give" };

async function begin(): Promise<string> {
  const form = newFormToken(new Date(Date.now() - 2_000));
  return /gift=(g_[0-9a-f]{32})/.exec(await post(start, "/give/start", { ...GIFT, form }))?.[1] ?? "";
}

const pressHosted = (gift: string, more = {}) => post(move, "/give/pay/hosted", { gift, ...more });
const queryOf = (address: string) => Object.fromEntries(new URL(address, SITE).searchParams);
const isStripes = (address: string) => address.startsWith(`${bench.url}/c/pay/`);
const count = async (status: "open" | "expired") =>
  (await bench.stripe.checkout.sessions.list({ status, limit: 100 })).data.length;

async function renderWait(address: string) {
  const { getServerSideProps, default: Wait } = await import("../../../pages/give/wait");
  const answer = await getServerSideProps({ query: queryOf(address), req: { url: address, headers: {} } } as never);
  const html = "props" in answer ? renderToStaticMarkup(createElement(Wait, await answer.props)) : "";
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return {
    action: /<form action="([^"]+)" method="post"/.exec(html)?.[1] ?? null,
    fields: Object.fromEntries(fields.map(([, name, value]) => [name, value])),
  };
}

async function firstSessionOf(id: string): Promise<string> {
  const { checkoutSessionId } = await (await database()).gift.findUniqueOrThrow({ where: { id } });
  return checkoutSessionId ?? "";
}

async function pay(sessionId: string): Promise<void> {
  const session = await bench.stripe.checkout.sessions.retrieve(sessionId);
  await submitCheckoutForm({ ...session, url: `${bench.url}/c/pay/${sessionId}` });
}

test("a second Checkout counts against the rate limit: after ten Checkouts of one client, the next one waits", async () => {
  const gifts: string[] = [];
  for (let i = 0; i < 6; i++) gifts.push(await begin());
  const places: string[] = [];
  for (const gift of gifts) places.push(await pressHosted(gift));
  expect(places.map(isStripes)).toEqual([true, true, true, true, false, false]);
  expect(queryOf(places[4] ?? "")).toMatchObject({ every: "once", amount: "20.00", moved: gifts[4] });
  expect(await pressHosted(gifts[0] ?? ""), "a press that opens nothing new").toBe(places[0]);
});

test("nothing can be charged while the reader waits, and then the waiting page opens one Checkout of that gift", async () => {
  const gifts: string[] = [];
  for (let i = 0; i < 10; i++) gifts.push(await begin());
  const [gift = "", other = ""] = gifts;
  const session = await firstSessionOf(gift);
  const wait = await pressHosted(gift);
  const { pass = "" } = queryOf(wait);
  expect((await renderWait(wait)).action, "the waiting page, before the time").toBeNull();
  expect((await bench.stripe.checkout.sessions.retrieve(session)).status).toBe("expired");
  expect(await pressHosted(gift, { pass }), "too early: the same place in the queue").toBe(wait);
  expect(await pressHosted(other, { pass }), "another gift").toMatch(/^\/give\/wait\?/);
  vi.setSystemTime(Date.now() + 3_000);
  const before = await count("open");
  const { action, fields } = await renderWait(wait);
  expect(action).toBe("/give/pay/hosted");
  const press = () => post(move, "/give/pay/hosted", fields);
  const addresses = [await press(), await press()];
  expect(addresses.map(isStripes)).toEqual([true, true]);
  expect(new Set(addresses).size).toBe(1);
  expect(await count("open")).toBe(before + 1);
});

test("a gift that waited until its Checkout could no longer open leads back to the filled-in form", async () => {
  for (let i = 0; i < 9; i++) await begin();
  const gift = await begin();
  await pressHosted(gift);
  vi.setSystemTime(Date.now() + 61 * 60_000);
  expect(await pressHosted(gift)).toBe(FORM);
});

const EXPIRE = { key: TEST_API_KEY, method: "POST", path: "/v1/checkout/sessions/*/expire" };
const READ = { key: TEST_API_KEY, method: "GET", path: "/v1/checkout/sessions/*" };
const AS_REFUSED = { does: "error", status: 400 };

test.each([
  ["does not answer", [{ ...EXPIRE, does: "hang" }]],
  ["breaks the connection", [{ ...EXPIRE, does: "reset" }]],
  ["breaks the connection, and then again", [{ ...READ, does: "reset" }]],
  ["refuses to close it, and then refuses to show it", [{ ...READ, ...AS_REFUSED }]],
])("does not claim that nothing was charged if Stripe %s after the reader has paid", async (_, faults) => {
  const gift = await begin();
  const session = await firstSessionOf(gift);
  await pay(session);
  for (const fault of faults) await postControlAction(bench.url, "call-faults", fault);
  expect(await pressHosted(gift)).toMatch(/&problem=unsure$/);
  await postControlAction(bench.url, "end-faults", {});
  expect(await pressHosted(gift), "once Stripe answers").toBe(`/thank-you?session=${session}`);
});

test("says that nothing was charged if Stripe still shows the first Checkout as unpaid", async () => {
  const gift = await begin();
  await postControlAction(bench.url, "call-faults", { ...EXPIRE, ...AS_REFUSED });
  expect(await pressHosted(gift)).toMatch(/&problem=refused$/);
});

test("says that nothing was charged if Stripe fails only after the first Checkout was closed", async () => {
  const gift = await begin();
  await postControlAction(bench.url, "call-faults", {
    key: TEST_API_KEY,
    does: "reset",
    method: "POST",
    path: "/v1/checkout/sessions",
  });
  expect(await pressHosted(gift)).toMatch(/&problem=unreachable$/);
});
