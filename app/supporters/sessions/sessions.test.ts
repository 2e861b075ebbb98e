import { encode } from "next-auth/jwt";
import decodeQR from "qr/decode.js";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startOfDay } from "@/domain/calendar";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import { openSession } from "@/systems/auth/options";
import type { Db } from "@/systems/database";
import { env } from "@/systems/env";
import { identityCrypto } from "@/systems/identity";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { POST as signOutOthers } from "../sign-out/others/route";
import { POST as signOut } from "../sign-out/route";
import SessionsPage from "./page";

/**
 * `value`: the browser's session. `note`: the flash message of the last form, which proxy.ts copies from its cookie
 * into the header `x-note`.
 */
const cookie = vi.hoisted(() => ({ value: "", note: "" }));
// Next provides cookies and headers only inside its own server.
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => ({ value: cookie.value }), set: () => {} }),
  headers: async () => new Headers(cookie.note ? { "x-note": cookie.note } : {}),
}));

Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_sessions",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: "editor@example.org",
});

let db: Db;

beforeAll(async () => {
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
});
afterEach(async () => {
  vi.useRealTimers();
  env().OUTLET_RISK = "standard";
  cookie.note = "";
  await db.session.deleteMany();
});
afterAll(async () => {
  await db.$disconnect();
  vi.doUnmock("next/headers");
});

async function signIn(email: string): Promise<string> {
  const token = await openSession(db, identityCrypto().hashOf(email) ?? "");
  return encode({ token, secret: env().NEXTAUTH_SECRET });
}

/** Returns the page's text for this session, or null if the page redirects to sign-in. */
async function pageAs(session: string): Promise<string | null> {
  cookie.value = session;
  try {
    return renderToStaticMarkup(await SessionsPage())
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ");
  } catch (error) {
    if (/^NEXT_REDIRECT;.*\/sign-in\?next=/.test(String((error as { digest?: string }).digest))) return null;
    throw error;
  }
}

async function press(route: typeof signOut, session: string): Promise<Response> {
  cookie.value = session;
  const headers = { "sec-fetch-site": "same-origin" };
  const request = new Request("http://127.0.0.1:3000/", { method: "POST", headers, body: new URLSearchParams() });
  const answer = await route(request, { params: Promise.resolve({}) });
  [, cookie.note = ""] = /^note[^=]*=([^;]*)/.exec(answer.headers.get("set-cookie") ?? "") ?? [];
  return answer;
}

test("lists the viewer's two browsers with their days, this browser first, and no browser of another person", async () => {
  vi.useFakeTimers({ now: new Date("2026-11-02T12:00:00Z"), toFake: ["Date"] });
  const phone = await signIn("anna@example.org");
  vi.setSystemTime(new Date("2026-11-20T12:00:00Z"));
  const desk = await signIn("anna@example.org");
  await signIn("boris@example.org");
  await pageAs(phone);
  vi.setSystemTime(new Date("2026-11-22T12:00:00Z"));
  await vi.waitFor(async () => expect(await db.session.count({ where: { lastSeenOn: "2026-11-20" } })).toBe(3));
  const page = await pageAs(desk);
  expect(page).toContain("This browser Signed in on November 20, 2026");
  expect(page).toContain("Another browser Signed in on November 2, 2026 Last here on November 20, 2026");
  expect(page?.match(/This browser|Another browser/g)).toEqual(["This browser", "Another browser"]);
  expect(page?.match(/Signed in on/g)).toHaveLength(2);
});

test("signs out the supporter's other browsers, under any of their e-mail addresses, and nobody else's", async () => {
  const addresses = ["anna@example.org", "anna@work.example"].map((email) => identityCrypto().sealAddress(email));
  const create = addresses.flatMap((address) => (address ? [{ ...address, since: new Date() }] : []));
  await db.supporter.create({ data: { id: "s_anna", locale: "en", createdAt: new Date(), addresses: { create } } });
  const [here, phone, work, boris] = await Promise.all(
    ["anna@example.org", "anna@example.org", "anna@work.example", "boris@example.org"].map(signIn),
  );
  expect((await press(signOutOthers, here ?? "")).headers.get("location")).toBe("/supporters/sessions");
  expect(await pageAs(here ?? "")).toContain("The 2 other browsers are signed out.");
  expect(await pageAs(phone ?? "")).toBeNull();
  expect(await pageAs(work ?? "")).toBeNull();
  expect(await pageAs(boris ?? "")).not.toBeNull();
});

test("a session lasts more than a day, but only a day under high risk, even if it began before the setting changed", async () => {
  vi.useFakeTimers({ now: new Date("2026-11-02T12:00:00Z"), toFake: ["Date"] });
  const before = await signIn("anna@example.org");
  vi.setSystemTime(new Date("2026-11-03T12:00:01Z"));
  expect(await pageAs(before)).not.toBeNull();
  env().OUTLET_RISK = "high";
  expect(await pageAs(before)).toBeNull();
  await signIn("anna@example.org");
  const { endsAt } = await db.session.findFirstOrThrow({ where: { signedInOn: "2026-11-03" } });
  expect(endsAt, "a day after the end of the day").toEqual(startOfDay("2026-11-05", publication.timeZone));
});

test("a session that has timed out is deleted when its browser comes back", async () => {
  vi.useFakeTimers({ now: new Date("2026-11-02T12:00:00Z"), toFake: ["Date"] });
  const staff = await signIn("editor@example.org");
  vi.setSystemTime(new Date("2026-11-02T11:59:57Z"));
  expect(await pageAs(staff), "on an instance whose clock is seconds behind").not.toBeNull();
  vi.setSystemTime(new Date("2026-11-02T11:59:00Z"));
  expect(await pageAs(staff), "on an instance whose clock is a minute behind").toBeNull();
  vi.setSystemTime(new Date("2026-11-02T12:00:01Z"));
  expect(await pageAs(staff)).not.toBeNull();
  vi.setSystemTime(new Date("2026-11-03T00:00:00Z"));
  expect(await pageAs(staff)).toBeNull();
  await vi.waitFor(async () => expect(await db.session.count()).toBe(0));
});

test("a session that began before sessions got shorter leaves the list when the shorter time is over", async () => {
  vi.useFakeTimers({ now: new Date("2026-11-02T12:00:00Z"), toFake: ["Date"] });
  await signIn("anna@example.org");
  vi.setSystemTime(new Date("2026-11-04T12:00:00Z"));
  const here = await signIn("anna@example.org");
  expect(await pageAs(here)).toContain("Another browser Signed in on November 2, 2026");
  env().OUTLET_RISK = "high";
  expect(await pageAs(here)).not.toContain("Another browser");
});

test("signing out clears the browser's cache and cookies, and under high risk also its storage", async () => {
  const cleared = async () => (await press(signOut, await signIn("anna@example.org"))).headers.get("clear-site-data");
  expect(await cleared()).toBe('"cache", "cookies"');
  env().OUTLET_RISK = "high";
  expect(await cleared()).toBe('"cache", "cookies", "storage"');
  expect(await db.session.count()).toBe(0);
});

test("a QR code and a link lead another device to /quiet, and are the same for every viewer", async () => {
  cookie.value = await signIn("anna@example.org");
  const html = renderToStaticMarkup(await SessionsPage());
  const [, svg = ""] = /(<svg.*<\/svg>)/.exec(html) ?? [];
  expect(decodeQR(pictureOf(svg))).toBe("http://127.0.0.1:3000/quiet");
  expect(html).toContain('<a href="/quiet">127.0.0.1:3000/quiet</a>');
  cookie.value = await signIn("boris@example.org");
  expect(renderToStaticMarkup(await SessionsPage())).toContain(svg);
});

/** Returns the QR code as pixels, with 4 × 4 pixels for each square. */
function pictureOf(svg: string) {
  const scale = 4;
  const [, size = "0"] = /viewBox="0 0 (\d+) /.exec(svg) ?? [];
  const width = Number(size) * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x = "", y = ""] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dy = 0; dy < scale; dy += 1)
      for (let dx = 0; dx < scale; dx += 1) {
        const at = ((Number(y) * scale + dy) * width + Number(x) * scale + dx) * 4;
        data.fill(0, at, at + 3);
      }
  return { width, height: width, data };
}
