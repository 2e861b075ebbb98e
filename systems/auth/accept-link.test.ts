// The tests call next-auth's own handler with a plain request and response, so Next need not run.
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { queueSignInLink } from "../../domain/supporters/sign-in";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { authOptions } from "./options";
import { readSession, sessionCookieSettings } from "./session";
import { hashSignInToken, newSignInToken } from "./sign-in-token";

const secret = "a secret of the test, long enough for a key";
let db: Db;

beforeEach(async () => {
  vi.stubEnv("SITE_URL", "http://127.0.0.1:3000");
  vi.stubEnv("DATABASE_URL", "file:/dev/null/never-opened.db");
  vi.stubEnv("STRIPE_SECRET_KEY", "sk_test_1");
  vi.stubEnv("STRIPE_WEBHOOK_SECRET", "whsec_1");
  vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1025");
  vi.stubEnv("NEXTAUTH_SECRET", secret);
  vi.stubEnv("IDENTITY_KEY", Buffer.alloc(32, 7).toString("base64"));
  vi.stubEnv("LOG_LEVEL", "silent");
  db = await openEmptyLedger();
});

async function mailLink(now = new Date()): Promise<string> {
  const token = newSignInToken();
  const addressee = { emailHash: "hash of anna", emailSealed: "sealed", locale: "en" };
  await queueSignInLink(db, {
    addressee,
    tokenHash: hashSignInToken(token, secret),
    tokenSealed: "sealed token",
    next: "/supporters",
    now,
  });
  return token;
}

type Call = { action: string; token?: string; method?: string; cookies?: Record<string, string> };

/**
 * Calls next-auth's handler. In its result, `session` is the value of the session cookie, and `cookie` is the whole
 * Set-Cookie header.
 */
async function call({ action, token, method = "GET", cookies = {} }: Call) {
  const headers: Record<string, string[]> = {};
  const query = { nextauth: [action, "email"], ...(token === undefined ? {} : { token }) };
  const request = { query, cookies, headers: {}, method, body: {} };
  const response = {
    status: () => response,
    getHeader: (name: string) => headers[name],
    setHeader: (name: string, value: string | string[]) => {
      headers[name] = [value].flat();
      return response;
    },
    end: () => response,
    send: () => response,
    json: () => response,
  };
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, authOptions(db));
  const cookie = headers["Set-Cookie"]?.find((line) => line.startsWith(`${sessionCookieSettings().name}=`));
  return { session: cookie?.split(";")[0]?.split("=")[1], cookie, location: headers.Location?.[0] };
}

it("accepts a token from an e-mail and creates a session for its e-mail hash", async () => {
  const { session, cookie } = await call({ action: "callback", token: await mailLink() });
  expect(await readSession(session, secret)).toMatchObject({ emailHash: "hash of anna" });
  expect(cookie).toMatch(/; Path=\/; .*HttpOnly; SameSite=Lax$/);
});

it("stores the session on the server, without the cookie's value", async () => {
  const { session } = await call({ action: "callback", token: await mailLink() });
  const { idHash, emailHash } = (await readSession(session, secret)) ?? {};
  expect(await db.session.findMany({ select: { idHash: true, emailHash: true } })).toEqual([{ idHash, emailHash }]);
  expect(JSON.stringify(await db.session.findMany())).not.toContain(String(session));
});

it("accepts a token once, even in two concurrent requests", async () => {
  const token = await mailLink();
  const answers = await Promise.all([call({ action: "callback", token }), call({ action: "callback", token })]);
  expect(answers.filter(({ session }) => session)).toHaveLength(1);
  expect((await call({ action: "callback", token })).session).toBeUndefined();
});

it("creates no session for an expired, invented or missing token", async () => {
  const old = await mailLink(new Date(Date.now() - 15 * 60 * 1000));
  for (const token of [old, "made-up", "", undefined])
    expect((await call({ action: "callback", token })).session).toBeUndefined();
});

it("signing in again creates a new session", async () => {
  const first = await call({ action: "callback", token: await mailLink() });
  const cookies = { session: first.session ?? "" };
  const second = await call({ action: "callback", token: await mailLink(), cookies });
  expect(second.session).toBeTruthy();
  expect(second.session).not.toBe(first.session);
});

it("keeps the time of signing in when next-auth renews the cookie", async () => {
  const { session } = await call({ action: "callback", token: await mailLink() });
  const before = await readSession(session, secret);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  const renewed = await call({ action: "session", cookies: { session: session ?? "" } });
  expect(renewed.session).not.toBe(session);
  expect(await readSession(renewed.session, secret)).toEqual(before);
});

it("creates a new token of 256 bits each time", () => {
  const tokens = Array.from({ length: 100 }, newSignInToken);
  expect(new Set(tokens).size).toBe(100);
  for (const token of tokens) expect(Buffer.from(token, "base64url")).toHaveLength(32);
});
