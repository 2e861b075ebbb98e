// A mailed link, confirmed by the press of a button: next-auth uses the token up and makes the session. It is called from
// here only, never by an address of the outside world, so that nothing but the button can use a link.
import { currentTime } from "../clock";
import "server-only";
import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { findExpiredLink, findSignIn } from "../../domain/supporters/sign-in";
import { maskEmail } from "../../domain/supporters/viewer";
import type { Db } from "../database";
import { env, siteUrl } from "../env";
import { ownIdentity } from "../identity";
import { authOptions } from "./options";
import { sessionCookie } from "./session";
import { hashSignInToken } from "./sign-in-token";

/** To whom the link was mailed, masked; null where it can no longer be used. Uses nothing up. */
export async function findLinkAddress(db: Db, token: string): Promise<string | null> {
  const tokenHash = hashSignInToken(token, env().NEXTAUTH_SECRET);
  const found = await findSignIn(db, { tokenHash, now: currentTime() });
  return found && maskEmail(ownIdentity().open(found.emailSealed));
}

/** The same of a link that has run out and can be changed for a new one. */
export async function findSpentAddress(db: Db, token: string): Promise<string | null> {
  const tokenHash = hashSignInToken(token, env().NEXTAUTH_SECRET);
  const found = await findExpiredLink(db, { tokenHash, now: currentTime() });
  return found && maskEmail(ownIdentity().open(found.emailSealed));
}

/** The session's Set-Cookie header, or null where the token is unknown, used or too old. Needs a request's scope. */
export async function acceptLink(db: Db, token: string): Promise<string | null> {
  const address = new URL("/api/auth/callback/email", siteUrl());
  address.searchParams.set("token", token);
  const context = { params: Promise.resolve({ nextauth: ["callback", "email"] }) };
  const response: Response = await NextAuth(new NextRequest(address), context, authOptions(db));
  return response.headers.getSetCookie().find((line) => line.startsWith(`${sessionCookie().name}=`)) ?? null;
}
