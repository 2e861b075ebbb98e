import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { appendToAuditLog, type NewStaffAct } from "@/domain/newsroom/staff/acts";
import { parseAuditLogFilter } from "@/domain/newsroom/staff/log";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { testDatabaseProvider } from "@/prisma/fresh-ledger";
import { findColleagueOrAddRootByEmailHash, keyedHashOfAuditEntry } from "@/systems/auth/staff";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { runInRequestOfTestBrowser } from "@/systems/testing/request-scope";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { type StaffBrowser, showPage } from "@/systems/testing/staff-browser";
import { GET as exportCsv } from "./export.csv/route";
import LogPage from "./page";

const ROOT = "editor@example.org";
Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_log",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: ROOT,
});

let db: Db;
let desk: StaffBrowser;
let root: string;
beforeAll(() => vi.useFakeTimers({ now: new Date("2026-11-27T09:00:00Z"), toFake: ["Date"] }));
beforeEach(async () => {
  vi.setSystemTime(new Date("2026-11-27T09:00:00Z"));
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  root = (await findColleagueOrAddRootByEmailHash(db, identityCrypto().hashOf(ROOT) ?? ""))?.id ?? "";
  desk = { session: await signInForTests(db, ROOT, { codeAgeMinutes: 0 }), note: "" };
});
afterAll(() => vi.useRealTimers());

/**
 * Adds an entry to the log, also with a value that only another version of the site records. `at`: a date and time in
 * 2026, in UTC, such as `11-26T10:00:00`.
 */
async function recordActAt(at: string, act: Partial<NewStaffAct>): Promise<void> {
  const base = { colleague: { id: root, role: "admin" }, kind: "events-replayed", about: "event:evt_1" } as const;
  const now = new Date(`2026-${at}Z`);
  await db.$transaction((tx) => appendToAuditLog(tx, { ...base, ...act, now }, keyedHashOfAuditEntry));
}

async function show(query: Record<string, string> = {}): Promise<string> {
  const shown = await showPage(desk, LogPage, { query });
  return typeof shown === "object" && "text" in shown ? shown.text : JSON.stringify(shown);
}

async function numbers(query: Record<string, string>): Promise<number[]> {
  const shown = await showPage(desk, LogPage, { query });
  const html = typeof shown === "object" && "html" in shown ? shown.html : "";
  return [...html.matchAll(/<td data-label="Line">(\d+)</g)].map(([, number]) => Number(number));
}

async function exported(query = ""): Promise<{ status: number; lines: string[] }> {
  const request = new Request(`http://127.0.0.1:3000/newsroom/log/export.csv${query}`);
  const answer = await runInRequestOfTestBrowser(desk, () => exportCsv(request));
  return {
    status: answer.status,
    lines: Buffer.from(await answer.arrayBuffer())
      .toString()
      .split("\r\n"),
  };
}

/**
 * Runs `work` as an attacker who can write to the database, but does not have the key that signs the log. Switches off
 * the triggers that forbid changes.
 */
async function tamper(work: () => Promise<unknown>): Promise<void> {
  const [off, on] =
    testDatabaseProvider === "sqlite"
      ? [['DROP TRIGGER "Act_no_update"', 'DROP TRIGGER "Act_no_delete"'], []]
      : [['ALTER TABLE "Act" DISABLE TRIGGER USER'], ['ALTER TABLE "Act" ENABLE TRIGGER USER']];
  for (const statement of off) await db.$executeRawUnsafe(statement);
  await work();
  for (const statement of on) await db.$executeRawUnsafe(statement);
}

test("shows who did what to whom and what changed, newest first, and shows no full e-mail address", async () => {
  await recordActAt("11-26T10:00:00", {
    kind: "role-changed",
    about: `staff:${root}`,
    before: { role: "care" },
    after: { role: "admin" },
  });
  const money = { refundedMinor: 1250, currency: "EUR" };
  await recordActAt("11-26T11:00:00", {
    colleague: null,
    about: "payment:7Q2H",
    after: money,
    reason: "the supporter asked",
  });
  const page = await show();
  expect(page).toMatch(
    /2 Nov 26, 2026, 2:00:00 PM The site Tried events from Stripe again payment:7Q2H refunded: €12.50 Why: the supporter asked/,
  );
  expect(page).toMatch(
    /1 Nov 26, 2026, 1:00:00 PM e…@example.org · admin Gave another role e…@example.org Role: supporter care → admin/,
  );
  expect(page).not.toContain(ROOT);
  expect(page).toContain("The log is whole: each of its 2 lines fits the one before it.");
});

test("shows a time that was changed in the newsroom's time zone", async () => {
  await recordActAt("11-26T10:00:00", {
    kind: "free-seat-given",
    before: { until: null },
    after: { until: "2026-11-28T21:27:09.005Z" },
  });
  expect((await show()).replaceAll("\u00a0", " ")).toContain("Open until: Nov 29, 2026, 12:27 AM");
});

test("filters acts by colleague, kind, subject and days in the newsroom's time zone", async () => {
  await recordActAt("11-24T20:59:59", {});
  await recordActAt("11-24T21:00:00", { about: "payment:1" });
  await recordActAt("11-25T20:59:59", { about: "payment:12", colleague: null });
  await recordActAt("11-25T21:00:00", { kind: "role-changed", about: "staff:x" });
  // The filter's days are in the newsroom's time zone, Moscow, three hours ahead of UTC.
  expect(await numbers({ from: "2026-11-25", to: "2026-11-25" })).toEqual([3, 2]);
  expect(await numbers({ from: "2026-11-26" })).toEqual([4]);
  expect(await numbers({ about: "payment:" })).toEqual([3, 2]);
  expect(await numbers({ about: "payment:12" })).toEqual([3]);
  expect(await numbers({ by: "site" })).toEqual([3]);
  expect(await numbers({ by: root, kind: "role-changed" })).toEqual([4]);
  expect(await numbers({ about: "nothing" })).toEqual([]);
  expect(await show({ about: "nothing" })).toContain("No line fits.");
});

test("shows fifty acts on a page, and links to older acts with the same filter", async () => {
  for (let i = 0; i < 51; i++) await recordActAt("11-26T10:00:00", { about: `event:evt_${i}` });
  await recordActAt("11-26T10:00:00", { about: "payment:1" });
  const shown = await showPage(desk, LogPage, { query: { about: "event:" } });
  const html = typeof shown === "object" && "html" in shown ? shown.html : "";
  expect(await numbers({ about: "event:" })).toHaveLength(50);
  expect(html).toContain('href="/newsroom/log?about=event%3A&amp;older=2"');
  expect(await numbers({ about: "event:", older: "2" })).toEqual([1]);
});

test.each([
  [{ from: "yesterday", to: "2026-13-45", kind: "made-up", older: "-1" }],
  [{ from: "2026-02-31", older: "99999999999999" }],
  [{ about: "%_'\"\\" }],
])("shows the page even for the filter %j", async (query) => {
  await recordActAt("11-26T10:00:00", {});
  expect(await show(query)).toContain("The log is whole");
});

test("a filter treats a field that is given twice as empty, and cuts off a text after 100 characters", () => {
  expect(parseAuditLogFilter({ by: ["a", "b"], about: "x".repeat(200) })).toMatchObject({
    by: "",
    about: "x".repeat(100),
  });
});

test("the page shows which act was changed in the database, even shortly after it found the log whole", async () => {
  for (let i = 0; i < 3; i++) await recordActAt("11-26T10:00:00", {});
  expect(await show()).toContain("The log is whole");
  await tamper(() => db.act.update({ where: { number: 2 }, data: { role: "viewer" } }));
  vi.setSystemTime(new Date("2026-11-27T09:10:00Z"));
  desk = { session: await signInForTests(db, ROOT, { codeAgeMinutes: 0 }), note: "" };
  expect(await show()).toContain("The log was changed Line 2 does not fit the line before it.");
});

test("the page notices immediately that the newest act was deleted in the database", async () => {
  for (let i = 0; i < 3; i++) await recordActAt("11-26T10:00:00", {});
  expect(await show()).toContain("The log is whole");
  await tamper(() => db.act.delete({ where: { number: 3 } }));
  expect(await show()).toContain("The log was cut off Line 3 was here before and is gone.");
  // A new log entry gets the number of the deleted one. The page must still show that the log was changed.
  await recordActAt("11-26T12:00:00", {});
  expect(await show()).toContain("The log was changed Line 3 does not fit");
});

test("the log shows that somebody with access to the database but without the key has changed an entry", async () => {
  await recordActAt("11-26T10:00:00", {});
  const { createHash } = await import("node:crypto");
  const { number, at, by, role, kind, about, before, after, reason } = await db.act.findFirstOrThrow();
  const text = JSON.stringify(["", number, at.toISOString(), by, role, kind, "payment:other", before, after, reason]);
  const chain = createHash("sha256").update(text).digest("base64url");
  await tamper(() => db.act.update({ where: { number: 1 }, data: { about: "payment:other", chain } }));
  expect(await show()).toContain("The log was changed");
  expect(about).not.toBe("payment:other");
});

test("the export has every act of the filter, oldest first, escapes formulas, and is itself logged", async () => {
  for (let i = 0; i < 60; i++) await recordActAt("11-26T10:00:00", { about: `event:evt_${i}` });
  await recordActAt("11-26T11:00:00", { about: "payment:1", reason: "=HYPERLINK(1)", after: { role: "admin" } });
  const { status, lines } = await exported("?about=payment:");
  expect(status).toBe(200);
  expect(lines[0]).toBe("\ufeffnumber,at,by,colleague,role,kind,about,before,after,reason,chain");
  // The hash in the last column can begin with a hyphen. The export puts an apostrophe before it, as before any cell
  // that a spreadsheet could read as a formula.
  expect(lines[1]).toMatch(
    new RegExp(
      `^61,2026-11-26T11:00:00.000Z,${root},e…@example.org,admin,events-replayed,payment:1,,"{""role"":""admin""}",'=HYPERLINK\\(1\\),(?:\\w|'-)[\\w-]{42}$`,
    ),
  );
  expect(lines.slice(2)).toEqual([""]);
  const all = (await exported()).lines.slice(1, -1);
  expect(all.map((line) => Number(line.split(",")[0]))).toEqual(Array.from({ length: 63 }, (_, i) => i + 1));
  expect(await show({ kind: "log-exported" })).toContain("Downloaded the log as a table");
});

test("the export asks for a fresh code, which leads back to the page with the same filter", async () => {
  desk = { session: await signInForTests(db, ROOT, { codeAgeMinutes: 11 }), note: "" };
  expect(await show()).toContain("The log is empty.");
  await expect(exported("?about=payment:")).rejects.toMatchObject({
    digest: expect.stringMatching(/\/newsroom\/code\S*\?next=%2Fnewsroom%2Flog%3Fabout%3Dpayment%253A;/),
  });
  expect(await db.act.count()).toBe(0);
});
