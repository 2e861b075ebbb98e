import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { listRateLimitAlerts } from "@/domain/newsroom/alerts";
import { defaultCurrencyOf, type Publication } from "@/domain/publication";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { createFreshLedger, testDatabaseProvider } from "@/prisma/fresh-ledger";
import { publication as ours } from "@/publication";
import { database, openDatabase } from "@/systems/database";
import { newFormToken } from "@/systems/giving/form-token";
import { runtime } from "@/systems/runtime";
import { holdDatabaseLock } from "@/systems/testing/hold-lock";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { openStandIn, type StandIn } from "@/systems/testing/stand-in";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import { POST } from "./route";

vi.mock("@/systems/wake-jobs", () => ({ runBackgroundJobsSoon() {} }));

const publication: Publication = ours;
const SITE = "http://127.0.0.1:3000";
const CHECKOUT = /^http:\/\/127\.0\.0\.1:\d+\/c\//;
let bench: StandIn;

beforeAll(async () => {
  bench = await openStandIn();
  const staff = { STAFF_EMAILS: "editor@example.org, chief@example.org" };
  Object.assign(process.env, testEnvironmentFor(bench), { SITE_URL: SITE, TRUSTED_PROXY_HOPS: "1", ...staff });
});
afterAll(() => bench.close());

beforeEach(async () => {
  setRuntimeDatabase(openEmptyLedger());
});
afterEach(() => {
  vi.useRealTimers();
});

const currency = defaultCurrencyOf(publication);
/**
 * These amounts are in major units of the default currency. `largest`: the maximum gift. `above(steps)`: the maximum
 * less `steps` units. This amount is not small, so the rate limit for small amounts does not apply.
 */
const largest = Number(publication.currencies[currency]?.limits.max);
const smallest = String(publication.currencies[currency]?.presets.monthly[0]);
const above = (steps: number) => String(largest - steps);
const GIFT = {
  ...{ every: "once", currency, [`preset-${currency.toLowerCase()}-once`]: "custom" },
  custom: above(0),
};

function token(): string {
  return newFormToken(new Date(Date.now() - 2_000));
}

type Sent = { fields?: Record<string, string>; client?: string; body?: string };

async function send({ fields = {}, client = "203.0.113.7", body }: Sent = {}) {
  const sent = body ?? new URLSearchParams({ ...GIFT, form: token(), website: "", ...fields }).toString();
  const headers = { "sec-fetch-site": "same-origin", "x-forwarded-for": client };
  const request = new Request(`${SITE}/give/start`, { method: "POST", headers, body: sent });
  const answer = await POST(request, { params: Promise.resolve({}) });
  return { status: answer.status, to: answer.headers.get("location") ?? "" };
}

async function checkoutsAtStripe(): Promise<number> {
  return (await bench.stripe.checkout.sessions.list({ limit: 100 })).data.length;
}

test("if one program starts a hundred gifts, ten reach Stripe, and each of the staff gets one e-mail", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const before = await checkoutsAtStripe();
  const places: string[] = [];
  for (let i = 0; i < 100; i++) places.push((await send()).to);
  expect(await checkoutsAtStripe()).toBe(before + 10);
  expect(places.filter((to) => CHECKOUT.test(to))).toHaveLength(10);
  expect(places.filter((to) => /^\/give\/wait\?.*&pass=/.test(to))).toHaveLength(60);
  expect(places.filter((to) => to.startsWith("/give/wait?") && !to.includes("pass="))).toHaveLength(30);
  const db = await database();
  expect(await db.outboxMail.findMany({ select: { kind: true } })).toEqual([{ kind: "burst" }, { kind: "burst" }]);
  expect(await listRateLimitAlerts(db, new Date())).toMatchObject([{ action: "give", slowed: 90 }]);
  // The rate limit does not affect a reader with another IP address.
  expect((await send({ client: "198.51.100.4" })).to).toMatch(CHECKOUT);
});

test("lets fifty readers behind one IP address give, the last of them after 80 seconds", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const startedAt = Date.now();
  const forms = Array.from({ length: 50 }, token);
  const waits: string[] = [];
  for (const form of forms) {
    const { to } = await send({ fields: { form } });
    if (!CHECKOUT.test(to)) waits.push(to);
  }
  expect(waits).toHaveLength(40);
  const goOn = (to: string) => send({ fields: Object.fromEntries(new URL(to, SITE).searchParams) });
  // The wait is not over, so the reader is sent to the same waiting page again.
  expect((await goOn(waits[0] ?? "")).to).toBe(waits[0]);
  vi.setSystemTime(startedAt + 82_000);
  for (const wait of waits) expect((await goOn(wait)).to).toMatch(CHECKOUT);
});

test("the waiting page's pass opens one Checkout, only for its own form and gift, and only for a limited time", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const waited = await send({ fields: { website: "a program was here" } });
  expect(waited.to).toMatch(/^\/give\/wait\?/);
  const fields = Object.fromEntries(new URL(waited.to, SITE).searchParams);
  expect(fields.language, "the language of the form, also if the browser prefers another").toBe("en");
  const before = await checkoutsAtStripe();
  vi.setSystemTime(Date.now() + 31_000);
  const again = { ...fields, website: "still here" };
  // `pass` is not valid for another amount or another form. Without a valid pass, a filled hidden field `website`
  // causes a new wait.
  expect((await send({ fields: { ...again, custom: above(1) } })).to).toMatch(/^\/give\/wait/);
  expect((await send({ fields: { ...again, form: token() } })).to).toMatch(/^\/give\/wait/);
  const [one, two] = [await send({ fields: again }), await send({ fields: again })];
  expect(one.to).toMatch(CHECKOUT);
  expect(two.to).toBe(one.to);
  expect(await checkoutsAtStripe()).toBe(before + 1);
  const late = await send({ fields: { website: "another program" } });
  vi.setSystemTime(Date.now() + 16 * 60_000);
  const stale = { ...Object.fromEntries(new URL(late.to, SITE).searchParams), website: "another program" };
  expect((await send({ fields: stale })).to).toMatch(/^\/give\/wait/);
});

test.each([
  ["no frequency", { every: "" }, "every"],
  ["a frequency that nobody knows", { every: "week" }, "every"],
  ["no currency", { currency: "" }, "every"],
  ["a currency that we do not take", { currency: "RUB" }, "every"],
  ["no token", { form: "" }, "form"],
  ["an invented token", { form: crypto.randomUUID() }, "form"],
])("sends a form with %s back with the reason, and nothing to Stripe", async (_, fields, problem) => {
  const before = await checkoutsAtStripe();
  expect((await send({ fields })).to).toMatch(
    new RegExp(`^/give\\?.*amount=${above(0)}.*&problem=${problem}$|^/give\\?.*&problem=${problem}$`),
  );
  expect(await checkoutsAtStripe()).toBe(before);
});

test("refuses a form with the same field twice", async () => {
  const fields = new URLSearchParams({ ...GIFT, form: token() }).toString();
  for (const more of ["every=month", "custom=2500", "currency=XTS", "form=x"])
    expect((await send({ body: `${fields}&${more}` })).status).toBe(400);
});

test("asks the reader to send the form again if its page was open for a day", async () => {
  const form = newFormToken(new Date(Date.now() - 24 * 60 * 60 * 1000));
  expect((await send({ fields: { form } })).to).toMatch(/&problem=form$/);
});

test("delays a form that was sent within a second of its page until that second is over", async () => {
  const startedMs = performance.now();
  expect((await send({ fields: { form: newFormToken(new Date()) } })).to).toMatch(CHECKOUT);
  expect(performance.now() - startedMs).toBeGreaterThan(900);
});

test("starts at most three gifts from one form", async () => {
  const form = token();
  const places: string[] = [];
  for (const custom of [0, 1, 2, 3, 0].map(above)) places.push((await send({ fields: { form, custom } })).to);
  expect(places.map((to) => CHECKOUT.test(to))).toEqual([true, true, true, false, true]);
  expect(places[3]).toMatch(/&problem=form$/);
  expect(places[4]).toBe(places[0]);
});

test("limits small amounts separately, for all clients together", async () => {
  // The rate limit allows more gifts as time passes. So the test uses a fake clock that stands still. Otherwise more
  // gifts could start on a slow machine than on a fast one.
  vi.useFakeTimers({ toFake: ["Date"] });
  const small = (i: number) => send({ fields: { custom: smallest }, client: `198.${18 + (i % 2)}.${i}.1` });
  const places: string[] = [];
  for (let i = 0; i < 62; i++) places.push((await small(i)).to);
  expect(places.filter((to) => CHECKOUT.test(to))).toHaveLength(60);
  expect((await send({ client: "198.51.100.4" })).to).toMatch(CHECKOUT);
});

test.runIf(testDatabaseProvider === "sqlite")(
  "says that the ledger is busy while another process locks it",
  async () => {
    const url = await createFreshLedger();
    setRuntimeDatabase(openDatabase(url));
    await runtime.database;
    const releaseLock = await holdDatabaseLock(url);
    expect((await send()).to).toMatch(/&problem=busy$/);
    await releaseLock();
    expect((await send()).to).toMatch(CHECKOUT);
    await (await runtime.database)?.$disconnect();
  },
);
