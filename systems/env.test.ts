import { expect, test } from "vitest";
import { parseEnv } from "./env";

const whole = {
  SITE_URL: "https://support.example.org",
  DATABASE_URL: "file:./data/ledger.db",
  STRIPE_SECRET_KEY: "sk_test_123",
  STRIPE_WEBHOOK_SECRET: "whsec_123",
  SMTP_URL: "smtp://127.0.0.1:1025",
  NEXTAUTH_SECRET: "a-secret-of-at-least-thirty-two-characters",
  IDENTITY_KEY: Buffer.alloc(32, 9).toString("base64"),
};

test("accepts complete settings", () => {
  expect(parseEnv({ ...whole, STAFF_EMAILS: "a@example.org, b@example.org" })).toMatchObject({
    STAFF_EMAILS: ["a@example.org", "b@example.org"],
    TRUSTED_PROXY_HOPS: 0,
  });
});

test("accepts a publishable key of the secret key's mode, and no other key", () => {
  const STRIPE_PUBLISHABLE_KEY = "pk_test_123";
  expect(parseEnv({ ...whole, STRIPE_PUBLISHABLE_KEY }).STRIPE_PUBLISHABLE_KEY).toBe(STRIPE_PUBLISHABLE_KEY);
  expect(parseEnv({ ...whole, STRIPE_PUBLISHABLE_KEY: "" }).STRIPE_PUBLISHABLE_KEY).toBeUndefined();
  const live = { ...whole, STRIPE_SECRET_KEY: "rk_live_123", STRIPE_PUBLISHABLE_KEY };
  expect(() => parseEnv(live)).toThrow(/^settings: STRIPE_PUBLISHABLE_KEY is wrong: .* one is for live mode/);
  expect(() => parseEnv({ ...whole, STRIPE_PUBLISHABLE_KEY: "sk_test_123" })).toThrow(
    "STRIPE_PUBLISHABLE_KEY is wrong",
  );
});

test.each([
  "postgresql://appeal:secret@db.example.org/appeal",
  "postgres://appeal@10.0.0.7:5433/appeal?sslmode=require",
])("accepts a ledger on a server: %s", (url) => {
  expect(parseEnv({ ...whole, DATABASE_URL: url, ERASURES_FILE: "/srv/erasures.jsonl" }).DATABASE_URL).toBe(url);
});

test("refuses a ledger on a server without a file for the list of erasures, and names the setting", () => {
  const onServer = { ...whole, DATABASE_URL: "postgresql://appeal:secret@db.example.org/appeal" };
  const missing = "ERASURES_FILE is missing: with PostgreSQL, name a file on a disk that outlives the server";
  expect(() => parseEnv(onServer)).toThrow(missing);
  expect(() => parseEnv({ ...onServer, ERASURES_FILE: "" })).toThrow(missing);
  expect(() => parseEnv({ ...onServer, SITE_URL: "" })).toThrow(/SITE_URL is missing.*ERASURES_FILE is missing/);
  expect(parseEnv(whole).ERASURES_FILE).toBeUndefined();
});

test.each(Object.keys(whole))("refuses settings without %s, and names it", (name) => {
  expect(() => parseEnv({ ...whole, [name]: "" })).toThrow(`${name} is missing`);
});

test.each([
  ["SITE_URL", "support.example.org"],
  ["DATABASE_URL", "ledger.db"],
  ["DATABASE_URL", "mysql://appeal:secret@db.example.org/appeal"],
  ["DATABASE_URL", "postgresql://db.example.org"],
  ["STRIPE_SECRET_KEY", "pk_test_123"],
  ["STRIPE_WEBHOOK_SECRET", "secret"],
  ["STRIPE_API_BASE", "https://stripe.example.org"],
  ["SMTP_URL", "http://127.0.0.1"],
  ["NEXTAUTH_SECRET", "short"],
  ["IDENTITY_KEY", "c2hvcnQ="],
  ["STAFF_EMAILS", "editor@example.org, me"],
  ["TRUSTED_PROXY_HOPS", "many"],
])("refuses a wrong %s without repeating it", (name, value) => {
  expect(() => parseEnv({ ...whole, [name]: value })).toThrow(`${name} is wrong`);
  expect(() => parseEnv({ ...whole, [name]: value })).not.toThrow(value);
});

test("reports all invalid settings at once", () => {
  expect(() => parseEnv({})).toThrow(/SITE_URL.*DATABASE_URL.*STRIPE_SECRET_KEY.*IDENTITY_KEY/s);
});
