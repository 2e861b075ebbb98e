// The session's cookie: encrypted by next-auth, holding an e-mail hash and the time of signing in. No name, no address.
import "server-only";
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

export function newSession(emailHash: string, now: Date): JWT {
  return { sub: emailHash, signedInAt: now.getTime() };
}

/** Null where the cookie is missing, was made with another key, or has run out. */
export async function readSession(cookie: string | undefined, secret: string): Promise<Session | null> {
  const { sub, signedInAt } = (await decodeOrNull(cookie, secret)) ?? {};
  if (typeof sub !== "string" || typeof signedInAt !== "number") return null;
  return { emailHash: sub, signedInAt: new Date(signedInAt) };
}

/** next-auth throws on whatever it cannot decrypt; for us that is nobody, not a failure. */
async function decodeOrNull(token: string | undefined, secret: string): Promise<JWT | null> {
  try {
    return await decode({ token, secret });
  } catch {
    return null;
  }
}
