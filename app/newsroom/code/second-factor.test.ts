import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { findFirstBrokenAuditLogNumber } from "@/domain/newsroom/staff/acts";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { keyedHashOfAuditEntry } from "@/systems/auth/staff";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import {
  authenticatorCodeFor,
  authenticatorSecretIn,
  type StaffBrowser,
  showPage,
  submitForm,
} from "@/systems/testing/staff-browser";
import { testIndependentOfDatabase } from "@/tools/test/full-run";
import AccountPage from "../account/page";
import { POST as newCodes } from "../account/recovery-codes/route";
import QueuePage from "../queue/page";
import SettingsPage from "../settings/page";
import { POST as enter } from "./enter/route";
import FactorCodePage from "./page";
import { POST as recover } from "./recover/route";
import RecoveryCodesPage from "./recovery-codes/page";
import { POST as stored } from "./recovery-codes/stored/route";
import { POST as confirm } from "./set-up/confirm/route";
import FactorSetUpPage from "./set-up/page";

const ROOT = "editor@example.org";
Object.assign(process.env, {
  SITE_URL: "http://127.0.0.1:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_factor",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: ROOT,
});
const STEP_MS = 30_000;
const MINUTE_MS = 60_000;

let db: Db;
let desk: StaffBrowser;
beforeAll(() => vi.useFakeTimers({ now: new Date("2026-11-27T09:00:00Z"), toFake: ["Date"] }));
beforeEach(async () => {
  vi.setSystemTime(new Date("2026-11-27T09:00:00Z"));
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  await signIn();
});
afterEach(async () => {
  expect(await findFirstBrokenAuditLogNumber(db, keyedHashOfAuditEntry)).toBeNull();
});
afterAll(() => {
  vi.useRealTimers();
});

async function signIn(): Promise<void> {
  desk = { session: await signInForTests(db, ROOT), note: "" };
}

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

const form = (fields: Record<string, string>) => ({ fields: { next: "/newsroom/queue", ...fields } });
const acts = async () => (await db.act.findMany({ orderBy: { number: "asc" } })).map(({ kind }) => kind);
const text = (shown: Awaited<ReturnType<typeof showPage>>) =>
  typeof shown === "object" && "text" in shown ? shown.text : JSON.stringify(shown);

async function setUp(): Promise<{ secret: string; codes: string[] }> {
  const page = await showPage(desk, FactorSetUpPage, { query: { next: "/newsroom/queue" } });
  const secret = typeof page === "object" && "html" in page ? authenticatorSecretIn(page.html) : "";
  expect(await submitForm(desk, confirm, form({ code: authenticatorCodeFor(secret) }))).toMatch(
    /^\/newsroom\/code\/recovery-codes\?/,
  );
  const codes = text(await showPage(desk, RecoveryCodesPage)).match(/[0-9a-z]{5}-[0-9a-z]{5}/g) ?? [];
  expect(await submitForm(desk, stored, form({}))).toBe("/newsroom/queue");
  return { secret, codes };
}

testIndependentOfDatabase(
  "a colleague in STAFF_EMAILS must set up an app before any page of the newsroom opens",
  async () => {
    expect(await showPage(desk, QueuePage)).toEqual({ to: "/newsroom/code/set-up?next=%2Fnewsroom%2Fqueue" });
    expect(await showPage(desk, FactorCodePage)).toEqual({ to: "/newsroom/code/set-up?next=%2Fnewsroom" });
    const { codes } = await setUp();
    expect(new Set(codes).size).toBe(10);
    expect(text(await showPage(desk, QueuePage))).toContain("Nothing waits for a person.");
    expect(await acts()).toEqual(["factor-set-up"]);
  },
);

testIndependentOfDatabase(
  "shows the same secret again after a wrong code and a reload, and stores nothing before the first right code",
  async () => {
    const before = await showPage(desk, FactorSetUpPage);
    expect(await submitForm(desk, confirm, form({ code: "000000" }))).toBe(
      "/newsroom/code/set-up?next=%2Fnewsroom%2Fqueue",
    );
    const after = await showPage(desk, FactorSetUpPage);
    expect(text(after)).toContain("That code is not right.");
    const [first, second] = [before, after].map((page) =>
      authenticatorSecretIn("html" in Object(page) ? (page as { html: string }).html : ""),
    );
    expect(first).toHaveLength(32);
    expect(second).toBe(first);
    expect(await db.staffFactor.count()).toBe(0);
  },
);

testIndependentOfDatabase("opens no page until the recovery codes are stored, and never shows them again", async () => {
  const page = await showPage(desk, FactorSetUpPage);
  const secret = authenticatorSecretIn((page as { html: string }).html);
  await submitForm(desk, confirm, form({ code: authenticatorCodeFor(secret) }));
  expect(await showPage(desk, QueuePage)).toEqual({ to: "/newsroom/code/recovery-codes?next=%2Fnewsroom%2Fqueue" });
  expect(text(await showPage(desk, RecoveryCodesPage))).toMatch(/[0-9a-z]{5}-[0-9a-z]{5}/);
  await submitForm(desk, stored, form({}));
  expect(await showPage(desk, RecoveryCodesPage)).toEqual({ to: "/newsroom" });
  const all = JSON.stringify([
    await db.staff.findMany(),
    await db.staffFactor.findMany(),
    await db.recoveryCode.findMany(),
  ]);
  expect(all).not.toContain(secret);
  expect((await db.staff.findFirstOrThrow()).recoverySealed).toBeNull();
});

testIndependentOfDatabase(
  "asks each new session for a code, takes each code once, and says why it refuses one",
  async () => {
    const { secret } = await setUp();
    await signIn();
    expect(await showPage(desk, QueuePage)).toEqual({ to: "/newsroom/code?next=%2Fnewsroom%2Fqueue" });
    // The colleague already used this code to set up the second factor.
    expect(await submitForm(desk, enter, form({ code: authenticatorCodeFor(secret) }))).toBe(
      "/newsroom/code?next=%2Fnewsroom%2Fqueue",
    );
    expect(text(await showPage(desk, FactorCodePage))).toContain("That code was used already.");
    expect(await submitForm(desk, enter, form({ code: "12345" }))).toBe("/newsroom/code?next=%2Fnewsroom%2Fqueue");
    expect(text(await showPage(desk, FactorCodePage))).toContain("That code is not right.");
    pass(STEP_MS);
    expect(
      await submitForm(desk, enter, form({ code: ` ${authenticatorCodeFor(secret).replace(/(...)/, "$1 ")} ` })),
    ).toBe("/newsroom/queue");
    expect(text(await showPage(desk, QueuePage))).toContain("Nothing waits");
    expect(await acts()).toEqual(["factor-set-up", "code-refused", "signed-in"]);
  },
);

test("a double click on a right code signs in", async () => {
  const { secret } = await setUp();
  await signIn();
  pass(STEP_MS);
  const code = authenticatorCodeFor(secret);
  expect(await submitForm(desk, enter, form({ code }))).toBe("/newsroom/queue");
  expect(await submitForm(desk, enter, form({ code }))).toBe("/newsroom/queue");
  expect(await acts()).toEqual(["factor-set-up", "signed-in"]);
});

test("if two sessions use the same code, only one gets in", async () => {
  const { secret } = await setUp();
  pass(STEP_MS);
  await signIn();
  const code = authenticatorCodeFor(secret);
  await submitForm(desk, enter, form({ code }));
  await signIn();
  expect(await submitForm(desk, enter, form({ code }))).toMatch(/^\/newsroom\/code\?/);
  expect(await showPage(desk, QueuePage)).toEqual({ to: "/newsroom/code?next=%2Fnewsroom%2Fqueue" });
});

testIndependentOfDatabase.each([
  [-1, true],
  [1, true],
  [2, false],
  [-3, false],
])("accepts a code that is %i steps from the current one: %s", async (steps, isTaken) => {
  const { secret } = await setUp();
  await signIn();
  pass(5 * MINUTE_MS);
  expect(await submitForm(desk, enter, form({ code: authenticatorCodeFor(secret, steps) }))).toMatch(
    isTaken ? /queue$/ : /^\/newsroom\/code\?/,
  );
});

test("refuses every code for 15 minutes after ten attempts, even the right one in another session", async () => {
  const { secret } = await setUp();
  pass(20 * MINUTE_MS);
  await signIn();
  for (let i = 0; i < 10; i++) await submitForm(desk, enter, form({ code: "000000" }));
  await signIn();
  await submitForm(desk, enter, form({ code: authenticatorCodeFor(secret) }));
  expect(text(await showPage(desk, FactorCodePage))).toContain(
    "Too many codes were tried. You can try again in 15 minutes.",
  );
  expect((await acts()).filter((kind) => kind === "code-refused")).toHaveLength(10);
  pass(15 * MINUTE_MS);
  expect(await submitForm(desk, enter, form({ code: authenticatorCodeFor(secret) }))).toBe("/newsroom/queue");
});

testIndependentOfDatabase("settings need a code of the last ten minutes, and the queue does not", async () => {
  await setUp();
  expect(text(await showPage(desk, SettingsPage))).toContain("Invite a colleague");
  pass(10 * MINUTE_MS);
  expect(await showPage(desk, SettingsPage)).toEqual({ to: "/newsroom/code?next=%2Fnewsroom%2Fsettings" });
  expect(text(await showPage(desk, QueuePage))).toContain("Nothing waits");
  expect(text(await showPage(desk, FactorCodePage))).toContain("asks for a code from the last 10 minutes");
});

testIndependentOfDatabase("a recovery code signs in once, is reported by e-mail, and leaves nine", async () => {
  const { codes } = await setUp();
  await signIn();
  const typed = ` ${codes[3]?.toUpperCase().replace("-", " ")}`;
  expect(await submitForm(desk, recover, form({ recovery: typed }))).toBe("/newsroom/account");
  const account = text(await showPage(desk, AccountPage));
  expect(account).toContain("You signed in with a recovery code");
  expect(account).toContain("9 recovery codes are left.");
  await signIn();
  expect(await submitForm(desk, recover, form({ recovery: typed }))).toMatch(/^\/newsroom\/code\?/);
  expect(text(await showPage(desk, FactorCodePage))).toContain("That recovery code is not right, or was used already.");
  expect(await acts()).toEqual(["factor-set-up", "recovery-code-used", "code-refused"]);
  const mails = await db.outboxMail.findMany({ where: { kind: "staff-news" } });
  expect(mails.map(({ values }) => JSON.parse(values))).toMatchObject([{ news: "recovery-code-used", left: 9 }]);
});

testIndependentOfDatabase(
  "a double click on a recovery code signs in, and an unknown code after it is refused",
  async () => {
    const { codes } = await setUp();
    await signIn();
    const [recovery = ""] = codes;
    for (let click = 1; click <= 2; click++)
      expect(await submitForm(desk, recover, form({ recovery }))).toBe("/newsroom/account");
    expect(await submitForm(desk, recover, form({ recovery: "aaaaa-aaaaa" }))).toMatch(/^\/newsroom\/code\?/);
    expect(await acts()).toEqual(["factor-set-up", "recovery-code-used", "code-refused"]);
  },
);

testIndependentOfDatabase("each recovery code that is used is reported by e-mail, even two in one minute", async () => {
  const { codes } = await setUp();
  for (const recovery of codes.slice(0, 2)) {
    await signIn();
    expect(await submitForm(desk, recover, form({ recovery }))).toBe("/newsroom/account");
  }
  const mails = await db.outboxMail.findMany({ where: { kind: "staff-news" } });
  expect(mails.map(({ values }) => JSON.parse(values).left).toSorted()).toEqual([8, 9]);
});

testIndependentOfDatabase("new recovery codes invalidate the old ones", async () => {
  const { codes } = await setUp();
  expect(await submitForm(desk, newCodes, form({}))).toMatch(/^\/newsroom\/code\/recovery-codes\?/);
  const fresh = text(await showPage(desk, RecoveryCodesPage)).match(/[0-9a-z]{5}-[0-9a-z]{5}/g) ?? [];
  expect(fresh).toHaveLength(10);
  await signIn();
  expect(await submitForm(desk, recover, form({ recovery: codes[0] ?? "" }))).toMatch(/^\/newsroom\/code\?/);
  expect(await submitForm(desk, recover, form({ recovery: fresh[0] ?? "" }))).toBe("/newsroom/account");
});

testIndependentOfDatabase("another app replaces the first only after a fresh code", async () => {
  const { secret } = await setUp();
  pass(11 * MINUTE_MS);
  expect(await showPage(desk, FactorSetUpPage)).toEqual({ to: expect.stringMatching(/^\/newsroom\/code\?/) });
  const offered = { ...form({}), fields: { code: authenticatorCodeFor(secret, 0), next: "/newsroom/account" } };
  expect(await submitForm(desk, confirm, offered)).toMatch(/^\/newsroom\/code/);
  expect(await acts()).toEqual(["factor-set-up"]);
  await submitForm(desk, enter, form({ code: authenticatorCodeFor(secret) }));
  const page = await showPage(desk, FactorSetUpPage);
  const other = authenticatorSecretIn((page as { html: string }).html);
  expect(other).not.toBe(secret);
  pass(STEP_MS);
  expect(await submitForm(desk, confirm, form({ code: authenticatorCodeFor(other) }))).toBe("/newsroom/account");
  await signIn();
  pass(STEP_MS);
  expect(await submitForm(desk, enter, form({ code: authenticatorCodeFor(secret) }))).toMatch(/^\/newsroom\/code\?/);
  expect(await submitForm(desk, enter, form({ code: authenticatorCodeFor(other) }))).toBe("/newsroom/queue");
  expect(await acts()).toEqual(["factor-set-up", "code-repeated", "factor-changed", "code-refused", "signed-in"]);
});

testIndependentOfDatabase(
  "somebody with access to the mailbox only cannot replace the app through the set-up form",
  async () => {
    const { secret } = await setUp();
    await signIn();
    const { deriveAuthenticatorSecret } = await import("@/systems/auth/authenticator");
    const session = await db.session.findFirstOrThrow({ where: { secondFactorAt: null } });
    const factor = await db.staffFactor.findFirstOrThrow();
    const guessed = deriveAuthenticatorSecret({
      staffId: factor.staffId,
      sessionIdHash: session.idHash,
      replacedAppSetUpAt: factor.since,
    });
    expect(await submitForm(desk, confirm, form({ code: authenticatorCodeFor(guessed) }))).toMatch(
      /^\/newsroom\/code\?/,
    );
    expect(identityCrypto().open((await db.staffFactor.findFirstOrThrow()).secretSealed)).toBe(secret);
    expect(await showPage(desk, QueuePage)).toEqual({ to: "/newsroom/code?next=%2Fnewsroom%2Fqueue" });
  },
);

testIndependentOfDatabase("redirects only to paths of the newsroom after a code", async () => {
  const { secret } = await setUp();
  await signIn();
  pass(STEP_MS);
  const fields = { code: authenticatorCodeFor(secret), next: "https://elsewhere.example/newsroom" };
  expect(await submitForm(desk, enter, { fields })).toBe("/newsroom");
});
