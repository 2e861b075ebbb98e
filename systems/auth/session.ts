// The session's cookie: encrypted by next-auth, holding an e-mail hash, the time of signing in and the session's id. No name, no
// address. The id's hash must still be in the ledger (domain/supporters/sessions.ts), or the cookie opens nothing.
import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { JWT } from "next-auth/jwt";
import { decode } from "next-auth/jwt";
import type { Session } from "../../domain/supporters/viewer";
import { siteUrl } from "../env";

export const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** `__Host-` binds a cookie to this host and to https; browsers refuse it over plain http, where only trials run. */
export function cookieNamed(name: string) {
  const secure = siteUrl().startsWith("https:");
  return {
    name: `${secure ? "__Host-" : ""}${name}`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}

export function sessionCookie() {
  return cookieNamed("session");
}

export function newSession(emailHash: string, now: Date) {
  return { sub: emailHash, signedInAt: now.getTime(), id: randomBytes(32).toString("base64url") } satisfies JWT;
}

/** The id has 256 bits of its own, so that its hash needs no key. */
export function hashSessionId(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}

/** Null where the cookie is missing, was made with another key, or has run out. */
export async function readSession(cookie: string | undefined, secret: string): Promise<Session | null> {
  const { sub, signedInAt, id } = (await decodeOrNull(cookie, secret)) ?? {};
  if (typeof sub !== "string" || typeof signedInAt !== "number" || typeof id !== "string") return null;
  return { idHash: hashSessionId(id), emailHash: sub, signedInAt: new Date(signedInAt) };
}

/** next-auth throws on whatever it cannot decrypt; for us that is nobody, not a failure. */
async function decodeOrNull(token: string | undefined, secret: string): Promise<JWT | null> {
  try {
    return await decode({ token, secret });
  } catch {
    return null;
  }
}
