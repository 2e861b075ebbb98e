import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noteFor, readNote } from "./note";
import { settingsFor } from "./testing/stripes-books";

const browser = vi.hoisted(() => ({ cookies: new Map<string, string>() }));
// Next provides cookies only inside its own server.
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => {
      const value = browser.cookies.get(name);
      return value === undefined ? undefined : { value };
    },
  }),
}));

const PAGE = "/supporters/recurring/r_1";

beforeEach(() => {
  for (const [name, value] of Object.entries(settingsFor({ url: "http://127.0.0.1:1" } as never)))
    vi.stubEnv(name, value);
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-26T12:00:00Z") });
  browser.cookies.clear();
  browser.cookies.set("session", "anna's");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Leaves a note, as an answer's header would in a browser. Answers its cookie's name. */
async function leave(path: string, says: Record<string, unknown>): Promise<string> {
  const [, name = "", value = ""] = /^([^=]+)=([^;]+)/.exec((await noteFor(path, says))["Set-Cookie"]) ?? [];
  browser.cookies.set(name, value);
  return name;
}

test("a page reads the note that was left for it", async () => {
  expect(await readNote(PAGE)).toBeNull();
  await leave(PAGE, { done: "amount", before: "10" });
  expect(await readNote(PAGE)).toEqual({ done: "amount", before: "10" });
});

test("the cookie shows nothing of what it says, lasts two minutes, and no script reads it", async () => {
  const { "Set-Cookie": line } = await noteFor(PAGE, { email: "anna@example.org" });
  const [, value = ""] = /=([^;]+)/.exec(line) ?? [];
  expect(Buffer.from(value, "base64url").toString("latin1")).not.toContain("anna");
  expect(line).toMatch(/; Path=\/; Max-Age=120; HttpOnly; SameSite=Lax$/);
});

test("a note is for one page alone", async () => {
  const name = await leave(PAGE, { done: "amount" });
  const other = "/supporters/recurring/r_2";
  browser.cookies.set("note-supporters-recurring-r_2", browser.cookies.get(name) ?? "");
  expect(await readNote(other)).toBeNull();
});

test("a note is for one session alone", async () => {
  await leave(PAGE, { done: "amount" });
  browser.cookies.set("session", "boris's");
  expect(await readNote(PAGE)).toBeNull();
});

test("a note that is older than two minutes says nothing", async () => {
  await leave(PAGE, { done: "amount" });
  vi.setSystemTime(new Date("2026-11-26T12:02:01Z"));
  expect(await readNote(PAGE)).toBeNull();
});

test.each([
  ["empty", () => ""],
  ["too short", () => "AAAA"],
  ["made up", () => "A".repeat(120)],
  [
    "changed in one bit",
    (value: string) => `${value.slice(0, -4)}${value.at(-4) === "A" ? "B" : "A"}${value.slice(-3)}`,
  ],
])("a cookie that is %s says nothing", async (_, change) => {
  const name = await leave(PAGE, { done: "amount" });
  browser.cookies.set(name, change(browser.cookies.get(name) ?? ""));
  expect(await readNote(PAGE)).toBeNull();
});
