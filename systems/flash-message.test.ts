import { NextRequest } from "next/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { proxy } from "../proxy";
import { flashMessageCookie, readFlashMessage } from "./flash-message";
import { testEnvironmentFor } from "./testing/stripes-books";

const browser = vi.hoisted(() => ({ session: "", notes: new Map<string, string>(), passedOn: "" }));
// Next provides cookies() and headers() only inside its own server.
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => ({ value: browser.session }) }),
  headers: async () => new Headers({ "x-note": browser.passedOn }),
}));

const PAGE = "/supporters/recurring/r_1";

beforeEach(() => {
  for (const [name, value] of Object.entries(testEnvironmentFor({ url: "http://127.0.0.1:1" } as never)))
    vi.stubEnv(name, value);
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-26T12:00:00Z") });
  browser.notes.clear();
  browser.session = "anna's";
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Stores a flash message for the page and returns the name of its cookie. */
async function leave(path: string, says: Record<string, unknown>): Promise<string> {
  const [, name = "", value = ""] = /^([^=]+)=([^;]+)/.exec((await flashMessageCookie(path, says))["Set-Cookie"]) ?? [];
  browser.notes.set(name, value);
  return name;
}

/** Opens the page as a browser does: through proxy.ts, which passes the flash message on and deletes the cookie. */
async function flashMessageAt(path: string): Promise<unknown> {
  const cookie = [...browser.notes].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer = proxy(new NextRequest(`http://127.0.0.1:3000${path}`, { headers: { cookie } }));
  for (const { name, value } of answer.cookies.getAll()) if (value === "") browser.notes.delete(name);
  browser.passedOn = answer.headers.get("x-middleware-request-x-note") ?? "";
  return readFlashMessage(path);
}

test("a page reads its flash message once", async () => {
  expect(await flashMessageAt(PAGE)).toBeNull();
  await leave(PAGE, { done: "amount", before: "10" });
  expect(await flashMessageAt("/supporters")).toBeNull();
  expect(await flashMessageAt(PAGE)).toEqual({ done: "amount", before: "10" });
  expect(await flashMessageAt(PAGE)).toBeNull();
});

test("the cookie is unreadable, lasts two minutes, and is hidden from scripts", async () => {
  const { "Set-Cookie": line } = await flashMessageCookie(PAGE, { email: "anna@example.org" });
  const [, value = ""] = /=([^;]+)/.exec(line) ?? [];
  expect(Buffer.from(value, "base64url").toString("latin1")).not.toContain("anna");
  expect(line).toMatch(/; Path=\/; Max-Age=120; HttpOnly; SameSite=Lax$/);
});

test("a flash message is valid for one page only", async () => {
  const name = await leave(PAGE, { done: "amount" });
  const other = "/supporters/recurring/r_2";
  browser.notes.set("note-supporters-recurring-r_2", browser.notes.get(name) ?? "");
  expect(await flashMessageAt(other)).toBeNull();
});

test("a flash message is valid for one session only", async () => {
  await leave(PAGE, { done: "amount" });
  browser.session = "boris's";
  expect(await flashMessageAt(PAGE)).toBeNull();
});

test("shows a flash message that a server wrote whose clock is seconds ahead, and none from later", async () => {
  await leave(PAGE, { done: "amount" });
  vi.setSystemTime(new Date("2026-11-26T11:59:56Z"));
  expect(await flashMessageAt(PAGE)).toEqual({ done: "amount" });
  vi.setSystemTime(new Date("2026-11-26T12:00:00Z"));
  await leave(PAGE, { done: "amount" });
  vi.setSystemTime(new Date("2026-11-26T11:59:54Z"));
  expect(await flashMessageAt(PAGE)).toBeNull();
});

test("ignores a flash message older than two minutes", async () => {
  await leave(PAGE, { done: "amount" });
  vi.setSystemTime(new Date("2026-11-26T12:02:01Z"));
  expect(await flashMessageAt(PAGE)).toBeNull();
});

test.each([
  ["empty", () => ""],
  ["too short", () => "AAAA"],
  ["made up", () => "A".repeat(120)],
  [
    "changed in one bit",
    (value: string) => `${value.slice(0, -4)}${value.at(-4) === "A" ? "B" : "A"}${value.slice(-3)}`,
  ],
])("ignores a cookie that is %s", async (_, change) => {
  const name = await leave(PAGE, { done: "amount" });
  browser.notes.set(name, change(browser.notes.get(name) ?? ""));
  expect(await flashMessageAt(PAGE)).toBeNull();
});
