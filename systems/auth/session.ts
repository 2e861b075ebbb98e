// The session's cookie is encrypted by next-auth, and holds no name and no address. The session is valid only while the
// hash of its id is in the ledger (domain/supporters/sessions.ts).
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { JWT } from "next-auth/jwt";
import { decode } from "next-auth/jwt";
import type { CookieSession } from "../../domain/supporters/signed-in-person";
import { siteUrl } from "../env";

export const MAX_SESSION_SECONDS = 30 * 24 * 60 * 60;

/**
 * Returns the name and options of a cookie. On an https site, the name has the prefix `__Host-`. Browsers accept such a
 * cookie only over https, and send it only to this host.
 */
export function cookieSettings(name: string) {
  const secure = siteUrl().startsWith("https:");
  return {
    name: `${secure ? "__Host-" : ""}${name}`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}

export function sessionCookieSettings() {
  return cookieSettings("session");
}

export function newSessionClaims(emailHash: string, now: Date) {
  return { sub: emailHash, signedInAt: now.getTime(), id: randomBytes(32).toString("base64url") } satisfies JWT;
}

/** Returns the hash under which the ledger stores the session. The id has 256 random bits, so the hash needs no key. */
export function hashSessionId(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}

/**
 * Returns the session in the cookie. Null if the cookie is missing, expired, malformed or encrypted with another key.
 */
export async function readSession(cookie: string | undefined, secret: string): Promise<CookieSession | null> {
  const { sub, signedInAt, id } = (await decodeOrNull(cookie, secret)) ?? {};
  if (typeof sub !== "string" || typeof signedInAt !== "number" || typeof id !== "string") return null;
  return { idHash: hashSessionId(id), emailHash: sub, signedInAt: new Date(signedInAt) };
}

/**
 * Decrypts the cookie. Returns null if that is impossible: the person is then not signed in. next-auth itself would
 * throw an error.
 */
async function decodeOrNull(token: string | undefined, secret: string): Promise<JWT | null> {
  try {
    return await decode({ token, secret });
  } catch {
    return null;
  }
}
