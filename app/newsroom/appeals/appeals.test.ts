import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import { appealEditPagePath, newsroomAppealPath } from "@/systems/appeals/answers";
import { findReaderAppeal } from "@/systems/appeals/reader-appeal";
import { seedFirstAppeal } from "@/systems/appeals/seed";
import { currentTime } from "@/systems/clock";
import { getFirstAppealVariant } from "@/systems/content";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import type { FormRoute } from "@/systems/same-origin-form";
import { setRuntime, setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import AppealPartPage from "./[id]/edit/[part]/page";
import { POST as postPart } from "./[id]/edit/[part]/save/route";
import { POST as postLock } from "./[id]/lock/route";
import AppealPage from "./[id]/page";
import { POST as postPublish } from "./[id]/publish/route";
import { POST as postRollBack } from "./[id]/roll-back/route";
import AppealVersionPage from "./[id]/versions/[number]/page";
import VariantTextPage from "./[id]/words/[variant]/[language]/page";
import { POST as postWords } from "./[id]/words/[variant]/[language]/save/route";
import { POST as postCreate } from "./create/route";
import AppealsPage from "./page";

const cookie = vi.hoisted(() => ({ session: "", note: "" }));
// Next provides cookies() and headers() only inside its own server.
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => ({ value: cookie.session }), set: () => {} }),
  headers: async () => new Headers(cookie.note ? { "x-note": cookie.note } : {}),
}));

Object.assign(process.env, testEnvironmentFor({ url: "http://127.0.0.1:9" }), { STAFF_EMAILS: "" });

const SITE = "http://127.0.0.1:3000";
const [ANNA, BORIS] = ["anna@example.org", "boris@example.org"];
const ID = getFirstAppealVariant(publication.defaultLanguage).id;
const WORDS = { id: ID, variant: "a", language: "en" };
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  setRuntime({ liveAppeal: undefined });
  await seedFirstAppeal(db);
  for (const email of [ANNA, BORIS]) {
    const address = identityCrypto().sealAddress(email);
    if (address)
      await db.staff.create({ data: { ...address, id: `staff_${email}`, role: "editor", since: currentTime() } });
  }
  await signIn(ANNA);
});
afterAll(() => vi.doUnmock("next/headers"));

async function signIn(email: string, codeAgeMinutes = 0): Promise<void> {
  Object.assign(cookie, { session: await signInForTests(db, email, { codeAgeMinutes }), note: "" });
}

/**
 * Submits a form, and stores the cookie with its result for the next page. Returns the URL of the redirect, or null for
 * an answer 204.
 */
async function press<P>(route: FormRoute<P>, params: P, fields: Record<string, string> = {}): Promise<string | null> {
  const request = new Request(`${SITE}/newsroom/appeals/x`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin" },
    body: new URLSearchParams(fields),
  });
  const response = await route(request, { params: Promise.resolve(params) });
  expect([204, 303]).toContain(response.status);
  cookie.note = /=([^;]+)/.exec(response.headers.get("set-cookie") ?? "")?.[1] ?? "";
  return response.headers.get("location");
}

async function render<P>(page: (props: { params: Promise<P> }) => Promise<ReactElement>, params: P): Promise<string> {
  const html = renderToStaticMarkup(await page({ params: Promise.resolve(params) }));
  cookie.note = "";
  return html;
}

function fieldsIn(html: string): Record<string, string> {
  const text = (value = "") => value.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
  const inputs = [...html.matchAll(/<input [^>]*>/g)].map(([tag]) => [
    /name="([^"]*)"/.exec(tag)?.[1],
    /value="([^"]*)"/.exec(tag)?.[1],
  ]);
  const areas = [...html.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>([^<]*)<\/textarea>/g)].map(
    ([, ...pair]) => pair,
  );
  return Object.fromEntries([...inputs, ...areas].map(([name, value]) => [name, text(value)]));
}

const words = () => render(VariantTextPage, WORDS);
const save = (fields: Record<string, string>) => press(postWords, WORDS, { do: "save", ...fields });
const headline = async () => (await findReaderAppeal("en"))?.variants[0].headline;

async function publishNewest(fields: Record<string, string> = {}): Promise<void> {
  const { latest } = await db.appeal.findUniqueOrThrow({ where: { id: ID } });
  await press(postPublish, { id: ID }, { version: String(latest), start: "", end: "", ...fields });
  setRuntime({ liveAppeal: undefined });
}

test("an editor changes a headline, publishes it, reads the changes and rolls back", async () => {
  const old = getFirstAppealVariant("en").headline;
  expect(await press(postLock, { id: ID }, { do: "start" })).toBe(newsroomAppealPath(ID));
  const fields = { ...fieldsIn(await words()), headline: "Readers paid for <every> “word” & comma" };
  expect(await save(fields)).toBe(appealEditPagePath(ID, "words/a/en"));
  expect(await words()).toContain("Saved as version 2.");
  expect(await headline()).toBe(old);
  await publishNewest();
  expect(await render(AppealPage, { id: ID })).toContain("Published. Readers see it now.");
  expect(await headline()).toBe(fields.headline);
  const difference = await render(AppealVersionPage, { id: ID, number: "2" });
  expect(difference.replaceAll(/<span class="visually-hidden">[^<]*<\/span>/g, "")).toMatch(
    /<ins>[^<]*every[^<]*<\/ins>/,
  );
  expect(difference).toContain("<del>");
  await press(postRollBack, { id: ID }, { to: "1", seen: "2" });
  setRuntime({ liveAppeal: undefined });
  expect(await headline()).toBe(old);
  expect(await render(AppealPage, { id: ID })).toMatch(/Version 3<\/a> Version 1 again.*Readers see this version/);
  const acts = await db.act.findMany({ where: { by: `staff_${ANNA}` }, orderBy: { number: "asc" } });
  expect(acts.map(({ kind }) => kind)).toEqual(["appeal-published", "appeal-rolled-back"]);
});

test("a text that breaks a rule comes back as typed, with the reason next to its field, and is not saved", async () => {
  await press(postLock, { id: ID }, { do: "start" });
  const long = "x".repeat(61);
  const typed = { ...fieldsIn(await words()), "banner.headline": long, headline: "", paragraphs: "Kept <as> typed" };
  await save(typed);
  const html = await words();
  expect(html).toContain("2 fields need a change");
  expect(html).toMatch(new RegExp(`value="${long}"[^>]*|<input[^>]*${long}[^>]*>`));
  expect(html).toContain("Kept &lt;as&gt; typed");
  expect(html).toMatch(/<input(?=[^>]*id="banner\.headline")(?=[^>]*aria-invalid="true")/);
  expect(html).toMatch(/id="banner\.headline-error"[^>]*>At most 60 characters\./);
  expect(html).toMatch(/id="headline-error"[^>]*>Please write something here\./);
  expect(await db.appealVersion.count()).toBe(1);
  await save({ ...fieldsIn(html), "banner.headline": "Short", headline: "Written" });
  expect(await words()).not.toMatch(/need a change|Not saved yet/);
  expect(await db.appealDraft.count()).toBe(0);
});

test("a double click makes one version, and a stale tab gets a warning and keeps its text", async () => {
  await press(postLock, { id: ID }, { do: "start" });
  const opened = fieldsIn(await words());
  await Promise.all([1, 2].map(() => save({ ...opened, headline: "Once" })));
  expect(await db.appealVersion.count()).toBe(2);
  await save({ ...opened, headline: "From the old tab" });
  const html = await words();
  expect(html).toContain("This appeal has changed in the meantime, so nothing was done.");
  expect(html).toContain('value="From the old tab"');
  await save({ ...fieldsIn(html) });
  expect(await words()).toContain("Saved as version 3.");
});

test("a colleague takes over the editing with a note, and the first editor's unsaved text is kept", async () => {
  await press(postLock, { id: ID }, { do: "start" });
  const opened = fieldsIn(await words());
  await signIn(BORIS);
  expect(await render(AppealPage, { id: ID })).toContain(`${ANNA} is editing since`);
  await press(postLock, { id: ID }, { do: "take-over", note: " " });
  expect(await render(AppealPage, { id: ID })).toContain("Please write why you take over.");
  await press(postLock, { id: ID }, { do: "take-over", note: "It must go out now" });
  await save({ ...fieldsIn(await words()), headline: "By Boris" });
  await signIn(ANNA);
  await save({ ...opened, headline: "By Anna" });
  const html = await words();
  expect(html).toContain("Somebody else is editing this appeal. What you typed is kept here.");
  expect(html).toContain('value="By Anna"');
  const [act] = await db.act.findMany({ where: { kind: "appeal-taken-over" } });
  expect(act).toMatchObject({ by: `staff_${BORIS}`, about: `appeal:${ID}`, reason: "It must go out now" });
});

test("while an editor types, the text is kept and nothing else changes", async () => {
  await press(postLock, { id: ID }, { do: "start" });
  const opened = fieldsIn(await words());
  expect(await press(postWords, WORDS, { ...opened, do: "keep", headline: "Half a" })).toBeNull();
  const html = await words();
  expect(html).toContain("Not saved yet");
  expect(html).toContain('value="Half a"');
  await press(postWords, WORDS, { ...fieldsIn(html), do: "discard" });
  expect(await words()).not.toContain("Half a");
  expect(await db.appealVersion.count()).toBe(1);
});

test("a form that was sent with an expired second factor is filled in again after the new code", async () => {
  const goal = { id: ID, part: "goal" };
  await signIn(ANNA, 13 * 60);
  expect(await press(postPart, goal, { do: "save", base: "1", amount: "1000", currency: "EUR" })).toMatch(
    /^\/newsroom\/code/,
  );
  await db.session.updateMany({ data: { secondFactorAt: currentTime() } });
  expect(await render(AppealPartPage, goal)).toContain('value="1000"');
  expect(await db.appealVersion.count()).toBe(1);
});

test("a new appeal can be scheduled, and an invalid time is refused with an error next to its field", async () => {
  expect(await press(postCreate, {}, { from: ID, name: "x" })).toBe("/newsroom/appeals");
  expect(renderToStaticMarkup(await AppealsPage())).toContain("Please give it a name of 2 to 60 letters.");
  expect(await press(postCreate, {}, { from: ID, name: "New year drive" })).toBe("/newsroom/appeals/new-year-drive");
  const id = "new-year-drive";
  await press(postPublish, { id }, { version: "1", start: "soon", end: "2026-12-31T23:59" });
  const refused = await render(AppealPage, { id });
  expect(refused).toMatch(/id="start-error"[^>]*>A day and a time/);
  expect(refused).toContain('value="2026-12-31T23:59"');
  const tomorrow = new Date(currentTime().getTime() + 86_400_000).toISOString().slice(0, 16);
  await press(postPublish, { id }, { version: "1", start: tomorrow, end: "" });
  expect(await render(AppealPage, { id })).toContain("Scheduled. It starts by itself.");
  expect(renderToStaticMarkup(await AppealsPage())).toMatch(/New year drive<\/a>.*Scheduled.*starts/);
  expect(await headline()).toBe(getFirstAppealVariant("en").headline);
});
