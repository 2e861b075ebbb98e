import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { queueDueReminders } from "@/domain/supporters/reminders";
import { rethrow } from "@/domain/testing/rethrow";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import type { Db } from "@/systems/database";
import { deleteExpiredBatchOfEachKind } from "@/systems/delete-expired";
import { identityCrypto } from "@/systems/identity";
import { submitForm, testBrowserState, visibleTextOf } from "@/systems/testing/browser";
import { type Mailbox, openTestMailbox } from "@/systems/testing/mailbox";
import { getLinkInMail, type ParsedMail } from "@/systems/testing/parse-raw-mail";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import UnsubscribePage from "../unsubscribe/page";
import { GET as openPress, POST as pressUnsubscribe } from "../unsubscribe/press/route";
import { POST as ask } from "./ask/route";
import { POST as accept } from "./confirm/accept/route";
import ConfirmPage from "./confirm/page";
import RemindMePage from "./page";

vi.mock("next/headers", async () => (await import("@/systems/testing/browser")).nextHeadersMock);

const SITE = "http://127.0.0.1:3000";
Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }), { TRUSTED_PROXY_HOPS: "1" });

const ANNA = "anna@example.org";

let db: Db;
let mailbox: Mailbox;
let clients = 0;

beforeAll(async () => {
  mailbox = await openTestMailbox();
});
beforeEach(async () => {
  vi.useFakeTimers({ now: new Date("2026-10-31T12:00:00Z"), toFake: ["Date"] });
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
});
afterEach(async () => {
  vi.useRealTimers();
  testBrowserState.note = "";
  mailbox.empty();
  await db.$disconnect();
});
afterAll(async () => {
  await mailbox.close();
  vi.doUnmock("next/headers");
});

function nextClient(): string {
  clients += 1;
  return `10.0.0.${clients}`;
}

async function send(route: typeof ask, fields: Record<string, string>, client = nextClient()) {
  const answer = await submitForm(route, fields, { "x-forwarded-for": client });
  expect(answer.status).toBe(303);
  return answer.headers.get("location");
}

const textOf = (page: ReactElement) => visibleTextOf(renderToStaticMarkup(page));

async function takeMails(): Promise<ParsedMail[]> {
  const now = new Date();
  await queueDueReminders(db, { now, timeZone: publication.timeZone, limit: 40, onFailure: rethrow });
  return mailbox.take(db, now);
}

async function mailsOn(day: string): Promise<ParsedMail[]> {
  vi.setSystemTime(new Date(`${day}T13:00:00Z`));
  return takeMails();
}

async function begin(fields: Record<string, string>, email = ANNA): Promise<string> {
  expect(await send(ask, { email, ...fields })).toBe("/remind-me/sent");
  const [mail] = await takeMails();
  if (!mail) throw new Error("no mail came");
  const token = getLinkInMail(mail, "/remind-me/confirm").searchParams.get("token") ?? "";
  await send(accept, { token });
  return confirmPage(token);
}

async function confirmPage(token: string): Promise<string> {
  return textOf(await ConfirmPage({ searchParams: Promise.resolve({ token }) }));
}

async function ledgerText(): Promise<string> {
  const rows = await Promise.all([db.reminder.findMany(), db.outboxMail.findMany()]);
  return JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
}

test("a single reminder is mailed a month later, and then the ledger contains no e-mail address", async () => {
  expect(await begin({ rhythm: "once" })).toContain("The reminder comes on November 30, 2026.");
  expect(await mailsOn("2026-11-29")).toEqual([]);
  const [mail, ...more] = await mailsOn("2026-11-30");
  expect(more).toEqual([]);
  expect(mail?.to).toBe(ANNA);
  expect(mail?.text).toContain("This was the only reminder. We have deleted your address.");
  expect(getLinkInMail(mail as ParsedMail, "/give").search).toBe("?reminded=yes");
  expect(await db.reminder.count()).toBe(0);
  expect(await db.outboxMail.count({ where: { toSealed: { not: "" } } })).toBe(0);
  expect(await ledgerText()).not.toContain(ANNA);
  expect(await mailsOn("2026-12-31")).toEqual([]);
});

test("a monthly promise of the 31st is mailed on each month's last day, with a link that fills in the amount", async () => {
  expect(await begin({ rhythm: "monthly", amount: "15", currency: "EUR" })).toContain(
    "The first reminder, to give €15, comes on November 30, 2026",
  );
  const days = ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"];
  for (const day of days) {
    const [mail, ...more] = await mailsOn(day);
    expect(more, day).toEqual([]);
    expect(mail?.text, day).toContain("You wanted to give €15.00");
    expect(getLinkInMail(mail as ParsedMail, "/give").search).toBe(
      "?every=once&currency=EUR&amount=15.00&reminded=yes",
    );
  }
  expect(await mailsOn("2027-03-31")).toEqual([]);
});

test("a yearly promise is mailed once a year", async () => {
  await begin({ rhythm: "yearly", amount: "60", currency: "USD" });
  expect(await mailsOn("2027-10-30")).toEqual([]);
  expect(await mailsOn("2027-10-31")).toHaveLength(1);
});

test("after an outage of months, only one reminder is mailed", async () => {
  await begin({ rhythm: "monthly", amount: "15", currency: "USD" });
  expect(await mailsOn("2027-02-10")).toHaveLength(1);
  expect(await mailsOn("2027-02-27")).toEqual([]);
  expect(await mailsOn("2027-02-28")).toHaveLength(1);
});

test("nothing is mailed to somebody who has not confirmed, and the e-mail address is deleted later", async () => {
  await send(ask, { email: "boris@example.org", rhythm: "monthly", amount: "15", currency: "USD" });
  const [mail] = await takeMails();
  const token = getLinkInMail(mail as ParsedMail, "/remind-me/confirm").searchParams.get("token") ?? "";
  expect(mail?.headers.has("list-unsubscribe")).toBe(false);
  // Opening the link, as mail scanners do, does not confirm the reminder.
  expect(await confirmPage(token)).toContain("Yes, remind me");
  expect(await mailsOn("2026-12-31")).toEqual([]);
  await send(accept, { token });
  expect(await confirmPage(token)).toContain("There is no reminder here");
  await deleteExpiredBatchOfEachKind(db, new Date());
  expect(await db.reminder.count()).toBe(0);
});

test("a mail program ends a reminder with one POST, without a session, and nothing more is sent", async () => {
  await begin({ rhythm: "monthly", amount: "15", currency: "USD" });
  const [mail] = await mailsOn("2026-11-30");
  expect(mail?.headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  const [, url = ""] = /^<(.+)>$/.exec(mail?.headers.get("list-unsubscribe") ?? "") ?? [];
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/unsubscribe\/press\?token=/);
  // A scanner's GET does not end the reminder, and neither does a POST without the field that RFC 8058 requires.
  expect(openPress(new Request(url)).headers.get("location")).toMatch(/^\/unsubscribe\?token=/);
  expect((await pressUnsubscribe(new Request(url, { method: "POST", body: "" }))).status).toBe(400);
  expect(await db.reminder.count()).toBe(1);
  const form = new FormData();
  form.set("List-Unsubscribe", "One-Click");
  expect((await pressUnsubscribe(new Request(url, { method: "POST", body: form }))).status).toBe(200);
  expect(await db.reminder.count()).toBe(0);
  expect((await pressUnsubscribe(new Request(url, { method: "POST", body: form }))).status).toBe(200);
  expect(await mailsOn("2026-12-31")).toEqual([]);
});

test("the button of the linked page ends a reminder, and removes its e-mail from the outbox", async () => {
  await begin({ rhythm: "monthly", amount: "15", currency: "USD" });
  const [mail] = await mailsOn("2026-11-30");
  const link = getLinkInMail(mail as ParsedMail, "/unsubscribe");
  vi.setSystemTime(new Date("2026-12-31T13:00:00Z"));
  await queueDueReminders(db, { now: new Date(), timeZone: publication.timeZone, limit: 40, onFailure: rethrow });
  const searchParams = Promise.resolve(Object.fromEntries(link.searchParams));
  const page = renderToStaticMarkup(await UnsubscribePage({ searchParams }));
  expect(page).toContain("End the reminders?");
  expect(page).not.toContain("anna");
  const [, action = ""] = /action="([^"]+)"/.exec(page) ?? [];
  const headers = { "sec-fetch-mode": "navigate" };
  const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  const answer = await pressUnsubscribe(new Request(SITE + action, { method: "POST", headers, body }));
  expect(answer.headers.get("location")).toBe(link.pathname + link.search);
  expect(textOf(await UnsubscribePage({ searchParams }))).toContain("we have deleted your address");
  expect(await takeMails()).toEqual([]);
  expect(await db.outboxMail.count({ where: { toSealed: { not: "" } } })).toBe(0);
});

test("an invalid token, or a token for another purpose, ends nothing", async () => {
  await begin({ rhythm: "monthly", amount: "15", currency: "USD" });
  const [mail] = await mailsOn("2026-11-30");
  const token = getLinkInMail(mail as ParsedMail, "/unsubscribe").searchParams.get("token") ?? "";
  const { factKey } = await db.outboxMail.findFirstOrThrow({ where: { kind: "reminder-confirm" } });
  expect(factKey).toMatch(/^reminder-confirm:[0-9a-f]{32}$/);
  const changed = token.slice(0, -1) + (token.endsWith("A") ? "B" : "A");
  for (const wrong of [changed, token.replace(/^0/, "1"), ""]) {
    const url = `${SITE}/unsubscribe/press?${new URLSearchParams({ token: wrong })}`;
    const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
    expect((await pressUnsubscribe(new Request(url, { method: "POST", body }))).status).toBe(404);
  }
  expect(await confirmPage(token)).toContain("There is no reminder here");
  expect(await db.reminder.count()).toBe(1);
});

test("a new reminder replaces the earlier one of the same e-mail address", async () => {
  await begin({ rhythm: "monthly", amount: "15", currency: "USD" });
  await begin({ rhythm: "once" }, "Anna@Example.org");
  expect(await db.reminder.findMany({ select: { rhythm: true } })).toEqual([{ rhythm: "once" }]);
  expect(await mailsOn("2026-11-30")).toHaveLength(1);
});

test.each([
  ["has given since", "once", { payment: true }, 0],
  ["has given since, but promised to give every month", "monthly", { payment: true }, 1],
  ["now has a recurring gift", "monthly", { recurring: true }, 0],
])("sends a reminder only if it still makes sense: the reader %s (%s)", async (_, rhythm, has, mails) => {
  await begin({ rhythm, amount: "15", currency: "USD" });
  const sealed = identityCrypto().sealAddress(ANNA);
  if (!sealed) throw new Error("no address");
  const now = new Date();
  const addresses = { create: { ...sealed, since: now } };
  await db.supporter.create({ data: { id: "s_anna", locale: "en", createdAt: now, addresses } });
  const money = { amountMinor: 1500n, currency: "USD", supporterId: "s_anna", recordedAt: now };
  if ("payment" in has)
    await db.payment.create({ data: { id: "p", ...money, frequency: "once", status: "succeeded", paidAt: now } });
  if ("recurring" in has)
    await db.recurringGift.create({
      data: { id: "r", subscriptionId: "sub", ...money, frequency: "monthly", status: "active" },
    });
  expect(await mailsOn("2026-11-30")).toHaveLength(mails);
  expect(await db.reminder.count()).toBe(mails);
});

test.each([
  [{ email: "anna", rhythm: "once" }, "That is not an email address."],
  [{ email: ANNA, rhythm: "monthly", amount: "", currency: "USD" }, "Please enter an amount."],
  [{ email: ANNA, rhythm: "once", amount: "0.10", currency: "USD" }, "$2"],
])("shows the refused form again as it was typed, with the reason: %j", async (fields, reason) => {
  expect(await send(ask, fields as Record<string, string>)).toBe("/remind-me");
  const page = renderToStaticMarkup(await RemindMePage());
  expect(page.replaceAll(/<[^>]+>/g, " ")).toContain(reason);
  expect(page).toContain(`value="${fields.email}"`);
  expect(await db.outboxMail.count()).toBe(0);
});

test("a mailbox gets at most three confirmation e-mails a day, and the requests of a client are limited", async () => {
  for (let n = 0; n < 3; n++) expect(await send(ask, { email: ANNA, rhythm: "once" })).toBe("/remind-me/sent");
  expect(await send(ask, { email: ANNA, rhythm: "once" })).toBe("/remind-me");
  expect(textOf(await RemindMePage())).toContain("too often");
  expect(await db.reminder.count()).toBe(3);
  const askAsOneClient = (_: unknown, n: number) =>
    send(ask, { email: `r${n}@example.org`, rhythm: "once" }, "10.9.9.9");
  const locations = await Promise.all(Array.from({ length: 11 }, askAsOneClient));
  expect(locations.filter((location) => location === "/remind-me/sent")).toHaveLength(10);
});
