import { beforeEach, expect, test, vi } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { createIdentityCrypto, type SealedAddress } from "../identity";
import { sendSignInLink } from "./send-link";

vi.mock("../wake-jobs", () => ({ runBackgroundJobsSoon() {} }));

const key = Buffer.alloc(32, 7).toString("base64");
const identity = createIdentityCrypto(key);
const now = new Date("2026-11-23T12:00:00Z");
let db: Db;

function sealed(email: string): SealedAddress {
  const address = identity.sealAddress(email);
  if (!address) throw new Error("no address");
  return address;
}

beforeEach(async () => {
  vi.stubEnv("SITE_URL", "http://127.0.0.1:3000");
  vi.stubEnv("DATABASE_URL", "file:/dev/null/never-opened.db");
  vi.stubEnv("STRIPE_SECRET_KEY", "sk_test_1");
  vi.stubEnv("STRIPE_WEBHOOK_SECRET", "whsec_1");
  vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1025");
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of the test, long enough for a key");
  vi.stubEnv("IDENTITY_KEY", key);
  vi.stubEnv("STAFF_EMAILS", "editor@example.org");
  vi.stubEnv("TRUSTED_PROXY_HOPS", "1");
  db = await openEmptyLedger();
  const create = { ...sealed("anna@example.org"), since: now };
  await db.supporter.create({ data: { id: "s_anna", locale: "en", createdAt: now, addresses: { create } } });
});

function ask(email: string, client: string, at = now) {
  const headers = new Headers({ "X-Forwarded-For": client });
  return sendSignInLink(db, { request: { email, locale: "en" }, headers, next: "/supporters", now: at });
}

const linksTo = (email: string) => db.signInToken.count({ where: { emailHash: sealed(email).emailHash } });
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

test("a stranger's requests use up only the stranger's own limit, and the editor's requests still work", async () => {
  for (let i = 0; i < 20; i++) await ask("editor@example.org", "10.6.6.6");
  expect(await linksTo("editor@example.org")).toBe(4);
  expect(await ask("editor@example.org", "10.9.9.9")).toEqual({ kind: "asked" });
  expect(await linksTo("editor@example.org")).toBe(5);
});

test("allows ten requests per client and fifty per network in 15 minutes", async () => {
  for (let i = 0; i < 12; i++) await ask(`made-up-${i}@example.org`, "10.1.1.1");
  expect(await db.signInToken.count()).toBe(10);
  for (let i = 0; i < 60; i++) await ask(`made-up-too-${i}@example.org`, `10.1.1.${2 + (i % 20)}`);
  expect(await db.signInToken.count()).toBe(50);
});

test("sends at most twelve links to a mailbox in 15 minutes, and one more in the next window", async () => {
  for (let i = 0; i < 20; i++) await ask("anna@example.org", `10.0.${i}.1`);
  expect(await linksTo("anna@example.org")).toBe(12);
  expect(await ask("anna@example.org", "10.9.9.9", minutesLater(15))).toEqual({ kind: "asked" });
  expect(await linksTo("anna@example.org")).toBe(13);
});

test("gives the same answer to too many requests for a supporter, for staff and for an unknown address", async () => {
  for (const email of ["anna@example.org", "editor@example.org", "nobody@example.org"]) {
    const answers = [];
    for (let i = 0; i < 14; i++) answers.push((await ask(email, `10.${email.length}.${i}.1`)).kind);
    expect(answers, email).toEqual([...Array(12).fill("asked"), "too-often", "too-often"]);
  }
});

test("two hundred and fifty invented addresses delay links to unknown addresses and block nobody", async () => {
  for (let i = 0; i < 250; i++) await ask(`made-up-${i}@example.org`, `10.${i % 50}.0.1`);
  expect(await db.signInToken.count()).toBe(250);
  const dueBy = (minutes: number) => db.outboxMail.count({ where: { sendAfter: { lte: minutesLater(minutes) } } });
  expect([await dueBy(0), await dueBy(10), await dueBy(20)]).toEqual([100, 200, 250]);
  await ask("newcomer@example.org", "10.200.0.1");
  await ask("anna@example.org", "10.200.0.1");
  await ask("Editor@example.org", "10.200.0.1");
  expect(await linksTo("newcomer@example.org")).toBe(1);
  expect(await dueBy(0)).toBe(102);
  // A delayed link becomes valid when it is sent, and expires 15 minutes after that.
  const last = await db.signInToken.findFirstOrThrow({ orderBy: { expiresAt: "desc" } });
  expect(last.expiresAt).toEqual(minutesLater(20 + 15));
});

test("exchanges an expired link for a new one, even after strangers used up the limit of the e-mail address", async () => {
  await ask("anna@example.org", "10.9.9.9");
  const [mail] = await db.outboxMail.findMany();
  const spentToken = identity.open(JSON.parse(mail?.values ?? "{}").tokenSealed);
  const at = minutesLater(16);
  for (let i = 0; i < 20; i++) await ask("anna@example.org", `10.0.${i}.1`, at);
  expect(await ask("anna@example.org", "10.9.9.9", at)).toEqual({ kind: "too-often" });
  const before = await linksTo("anna@example.org");
  const headers = new Headers({ "X-Forwarded-For": "10.9.9.9" });
  const renew = () => sendSignInLink(db, { request: { spentToken }, headers, next: "/supporters", now: at });
  await renew();
  // The first renewal replaces the expired link with a new one, so the number of links stays the same. The second
  // renewal sends nothing.
  expect(await linksTo("anna@example.org")).toBe(before);
  await renew();
  expect(await linksTo("anna@example.org")).toBe(before);
  expect(await db.outboxMail.count()).toBe(1 + 12 + 1);
});
