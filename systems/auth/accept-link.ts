// Accepts a sign-in link when the person presses the button on its page. A mail scanner that only opens the link does
// not use it up. Therefore next-auth's own callback URL, which accepts a link as soon as it is opened, is not public.
import "server-only";
import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { findExpiredSignInLink, findValidSignInLink } from "../../domain/supporters/sign-in";
import { maskEmail } from "../../domain/supporters/signed-in-person";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { env, siteUrl } from "../env";
import { identityCrypto } from "../identity";
import { authOptions } from "./options";
import { sessionCookieSettings } from "./session";
import { hashSignInToken } from "./sign-in-token";

/**
 * Returns the masked e-mail address of a sign-in link; null if the link is no longer valid. Does not consume the token.
 */
export async function findMaskedEmailOfSignInLink(db: Db, token: string): Promise<string | null> {
  const tokenHash = hashSignInToken(token, env().NEXTAUTH_SECRET);
  const found = await findValidSignInLink(db, { tokenHash, now: currentTime() });
  return found && maskEmail(identityCrypto().open(found.emailSealed));
}

/**
 * Returns the masked e-mail address of an expired sign-in link that can be exchanged for a new one. Returns null for
 * any other link.
 */
export async function findMaskedExpiredLinkAddress(db: Db, token: string): Promise<string | null> {
  const tokenHash = hashSignInToken(token, env().NEXTAUTH_SECRET);
  const found = await findExpiredSignInLink(db, { tokenHash, now: currentTime() });
  return found && maskEmail(identityCrypto().open(found.emailSealed));
}

/**
 * Uses up the token of a sign-in link, and returns the Set-Cookie header of the new session. Returns null for an
 * unknown, used or expired token. Call it only while Next handles a request.
 */
export async function exchangeSignInTokenForCookie(db: Db, token: string): Promise<string | null> {
  const address = new URL("/api/auth/callback/email", siteUrl());
  address.searchParams.set("token", token);
  const context = { params: Promise.resolve({ nextauth: ["callback", "email"] }) };
  const response: Response = await NextAuth(new NextRequest(address), context, authOptions(db));
  return response.headers.getSetCookie().find((line) => line.startsWith(`${sessionCookieSettings().name}=`)) ?? null;
}
