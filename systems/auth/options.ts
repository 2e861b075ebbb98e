// next-auth, told to keep as little as it can: a token with an e-mail hash and the time of signing in.
import { currentTime } from "../clock";
import "server-only";
import type { AuthOptions } from "next-auth";
import EmailProvider from "next-auth/providers/email";
import type { Db } from "../database";
import { env, siteUrl } from "../env";
import { describe, log } from "../log";
import { adapterFor } from "./adapter";
import { cookieNamed, newSession, SESSION_SECONDS, sessionCookie } from "./session";

export function authOptions(db: Db): AuthOptions {
  // next-auth reads its own address from here and nowhere else.
  process.env.NEXTAUTH_URL = siteUrl();
  return {
    secret: env().NEXTAUTH_SECRET,
    adapter: adapterFor(db),
    providers: [EmailProvider({ sendVerificationRequest: refuseToSend })],
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    cookies: {
      sessionToken: sessionCookie(),
      callbackUrl: cookieNamed("session-return"),
      csrfToken: cookieNamed("session-csrf"),
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? newSession(user.id, currentTime()) : token),
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code, metadata) =>
        log.warn({ code, error: describe("error" in metadata ? metadata.error : metadata) }, "sign-in"),
      warn: (code) => log.warn({ code }, "sign-in"),
      debug() {},
    },
  };
}

function refuseToSend(): never {
  throw new Error("links are sent by /sign-in/send only, within its limits");
}
