import { encode } from "next-auth/jwt";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, test } from "vitest";
import { findFirstBrokenAuditLogNumber } from "@/domain/newsroom/staff/acts";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { openSession } from "@/systems/auth/options";
import { keyedHashOfAuditEntry } from "@/systems/auth/staff";
import { currentTime } from "@/systems/clock";
import type { Db } from "@/systems/database";
import { env } from "@/systems/env";
import { identityCrypto } from "@/systems/identity";
import { runInRequestOfTestBrowser, type TestBrowserState } from "@/systems/testing/request-scope";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { POST as replay } from "./events/replay/route";
import { POST as work } from "./items/route";
import { POST as sendMail } from "./mails/send/route";
import QueuePage from "./page";

Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_queue",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  STRIPE_API_BASE: "http://127.0.0.1:9",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: "root@example.org",
});

let db: Db;
let anna: TestBrowserState;
let boris: TestBrowserState;

beforeEach(async () => {
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  anna = await signIn("anna");
  boris = await signIn("boris");
});

async function signIn(id: string): Promise<TestBrowserState> {
  const address = identityCrypto().sealAddress(`${id}@example.org`);
  if (!address) throw new Error("no address");
  await db.staff.create({ data: { ...address, id, role: "care", since: currentTime() } });
  const token = await openSession(db, address.emailHash);
  await db.session.updateMany({ data: { secondFactorAt: currentTime() } });
  return { session: await encode({ token, secret: env().NEXTAUTH_SECRET }) };
}

async function press(browser: TestBrowserState, fields: Record<string, string>, route = work): Promise<void> {
  const headers = { "sec-fetch-site": "same-origin" };
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body: new URLSearchParams(fields) });
  const answer = await runInRequestOfTestBrowser(browser, () => route(request, { params: Promise.resolve({}) }));
  expect(answer.headers.get("location")).toBe("/newsroom/queue");
  [, browser.note = ""] = /^note[^=]*=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
}

/** Opens the queue. `open`: the text above "Done recently". `done`: the text below it. */
async function read(browser: TestBrowserState): Promise<{ open: string; done: string; html: string }> {
  const html = await runInRequestOfTestBrowser(browser, async () => renderToStaticMarkup(await QueuePage()));
  browser.note = "";
  const text = html.replaceAll(/<option.*?<\/option>|<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
  const [open = "", done = ""] = text.split("Done recently");
  return { open, done, html };
}

const acts = async () =>
  (await db.act.findMany({ orderBy: { number: "asc" } })).map(({ by, kind, about }) => [by, kind, about]);

function addDispute(
  id = "dp_1",
  answerBy = new Date("2026-12-04T00:00:00Z"),
  openedAt = new Date("2026-11-20T00:00:00Z"),
) {
  const of = { paymentIntentId: "pi_1", paymentId: "p1", amountMinor: 500n, currency: "EUR", reason: "fraudulent" };
  return db.dispute.create({ data: { id, ...of, status: "needs_response", openedAt, answerBy, recordedAt: openedAt } });
}

function addPayment() {
  const now = currentTime();
  const money = { amountMinor: 500n, currency: "EUR", frequency: "once", status: "succeeded" };
  return db.payment.create({ data: { id: "p1", ...money, paidAt: now, recordedAt: now } });
}

const DISPUTE = { key: "dispute:dp_1" };

test("an item is taken, marked as done and reopened, and each step shows its colleague and is logged", async () => {
  await addPayment();
  await addDispute();
  expect((await read(anna)).open).toContain("Evidence due by Dec 4, 2026");
  await press(anna, { ...DISPUTE, do: "take", seen: "" });
  expect((await read(anna)).open).toContain("You have taken this since");
  expect((await read(boris)).open).toContain("anna@example.org has taken this since");
  await press(anna, { ...DISPUTE, do: "done", note: "answered" });
  const seen = await read(boris);
  expect(seen.open).toContain("Nothing waits for a person");
  expect(seen.done).toMatch(/dispute:dp_1 Answered\. anna@example\.org/);
  await press(boris, { ...DISPUTE, do: "reopen" });
  expect((await read(boris)).open).toContain("dp_1");
  expect((await read(boris)).done).toBe("");
  expect(await acts()).toEqual([
    ["anna", "work-taken", "dispute:dp_1"],
    ["anna", "work-done", "dispute:dp_1"],
    ["boris", "work-reopened", "dispute:dp_1"],
  ]);
  expect(await findFirstBrokenAuditLogNumber(db, keyedHashOfAuditEntry)).toBeNull();
});

test("evidence that an erasure left is listed by its deadline, until the bank asks no more", async () => {
  await addPayment();
  const left = { evidenceLeft: "customer_name,receipt", evidenceLeftAt: new Date("2026-11-22T10:00:00Z") };
  const deadlines = { dp_open: null, dp_later: "2026-12-09", dp_soon: "2026-12-02" };
  for (const [id, day] of Object.entries(deadlines)) {
    await addDispute(id);
    const answerBy = day && new Date(`${day}T00:00:00Z`);
    await db.dispute.update({ where: { id }, data: { ...left, answerBy } });
  }
  const { open } = await read(anna);
  expect(open).toMatch(/erased supporters: 3 disputes\..*dp_soon : customer_name , receipt .*dp_later : .*dp_open : /);
  expect(open).toContain("Can be removed until Dec 2, 2026");
  const key = "evidence-left:dp_soon";
  await press(anna, { key, do: "take", seen: "" });
  await press(anna, { key, do: "done", note: "solved" });
  expect((await read(boris)).open).toMatch(/erased supporters: 2 disputes\./);
  await db.dispute.updateMany({ data: { status: "under_review", answerBy: null } });
  expect((await read(anna)).open).not.toContain("erased supporters");
  expect((await acts()).map(([, kind, about]) => [kind, about])).toEqual([
    ["work-taken", key],
    ["work-done", key],
  ]);
});

test("a stale tab, a double click and the back button change nothing", async () => {
  await addPayment();
  await addDispute();
  await press(anna, { ...DISPUTE, do: "take", seen: "" });
  await press(anna, { ...DISPUTE, do: "take", seen: "" });
  await press(boris, { ...DISPUTE, do: "take", seen: "" });
  expect((await read(boris)).open).toContain("A colleague was faster");
  await press(boris, { ...DISPUTE, do: "done", note: "solved" });
  expect((await read(boris)).open).toContain("A colleague was faster");
  await press(boris, { ...DISPUTE, do: "release" });
  expect(await acts()).toHaveLength(1);
  // Boris has seen that Anna has the task, and takes it over. Anna's page still shows the task as hers.
  await press(boris, { ...DISPUTE, do: "take", seen: "anna" });
  await press(anna, { ...DISPUTE, do: "done", note: "solved" });
  expect((await read(anna)).open).toContain("A colleague was faster");
  await press(boris, { ...DISPUTE, do: "release" });
  await press(boris, { ...DISPUTE, do: "release" });
  expect((await acts()).map(([by, kind]) => [by, kind])).toEqual([
    ["anna", "work-taken"],
    ["boris", "work-taken"],
    ["boris", "work-released"],
  ]);
  expect(await db.workItem.count()).toBe(0);
});

test("if two colleagues take an item at the same moment, one of them gets it", async () => {
  await addPayment();
  await addDispute();
  await Promise.all([
    press(anna, { ...DISPUTE, do: "take", seen: "" }),
    press(boris, { ...DISPUTE, do: "take", seen: "" }),
  ]);
  expect(await acts()).toHaveLength(1);
});

test("only an item in the queue can be taken, and it needs a note from the list to be marked as done", async () => {
  await addPayment();
  await addDispute();
  await press(anna, { key: "dispute:dp_of_nobody", do: "take", seen: "" });
  await press(anna, { key: "x".repeat(5_000), do: "take", seen: "" });
  await press(anna, { ...DISPUTE, do: "take", seen: "" });
  await press(anna, { ...DISPUTE, do: "done", note: "because" });
  await press(anna, { ...DISPUTE, do: "explode" });
  expect(await acts()).toEqual([["anna", "work-taken", "dispute:dp_1"]]);
});

test("an item that changes after it was marked as done waits again", async () => {
  await addPayment();
  await addDispute();
  await press(anna, { ...DISPUTE, do: "take", seen: "" });
  await press(anna, { ...DISPUTE, do: "done", note: "answered" });
  await db.dispute.update({ where: { id: "dp_1" }, data: { answerBy: new Date("2026-12-20T00:00:00Z") } });
  expect((await read(anna)).open).toContain("Evidence due by Dec 20, 2026");
});

test("lists items with a deadline first, and shows both values of a difference in the books", async () => {
  await addPayment();
  await addDispute("dp_later", new Date("2026-12-09T00:00:00Z"));
  await addDispute("dp_soon", new Date("2026-12-02T00:00:00Z"));
  const now = currentTime();
  const check = { id: "c1", mode: "check", phase: "own-books", startedAt: now, finishedAt: now };
  await db.booksCheck.create({ data: check });
  const differs = { checkId: "c1", object: "p1", place: "payment.amountMinor", cause: "differs" };
  await db.booksDifference.create({ data: { ...differs, ours: "500", theirs: "700" } });
  await db.receivedEvent.create({ data: { id: "evt_1", type: "charge.updated", outcome: "failed", receivedAt: now } });
  const { open } = await read(anna);
  const places = ["dp_soon", "dp_later", "evt_1", "Ours: 500. Stripe’s: 700."].map((text) => open.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  const key = "drift:payment.amountMinor:p1";
  await press(anna, { key, do: "take", seen: "" });
  await press(anna, { key, do: "done", note: "harmless" });
  expect((await read(anna)).open).not.toContain("Ours: 500");
  // The next books check finds the difference again, with another amount, so the task returns to the queue.
  await db.booksDifference.updateMany({ data: { theirs: "900" } });
  expect((await read(anna)).open).toContain("Ours: 500. Stripe’s: 900.");
});

test("shows ten failed events besides those marked as done, and counts the rest", async () => {
  for (let n = 10; n < 25; n++)
    await db.receivedEvent.create({
      data: { id: `evt_${n}`, type: "charge.updated", outcome: "failed", receivedAt: new Date(n * 1000) },
    });
  for (const n of [10, 11, 12]) {
    await press(anna, { key: `event:evt_${n}`, do: "take", seen: "" });
    await press(anna, { key: `event:evt_${n}`, do: "done", note: "not-ours" });
  }
  const { open } = await read(anna);
  expect(open).toContain("12 events from Stripe could not be recorded. The newest 2 are not shown.");
  expect(open.match(/charge\.updated/g)).toHaveLength(10);
  expect(open).not.toMatch(/evt_1[012]\b/);
});

test("retrying all failed events leaves out those marked as done, which would wait again with a new reason", async () => {
  const failed = { type: "charge.updated", outcome: "failed", attempts: 1, receivedAt: currentTime() };
  const reason = JSON.stringify({ why: "currency", object: "charge ch_1", currency: "xts" });
  for (const id of ["evt_waits", "evt_done"]) await db.receivedEvent.create({ data: { id, ...failed, reason } });
  await press(anna, { key: "event:evt_done", do: "take", seen: "" });
  await press(anna, { key: "event:evt_done", do: "done", note: "not-ours" });
  await press(anna, {}, replay);
  const { open } = await read(anna);
  expect(open).toContain("One event from Stripe could not be recorded.");
  expect(open).toContain("; one could not be recorded.");
  const tried = await db.receivedEvent.findMany({ orderBy: { id: "asc" }, select: { id: true, attempts: true } });
  expect(tried).toEqual([
    { id: "evt_done", attempts: 1 },
    { id: "evt_waits", attempts: 2 },
  ]);
});

test("counts tasks that wait without those marked as done, even if the done ones are far down the list", async () => {
  const now = currentTime();
  await db.booksCheck.create({
    data: { id: "c1", mode: "check", phase: "own-books", startedAt: now, finishedAt: now },
  });
  for (const n of [99, ...Array.from({ length: 20 }, (_, n) => n)]) {
    const queuedAt = new Date(n * 1000);
    const failed = { attempts: 7, lastError: "ECONNECTION", queuedAt, sendAfter: now, toSealed: "sealed" };
    const written = { kind: "thanks", priority: 10, locale: "en", values: "{}", personHash: "hash" };
    const mail = { id: `m${n}`, factKey: `thanks:p${n}`, ...written, ...failed };
    await db.outboxMail.create({ data: mail });
    const event = { id: `evt_${n}`, type: "charge.updated", outcome: "failed", receivedAt: queuedAt };
    await db.receivedEvent.create({ data: event });
    const found = { id: n + 1, checkId: "c1", object: `p${n}` };
    await db.booksDifference.create({ data: { ...found, place: "payment.amountMinor", cause: "differs" } });
    const unreadable = { ...found, id: n + 101, place: "payment", cause: "unreadable" };
    await db.booksDifference.create({ data: { ...unreadable, theirs: '{"why":"unknown"}' } });
    if (n !== 99) continue;
    for (const key of ["mail:m99", "event:evt_99", "drift:payment.amountMinor:p99", "unread:p99"]) {
      await press(anna, { key, do: "take", seen: "" });
      await press(anna, { key, do: "done", note: "harmless" });
    }
  }
  const { open } = await read(anna);
  expect(open).toContain("20 events from Stripe could not be recorded. The newest 10 are not shown.");
  expect(open).toContain("20 mails have failed several times. The newest 10 are not shown.");
  expect(open).toContain("20 differences between our books and Stripe’s. 10 more are not shown.");
  expect(open).toContain("20 objects at Stripe are ours and could not be compared. 10 more are not shown");
});

test("a failed e-mail can be retried once, and an e-mail that was given up cannot be retried", async () => {
  const then = new Date(currentTime().getTime() - 4 * 86_400_000);
  const mail = {
    kind: "thanks",
    personHash: "hash_of_olga",
    priority: 10,
    toSealed: "sealed_olga",
    locale: "en",
    values: "{}",
  };
  const later = new Date(currentTime().getTime() + 3_600_000);
  const failing = { attempts: 7, lastError: "ECONNECTION", queuedAt: then, sendAfter: later };
  await db.outboxMail.create({ data: { ...mail, id: "m1", factKey: "thanks:p1", ...failing } });
  const givenUp = { attempts: 14, lastError: "EENVELOPE 550", queuedAt: then, sendAfter: null, toSealed: "" };
  await db.outboxMail.create({ data: { ...mail, id: "m2", factKey: "thanks:p2", ...givenUp } });
  const { html, open } = await read(anna);
  expect(open).toContain("2 mails have failed several times");
  expect(html.match(/name="mail" value="m\d"/g)).toEqual(['name="mail" value="m1"']);
  expect(html).not.toMatch(/olga/);
  await press(anna, { mail: "m1" }, sendMail);
  await press(anna, { mail: "m1" }, sendMail);
  await press(anna, { mail: "m2" }, sendMail);
  await press(anna, { mail: "" }, sendMail);
  expect(await acts()).toEqual([["anna", "mail-hastened", "mail:m1"]]);
  const [m1, m2] = await db.outboxMail.findMany({ orderBy: { id: "asc" } });
  expect(m1?.sendAfter?.getTime()).toBeLessThanOrEqual(Date.now());
  expect(m2).toMatchObject({ sendAfter: null, toSealed: "" });
});

test("a stopped address is identified by its time, never by the hash of the e-mail address", async () => {
  const stoppedAt = new Date("2026-11-26T10:00:00.123Z");
  await db.mailStop.create({ data: { emailHash: "hash_of_olga", stoppedAt } });
  await press(anna, { key: "mail-stop:2026-11-26T10:00:00.123Z", do: "take", seen: "" });
  expect((await read(anna)).open).toContain("You have taken this since");
  expect(JSON.stringify([await db.workItem.findMany(), await db.act.findMany()])).not.toContain("olga");
});
