// The options of next-auth. The session token holds only an e-mail hash, the time of signing in and the session's id.
import "server-only";
import type { AuthOptions } from "next-auth";
import type { JWT } from "next-auth/jwt";
import EmailProvider from "next-auth/providers/email";
import { dayOn } from "../../domain/calendar";
import { startSession } from "../../domain/supporters/sessions";
import { sessionSeconds } from "../../domain/supporters/signed-in-person";
import { publication } from "../../publication";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { env, siteUrl } from "../env";
import { log, redactError } from "../log";
import { adapterFor } from "./adapter";
import { cookieSettings, hashSessionId, MAX_SESSION_SECONDS, newSessionClaims, sessionCookieSettings } from "./session";
import { findColleagueByEmailHash } from "./staff";

export function authOptions(db: Db): AuthOptions {
  // next-auth takes the site's URL only from the variable NEXTAUTH_URL.
  process.env.NEXTAUTH_URL = siteUrl();
  return {
    secret: env().NEXTAUTH_SECRET,
    adapter: adapterFor(db),
    providers: [EmailProvider({ sendVerificationRequest: refuseToSend })],
    session: { strategy: "jwt", maxAge: MAX_SESSION_SECONDS },
    cookies: {
      sessionToken: sessionCookieSettings(),
      callbackUrl: cookieSettings("session-return"),
      csrfToken: cookieSettings("session-csrf"),
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? openSession(db, user.id) : token),
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code, metadata) =>
        log.warn({ code, error: redactError("error" in metadata ? metadata.error : metadata) }, "sign-in"),
      warn: (code) => log.warn({ code }, "sign-in"),
      debug() {},
    },
  };
}

/**
 * Stores the session's row before next-auth creates the cookie, because the site does not accept a cookie without a
 * row.
 */
export async function openSession(db: Db, emailHash: string): Promise<JWT> {
  const now = currentTime();
  const token = newSessionClaims(emailHash, now);
  const { timeZone } = publication;
  const day = dayOn(now, timeZone);
  const isStaff = (await findColleagueByEmailHash(db, emailHash)) !== null;
  const lastsSeconds = sessionSeconds({ isStaff, risk: env().OUTLET_RISK });
  await startSession(db, { idHash: hashSessionId(token.id), emailHash, day, timeZone, now, lastsSeconds });
  return token;
}

function refuseToSend(): never {
  throw new Error("only /sign-in/send sends links, within its limits");
}
