import type { ReactElement } from "react";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { queueDueReminders } from "@/domain/supporters/reminders";
import { rethrow } from "@/domain/testing/rethrow";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import type { Db } from "@/systems/database";
import { renderHtml, submitForm, testBrowserState, visibleTextOf } from "@/systems/testing/browser";
import { type Mailbox, openTestMailbox } from "@/systems/testing/mailbox";
import { getLinkInMail, type ParsedMail } from "@/systems/testing/parse-raw-mail";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import UnsubscribePage, { generateMetadata } from "../unsubscribe/page";
import { GET as openPress, POST as pressUnsubscribe } from "../unsubscribe/press/route";
import { POST as ask } from "./ask/route";
import { POST as accept } from "./confirm/accept/route";
import ConfirmPage from "./confirm/page";
import RemindMePage from "./page";
import ReminderSentPage from "./sent/page";

vi.mock("next/headers", async () => (await import("@/systems/testing/browser")).nextHeadersMock);

Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }), { TRUSTED_PROXY_HOPS: "1" });

let db: Db;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await openTestMailbox();
});
beforeEach(async () => {
  vi.useFakeTimers({ now: new Date("2026-10-31T12:00:00Z"), toFake: ["Date"] });
  Object.assign(publication, { languages: ["en", "ru"] });
  testBrowserState.language = "ru";
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
});
afterEach(async () => {
  vi.useRealTimers();
  Object.assign(publication, { languages: ["en"] });
  Object.assign(testBrowserState, { note: "", language: "" });
  mailbox.empty();
  await db.$disconnect();
});
afterAll(async () => {
  await mailbox.close();
  vi.doUnmock("next/headers");
});

const FORM = { email: "anna@example.org", rhythm: "once", language: "ru" };

async function locationAfter(route: typeof ask, fields: Record<string, string>): Promise<string> {
  const answer = await submitForm(route, fields, { "x-forwarded-for": "10.0.0.1" });
  return answer.headers.get("location") ?? "";
}

async function nextMail(): Promise<ParsedMail> {
  const now = new Date();
  await queueDueReminders(db, { now, timeZone: publication.timeZone, limit: 40, onFailure: rethrow });
  const [mail] = await mailbox.take(db, now);
  if (!mail) throw new Error("no mail came");
  return mail;
}

type Page = (props: { searchParams: Promise<Record<string, string>> }) => Promise<ReactElement>;

async function open(page: Page, link: URL): Promise<string> {
  return renderHtml(page({ searchParams: Promise.resolve(Object.fromEntries(link.searchParams)) }));
}

test("the form, its refusal and its result are in Russian, and each leads to a Russian page", async () => {
  const form = await renderHtml(RemindMePage());
  expect(form).toContain('<input type="hidden" name="language" value="ru"/>');
  expect(visibleTextOf(form)).toContain("Напомнить");
  expect(await locationAfter(ask, { ...FORM, email: "anna" })).toBe("/remind-me?language=ru");
  expect(visibleTextOf(await renderHtml(RemindMePage()))).toContain("почты");
  expect(await locationAfter(ask, FORM)).toBe("/remind-me/sent?language=ru");
  expect(visibleTextOf(await renderHtml(ReminderSentPage()))).toContain("anna@example.org");
  expect(visibleTextOf(await renderHtml(ReminderSentPage()))).not.toMatch(/ the /);
});

test("the e-mails are in Russian, and so are the pages that they link to, before and after their buttons", async () => {
  await locationAfter(ask, FORM);
  const confirm = getLinkInMail(await nextMail(), "/remind-me/confirm");
  expect(confirm.searchParams.get("language")).toBe("ru");
  const page = await open(ConfirmPage, confirm);
  expect(page).toContain('name="language" value="ru"');
  const token = confirm.searchParams.get("token") ?? "";
  expect(await locationAfter(accept, { token, language: "ru" })).toBe(confirm.pathname + confirm.search);
  expect(await open(ConfirmPage, confirm)).toContain("30\u00a0ноября 2026\u00a0г.");
  vi.setSystemTime(new Date("2026-11-30T13:00:00Z"));
  expect((await nextMail()).text).toMatch(/напомин|просили/i);
});

test("ending a promise leads to Russian pages, from the page and from the URL for mail programs", async () => {
  await locationAfter(ask, { ...FORM, rhythm: "monthly", amount: "15", currency: "USD" });
  const confirm = getLinkInMail(await nextMail(), "/remind-me/confirm");
  await locationAfter(accept, { token: confirm.searchParams.get("token") ?? "" });
  vi.setSystemTime(new Date("2026-11-30T13:00:00Z"));
  const mail = await nextMail();
  const leave = getLinkInMail(mail, "/unsubscribe");
  const [, url = ""] = /^<(.+)>$/.exec(mail.headers.get("list-unsubscribe") ?? "") ?? [];
  expect(openPress(new Request(url)).headers.get("location")).toBe(leave.pathname + leave.search);
  const page = await open(UnsubscribePage, leave);
  const [, action = ""] = /action="([^"]+)"/.exec(page.replaceAll("&amp;", "&")) ?? [];
  const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  const headers = { "sec-fetch-mode": "navigate" };
  const answer = await pressUnsubscribe(new Request(new URL(action, url), { method: "POST", headers, body }));
  expect(answer.headers.get("location")).toBe(leave.pathname + leave.search);
  expect(leave.searchParams.get("language")).toBe("ru");
  expect(visibleTextOf(await open(UnsubscribePage, leave))).toContain("удалили");
  expect(await generateMetadata()).toEqual({ title: expect.stringMatching(/[а-я]/) });
});
