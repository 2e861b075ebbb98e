import { beforeEach, expect, test, vi } from "vitest";
import { emptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { identityFrom, type SealedAddress } from "../identity";
import { sendSignInLink } from "./send-link";

vi.mock("../poke", () => ({ pokeJobs() {} }));

const key = Buffer.alloc(32, 7).toString("base64");
const identity = identityFrom(key);
const now = new Date("2026-11-23T12:00:00Z");
let db: Db;

function sealed(email: string): SealedAddress {
  const address = identity.sealAddress(email);
  if (!address) throw new Error("no address");
  return address;
}

beforeEach(async () => {
  vi.stubEnv("SITE_URL", "http://127.0.0.1:3000");
  vi.stubEnv("DATABASE_URL", "file:unused.db");
  vi.stubEnv("STRIPE_SECRET_KEY", "sk_test_1");
  vi.stubEnv("STRIPE_WEBHOOK_SECRET", "whsec_1");
  vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1025");
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of the test, long enough for a key");
  vi.stubEnv("IDENTITY_KEY", key);
  vi.stubEnv("STAFF_EMAILS", "editor@example.org");
  vi.stubEnv("TRUSTED_PROXY_HOPS", "1");
  db = await emptyLedger();
  const create = { ...sealed("anna@example.org"), since: now };
  await db.supporter.create({ data: { id: "s_anna", locale: "en", createdAt: now, addresses: { create } } });
});

function ask(email: string, client: string): Promise<void> {
  const headers = new Headers({ "X-Forwarded-For": client });
  return sendSignInLink(db, { request: { email, locale: "en" }, headers, next: "/supporters", now });
}

const mailsTo = (email: string) => db.signInToken.count({ where: { emailHash: sealed(email).emailHash } });

test("an address is mailed five times an hour, a client's wishes are heard thirty times", async () => {
  for (let i = 0; i < 7; i++) await ask("anna@example.org", `10.0.0.${i}`);
  expect(await mailsTo("anna@example.org")).toBe(5);
  for (let i = 0; i < 32; i++) await ask(`made-up-${i}@example.org`, "10.1.1.1");
  expect(await db.signInToken.count()).toBe(5 + 30);
});

test("made-up addresses without end shut out neither supporters nor staff", async () => {
  for (let i = 0; i < 305; i++) await ask(`made-up-${i}@example.org`, `10.0.${i % 20}.1`);
  expect(await db.signInToken.count()).toBe(300);
  await ask("anna@example.org", "10.9.9.9");
  await ask("Editor@example.org", "10.9.9.9");
  expect(await mailsTo("anna@example.org")).toBe(1);
  expect(await mailsTo("editor@example.org")).toBe(1);
});
