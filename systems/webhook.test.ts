import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseUnrecordableReason } from "../domain/ledger/unrecordable";
import webhook from "../pages/api/stripe/webhook";
import { createFreshLedgerAndSettings, testDatabaseProvider } from "../prisma/fresh-ledger";
import { database } from "./database";
import { withReplacedDbMethods } from "./replaced-methods";
import { runtime } from "./runtime";
import { holdDatabaseLock } from "./testing/hold-lock";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { setRuntime, setRuntimeDatabase } from "./testing/runtime";

const secret = "whsec_for_this_test_only";

const server = createServer(webhook);
let address = "";

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/stripe/webhook`;
  Object.assign(process.env, {
    SITE_URL: "http://127.0.0.1:3000",
    ...(await createFreshLedgerAndSettings()),
    STRIPE_SECRET_KEY: "sk_test_route",
    STRIPE_WEBHOOK_SECRET: secret,
    STRIPE_API_BASE: "http://127.0.0.1:9",
    SMTP_URL: "smtp://127.0.0.1:9",
    NEXTAUTH_SECRET: "x".repeat(32),
    IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const session = {
  id: "cs_test_1",
  object: "checkout.session",
  mode: "payment",
  payment_status: "paid",
  status: "complete",
  payment_intent: "pi_1",
  subscription: null,
  amount_total: 1500,
  currency: "usd",
  customer_details: { email: "reader@example.org" },
  metadata: makeTestGiftMetadata(),
};
const event = { id: "evt_1", object: "event", type: "checkout.session.completed", livemode: false, created: seconds() };

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

function post(body: string | Buffer, signature: string | null): Promise<Response> {
  const headers = new Headers(signature === null ? {} : { "stripe-signature": signature });
  return fetch(address, { method: "POST", body: new Uint8Array(Buffer.from(body)), headers });
}

function sign(payload: string, timestamp = seconds(), by = secret): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret: by, timestamp });
}

async function counts() {
  const db = await database();
  return {
    events: await db.receivedEvent.count(),
    payments: await db.payment.count(),
    mails: await db.outboxMail.count(),
  };
}

const body = JSON.stringify({ ...event, data: { object: session } });

test.each([
  ["no signature", body, null],
  ["another secret", body, sign(body, seconds(), "whsec_another")],
  ["a changed body", body.replace("1500", "9500"), sign(body)],
  ["a truncated body", body.slice(0, -9), sign(body)],
  ["a signature that is six minutes old", body, sign(body, seconds() - 360)],
  ["a signature from six minutes ahead", body, sign(body, seconds() + 360)],
  ["no time in the signature", body, sign(body).replace(/^t=\d+,/, "")],
  ["a signature that is not hexadecimal", body, `t=${seconds()},v1=${"é".repeat(64)}`],
  ["JSON null", "null", sign("null")],
  ["a body that is not JSON", "amount=5", sign("amount=5")],
  ["a list", "[]", sign("[]")],
  [
    "a thin event",
    '{"object":"v2.core.event","id":"evt_x","type":"v1.a"}',
    sign('{"object":"v2.core.event","id":"evt_x","type":"v1.a"}'),
  ],
  ["an empty body", "", sign("")],
])("refuses %s with 400 and stores nothing", async (_, payload, signature) => {
  const response = await post(payload, signature);
  expect(response.status).toBe(400);
  expect(await response.text()).toBe('{"ok":false}');
  expect(await counts()).toEqual({ events: 0, payments: 0, mails: 0 });
});

test("refuses a live event with a test key", async () => {
  const live = JSON.stringify({ ...event, livemode: true, data: { object: session } });
  expect((await post(live, sign(live))).status).toBe(400);
  expect((await counts()).events).toBe(0);
});

test("refuses a body over a megabyte", async () => {
  const large = JSON.stringify({ ...event, data: { object: session }, padding: "x".repeat(1_000_001) });
  expect((await post(large, sign(large))).status).toBe(413);
});

test("responds 413 to an endless body without Content-Length once it is too long", async () => {
  const call = request(address, { method: "POST", headers: { "stripe-signature": sign("") } });
  // Eleven chunks of 100,000 bytes exceed the limit of a megabyte.
  for (let sent = 0; sent < 11; sent++) call.write("x".repeat(100_000));
  const [response] = await once(call, "response");
  call.destroy();
  expect(response.statusCode).toBe(413);
});

test("accepts only POST, and closes the connection of a request with another method", async () => {
  for (const [method, body] of [["GET"], ["HEAD"], ["PUT", "x".repeat(200_000)]] as const) {
    const refused = await fetch(address, { method, body });
    expect(refused.status, method).toBe(405);
    expect(Object.fromEntries(refused.headers), method).toMatchObject({ allow: "POST", connection: "close" });
  }
});

test("records a paid session and its charge once and queues one e-mail of thanks, however often they arrive", async () => {
  const charge = {
    ...{ id: "ch_1", object: "charge", payment_intent: "pi_1", status: "succeeded", balance_transaction: null },
    ...{ amount: 1500, currency: "usd", created: seconds(), metadata: session.metadata },
  };
  const charged = JSON.stringify({ ...event, id: "evt_0", type: "charge.succeeded", data: { object: charge } });
  for (const payload of [body, charged, body, charged]) expect((await post(payload, sign(payload))).status).toBe(200);
  expect(await counts()).toEqual({ events: 2, payments: 1, mails: 1 });
});

test("stores the ids of events about other products, and nothing else of them", async () => {
  const foreign = JSON.stringify({
    ...event,
    id: "evt_2",
    data: { object: { ...session, id: "cs_2", payment_intent: "pi_2", metadata: {} } },
  });
  const unknown = JSON.stringify({ ...event, id: "evt_3", type: "radar.rule.created", data: { object: { id: "x" } } });
  for (const payload of [foreign, unknown]) expect((await post(payload, sign(payload))).status).toBe(200);
  expect(await counts()).toEqual({ events: 4, payments: 1, mails: 1 });
});

test("keeps an unrecordable event as a dead letter and responds 200 at every delivery", async () => {
  const odd = JSON.stringify({
    ...event,
    id: "evt_4",
    data: { object: { ...session, currency: "xyz", payment_intent: "pi_4" } },
  });
  for (const attempts of [1, 2]) {
    expect((await post(odd, sign(odd))).status).toBe(200);
    const stored = await (await database()).receivedEvent.findUnique({ where: { id: "evt_4" } });
    expect(stored).toMatchObject({ outcome: "failed", attempts });
    expect(parseUnrecordableReason(stored?.reason ?? null)).toEqual({
      why: "currency",
      object: "cs_test_1",
      currency: "XYZ",
    });
  }
  expect((await counts()).payments).toBe(1);
});

test("if the database fails, responds 500 first and then keeps a dead letter, and records a later delivery", async () => {
  const db = await database();
  const fresh = JSON.stringify({ ...event, id: "evt_5", data: { object: { ...session, payment_intent: "pi_5" } } });
  await db.$executeRaw`ALTER TABLE "Payment" RENAME TO "Lost"`;
  expect((await post(fresh, sign(fresh))).status).toBe(500);
  expect(await db.receivedEvent.findUnique({ where: { id: "evt_5" } })).toMatchObject({ outcome: "failed" });
  // After the second failure, the event is a dead letter: the site stores it and retries it itself.
  expect((await post(fresh, sign(fresh))).status).toBe(200);
  expect(await db.receivedEvent.findUnique({ where: { id: "evt_5" } })).toMatchObject({
    outcome: "failed",
    attempts: 2,
  });
  await db.$executeRaw`ALTER TABLE "Lost" RENAME TO "Payment"`;
  expect((await post(fresh, sign(fresh))).status).toBe(200);
  expect(await db.payment.count({ where: { paymentIntentId: "pi_5" } })).toBe(1);
});

test("responds 500 if the ledger cannot be opened, so that Stripe sends the event again", async () => {
  const open = runtime.database;
  const unavailable = Promise.reject(new Error("the ledger is unavailable"));
  unavailable.catch(() => {});
  const fresh = JSON.stringify({ ...event, id: "evt_6", data: { object: { ...session, payment_intent: "pi_6" } } });
  setRuntime({ database: unavailable });
  const { status } = await post(fresh, sign(fresh)).finally(() => {
    setRuntime({ database: open });
  });
  expect(status).toBe(500);
  expect((await post(fresh, sign(fresh))).status).toBe(200);
});

test("responds 503 if the database is busy, and keeps no dead letter", async () => {
  const db = await database();
  const busy = Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" });
  setRuntimeDatabase(withReplacedDbMethods(db, { $transaction: () => Promise.reject(busy) }));
  const fresh = JSON.stringify({
    ...event,
    id: "evt_busy",
    data: { object: { ...session, payment_intent: "pi_busy" } },
  });
  expect((await post(fresh, sign(fresh))).status).toBe(503);
  setRuntimeDatabase(db);
  expect(await db.receivedEvent.findUnique({ where: { id: "evt_busy" } })).toBeNull();
  expect((await post(fresh, sign(fresh))).status).toBe(200);
});

test.runIf(testDatabaseProvider === "sqlite")(
  "responds 503 while another process holds the ledger's lock",
  async () => {
    const release = await holdDatabaseLock(process.env.DATABASE_URL ?? "");
    const fresh = JSON.stringify({
      ...event,
      id: "evt_locked",
      data: { object: { ...session, payment_intent: "pi_locked" } },
    });
    expect((await post(fresh, sign(fresh))).status).toBe(503);
    await release();
    expect((await post(fresh, sign(fresh))).status).toBe(200);
    expect(await (await database()).payment.count({ where: { paymentIntentId: "pi_locked" } })).toBe(1);
  },
);
