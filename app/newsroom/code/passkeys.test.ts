import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { MAX_PASSKEYS, passkeyCreationOptions, passkeyRequestOptions } from "@/systems/auth/passkeys";
import { findColleagueOrAddRootByEmailHash } from "@/systems/auth/staff";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { signInForTests } from "@/systems/testing/sign-in-for-tests";
import { createSoftwarePasskey } from "@/systems/testing/software-passkey";
import { type StaffBrowser, showPage, submitForm } from "@/systems/testing/staff-browser";
import AccountPage from "../account/page";
import { POST as remove } from "../account/passkeys/remove/route";
import { POST as add } from "../account/passkeys/route";
import QueuePage from "../queue/page";
import FactorCodePage from "./page";
import { POST as enter } from "./passkey/route";

const ROOT = "editor@example.org";
Object.assign(process.env, {
  SITE_URL: "http://localhost:3000",
  DATABASE_URL: "file:/dev/null/never-opened.db",
  STRIPE_SECRET_KEY: "sk_test_passkeys",
  STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
  SMTP_URL: "smtp://127.0.0.1:9",
  NEXTAUTH_SECRET: "x".repeat(32),
  IDENTITY_KEY: Buffer.alloc(32, 1).toString("base64"),
  STAFF_EMAILS: ROOT,
});
const MINUTE_MS = 60_000;

let db: Db;
let desk: StaffBrowser;
let staffId: string;
beforeAll(() => vi.useFakeTimers({ now: new Date("2026-11-27T09:00:00Z"), toFake: ["Date"] }));
beforeEach(async () => {
  vi.setSystemTime(new Date("2026-11-27T09:00:00Z"));
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  staffId = (await findColleagueOrAddRootByEmailHash(db, identityCrypto().hashOf(ROOT) ?? ""))?.id ?? "";
  await db.staffFactor.create({ data: { staffId, secretSealed: "sealed", lastStep: 0, since: new Date() } });
  await signIn(0);
});
afterAll(() => {
  vi.useRealTimers();
  process.env.SITE_URL = "http://127.0.0.1:3000";
});

async function signIn(codeAgeMinutes: number | null): Promise<void> {
  desk = { session: await signInForTests(db, ROOT, { codeAgeMinutes }), note: "" };
}

async function viewer() {
  const { idHash, secondFactorAt } = (await db.session.findMany()).at(-1) ?? { idHash: "", secondFactorAt: null };
  return { colleague: { id: staffId, role: "admin" as const }, session: { idHash, secondFactorAt } };
}

async function optionsToAdd() {
  return (await passkeyCreationOptions(db, await viewer())) ?? { challenge: "none" };
}

async function optionsToShow() {
  return (await passkeyRequestOptions(db, await viewer())) ?? { challenge: "none" };
}

const adding = (answer: string) => submitForm(desk, add, { fields: { answer } });
const entering = (answer: string) => submitForm(desk, enter, { fields: { answer, next: "/newsroom/queue" } });

async function text(page: Parameters<typeof showPage>[1]): Promise<string> {
  const shown = await showPage(desk, page);
  return typeof shown === "object" && "text" in shown ? shown.text : JSON.stringify(shown);
}

/** Adds a passkey. Then ends all sessions and signs the colleague in again, without entering a second factor. */
async function addOne(counter = 0): Promise<ReturnType<typeof createSoftwarePasskey>> {
  const passkey = createSoftwarePasskey();
  await adding(passkey.make({ options: await optionsToAdd(), counter }));
  expect(await text(AccountPage)).toContain("The passkey is added.");
  await db.session.deleteMany();
  await signIn(null);
  return passkey;
}

test("an added passkey opens the newsroom instead of a code, and the log and an e-mail report its addition", async () => {
  const passkey = await addOne();
  expect(await showPage(desk, QueuePage)).toEqual({ to: "/newsroom/code?next=%2Fnewsroom%2Fqueue" });
  expect(await entering(passkey.show({ options: await optionsToShow() }))).toBe("/newsroom/queue");
  expect(await text(QueuePage)).toContain("Nothing waits");
  const acts = await db.act.findMany({ orderBy: { number: "asc" } });
  expect(acts.map(({ kind, after }) => [kind, after])).toEqual([
    ["passkey-added", null],
    ["signed-in", '{"with":"passkey"}'],
  ]);
  const [mail] = await db.outboxMail.findMany({ where: { kind: "staff-news" } });
  expect(JSON.parse(mail?.values ?? "")).toMatchObject({ news: "passkey-added" });
});

type Passkey = ReturnType<typeof createSoftwarePasskey>;
const REFUSED: [string, (passkey: Passkey) => Promise<string>][] = [
  ["another passkey", async () => createSoftwarePasskey().show({ options: await optionsToShow() })],
  [
    "a page of another site",
    async (key) => key.show({ options: await optionsToShow(), site: "http://localhost:4000" }),
  ],
  [
    "an account that it does not belong to",
    async (key) => {
      const options = await optionsToShow();
      await db.passkey.updateMany({ data: { staffId: "other" } });
      return key.show({ options });
    },
  ],
  ["a made-up challenge", async (key) => key.show({ options: { challenge: "bWFkZSB1cA" } })],
  ["the challenge for adding a passkey", async (key) => key.show({ options: await optionsToAdd() })],
  [
    "a challenge of more than five minutes ago",
    async (key) => {
      const options = await optionsToShow();
      vi.setSystemTime(Date.now() + 5 * MINUTE_MS + 1);
      return key.show({ options });
    },
  ],
  [
    "the challenge of another session",
    async (key) => {
      const options = await optionsToShow();
      await signIn(null);
      return key.show({ options });
    },
  ],
  ["text that is not JSON", async () => "{"],
  ["an empty answer", async () => ""],
  ["JSON of another shape", async () => '{"id":1}'],
];

test.each(REFUSED)("refuses a passkey for %s", async (_, make) => {
  const passkey = await addOne();
  expect(await entering(await make(passkey))).toMatch(/^\/newsroom\/code\?/);
  expect(await text(FactorCodePage)).toContain("That passkey was not accepted.");
  expect(await showPage(desk, QueuePage)).toEqual({ to: expect.stringMatching(/^\/newsroom\/code\?/) });
  expect((await db.act.findMany()).at(-1)).toMatchObject({ kind: "code-refused", after: '{"with":"passkey"}' });
});

test("refuses a copied passkey, whose signature counter does not grow", async () => {
  const passkey = await addOne(7);
  expect(await entering(passkey.show({ options: await optionsToShow(), counter: 8 }))).toBe("/newsroom/queue");
  await db.session.deleteMany();
  await signIn(null);
  expect(await entering(passkey.show({ options: await optionsToShow(), counter: 8 }))).toMatch(/^\/newsroom\/code\?/);
});

test("a double click on the passkey button signs in", async () => {
  const passkey = await addOne(7);
  const answer = passkey.show({ options: await optionsToShow(), counter: 8 });
  expect(await entering(answer)).toBe("/newsroom/queue");
  expect(await entering(answer)).toBe("/newsroom/queue");
});

test("a passkey that is not accepted is refused also right after one that was", async () => {
  const passkey = await addOne(7);
  expect(await entering(passkey.show({ options: await optionsToShow(), counter: 8 }))).toBe("/newsroom/queue");
  const unknown = createSoftwarePasskey().show({ options: await optionsToShow(), counter: 9 });
  expect(await entering(unknown)).toMatch(/^\/newsroom\/code\?/);
  expect((await db.act.findMany()).at(-1)).toMatchObject({ kind: "code-refused", after: '{"with":"passkey"}' });
});

test("a passkey is added only after a fresh code, and only in the session of its challenge", async () => {
  const passkey = createSoftwarePasskey();
  const answer = passkey.make({ options: await optionsToAdd() });
  await db.session.updateMany({ data: { secondFactorAt: new Date(Date.now() - 11 * MINUTE_MS) } });
  expect(await adding(answer)).toMatch(/^\/newsroom\/code\?/);
  expect(await db.passkey.count()).toBe(0);
  // The passkey's answer belongs to a challenge from the colleague's earlier session, so the new session refuses it.
  await signIn(0);
  await adding(answer);
  expect(await text(AccountPage)).toContain("The passkey was not added.");
  expect(await db.passkey.count()).toBe(0);
});

test("a removed passkey opens nothing, and a colleague cannot remove the passkey of another", async () => {
  const passkey = await addOne();
  await db.session.updateMany({ data: { secondFactorAt: new Date() } });
  await db.passkey.create({
    data: { id: "other", staffId: "other", publicKey: "", counter: 0, transports: "", addedAt: new Date() },
  });
  expect(await text(AccountPage)).toContain("Added on November 27, 2026");
  for (const id of ["other", passkey.id]) await submitForm(desk, remove, { fields: { passkey: id } });
  expect(await db.passkey.findMany()).toMatchObject([{ id: "other" }]);
  expect((await db.act.findMany()).map(({ kind }) => kind)).toEqual(["passkey-added", "passkey-removed"]);
  await db.session.deleteMany();
  await signIn(null);
  expect(await entering(passkey.show({ options: { challenge: "none" } }))).toMatch(/^\/newsroom\/code\?/);
});

test("offers no passkey beyond ten", async () => {
  for (let i = 0; i < MAX_PASSKEYS; i++) await adding(createSoftwarePasskey().make({ options: await optionsToAdd() }));
  const last = createSoftwarePasskey().make({ options: await optionsToAdd() });
  expect(await passkeyCreationOptions(db, await viewer())).toBeNull();
  await adding(last);
  expect(await db.passkey.count()).toBe(MAX_PASSKEYS);
});
