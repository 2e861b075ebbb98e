import { decode, encode } from "next-auth/jwt";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { MAX_SESSION_SECONDS, newSessionClaims, readSession, sessionCookieSettings } from "./session";

const secret = "a secret of the test, long enough for a key";
const now = new Date("2026-11-23T12:00:00Z");

beforeEach(() => {
  vi.useFakeTimers({ now });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

function cookieOf(emailHash: string) {
  return encode({ token: newSessionClaims(emailHash, now), secret, maxAge: MAX_SESSION_SECONDS });
}

it("holds an e-mail hash, an id and the time of signing in and nothing else about a person", async () => {
  const token = await decode({ token: await cookieOf("hash of anna"), secret });
  expect(Object.keys(token ?? {}).sort()).toEqual(["exp", "iat", "id", "jti", "signedInAt", "sub"]);
  expect(await readSession(await cookieOf("hash of anna"), secret)).toEqual({
    idHash: expect.stringMatching(/^[\w-]{43}$/),
    emailHash: "hash of anna",
    signedInAt: now,
  });
});

it("is invalid when missing, changed, expired or encrypted with another key", async () => {
  const cookie = await cookieOf("hash of anna");
  expect(await readSession(undefined, secret)).toBeNull();
  expect(await readSession("", secret)).toBeNull();
  const changed = cookie.at(-4) === "x" ? "y" : "x";
  expect(await readSession(cookie.slice(0, -4) + changed + cookie.slice(-3), secret)).toBeNull();
  expect(await readSession(cookie, `${secret}!`)).toBeNull();
  expect(await readSession(await encode({ token: { sub: "hash of anna" }, secret }), secret)).toBeNull();
  vi.setSystemTime(new Date(now.getTime() + (MAX_SESSION_SECONDS + 60) * 1000));
  expect(await readSession(cookie, secret)).toBeNull();
});

it("is bound to the host when the site uses https", () => {
  vi.stubEnv("SITE_URL", "https://support.example.org");
  expect(sessionCookieSettings()).toEqual({
    name: "__Host-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
  });
  vi.stubEnv("SITE_URL", "http://127.0.0.1:3000");
  expect(sessionCookieSettings().name).toBe("session");
});
