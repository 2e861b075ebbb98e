// Sends sign-in links. A request contains an e-mail address, the id of a Checkout session, or an expired link. The
// response does not reveal if the address is known, if an e-mail was sent, or to whom the Checkout session belongs.
import "server-only";
import {
  deleteSignInLinkByTokenHash,
  findExpiredSignInLink,
  findSignInRecipientOfCheckout,
  queueSignInLink,
  type SignInMailRecipient,
} from "../../domain/supporters/sign-in";
import { getSignedInPerson } from "../../domain/supporters/signed-in-person";
import { publication } from "../../publication";
import type { Db } from "../database";
import { env } from "../env";
import { identityCrypto } from "../identity";
import { runBackgroundJobsSoon } from "../wake-jobs";
import {
  consumeLinkRenewalRateLimit,
  consumeSignInLinkRateLimit,
  reserveSendTimeForUnconfirmedAddress,
} from "./link-limits";
import { hashSignInToken, newSignInToken } from "./sign-in-token";
import { findColleagueByEmailHash } from "./staff";

/**
 * The three ways to ask for a sign-in link. `formNonce`: a random value that only the device that started the gift
 * knows.
 */
export type SignInLinkRequest =
  | { email: string; locale: string }
  | { checkoutSessionId: string; formNonce: string }
  /** The token of an expired link. */
  | { spentToken: string };

/** `too-often`: this client, its network or this e-mail address has reached a limit. */
export type SignInLinkRequestResult = { kind: "asked" } | { kind: "too-often" };

type Context = { headers: Headers; next: string; now: Date };

export async function sendSignInLink(
  db: Db,
  { request, headers, next, now }: Context & { request: SignInLinkRequest },
): Promise<SignInLinkRequestResult> {
  const addressee = await addresseeOf(db, request, now);
  if (!(await isWithinLimits(db, { request, addressee, headers, now }))) return { kind: "too-often" };
  if (!addressee) return { kind: "asked" };
  if ("spentToken" in request) await deleteSignInLinkByTokenHash(db, tokenHashOf(request.spentToken));
  const token = newSignInToken();
  await queueSignInLink(db, {
    addressee,
    tokenHash: tokenHashOf(token),
    tokenSealed: identityCrypto().seal(token),
    next,
    now,
    leavesAt: (await isKnown(db, addressee)) ? now : await reserveSendTimeForUnconfirmedAddress(db, now),
  });
  runBackgroundJobsSoon();
  return { kind: "asked" };
}

async function addresseeOf(db: Db, request: SignInLinkRequest, now: Date): Promise<SignInMailRecipient | null> {
  if ("spentToken" in request) {
    const spent = await findExpiredSignInLink(db, { tokenHash: tokenHashOf(request.spentToken), now });
    return spent && { ...spent, locale: publication.defaultLanguage };
  }
  if ("checkoutSessionId" in request) return findSignInRecipientOfCheckout(db, { ...request, now });
  const { email, locale } = request;
  const sealed = identityCrypto().sealAddress(email);
  return sealed && { ...sealed, locale };
}

function isWithinLimits(
  db: Db,
  {
    request,
    addressee,
    headers,
    now,
  }: Omit<Context, "next"> & { request: SignInLinkRequest; addressee: SignInMailRecipient | null },
): Promise<boolean> {
  if ("spentToken" in request && addressee) return consumeLinkRenewalRateLimit(db, { headers, now });
  const subject = addressee?.emailHash ?? JSON.stringify(request);
  return consumeSignInLinkRateLimit(db, { subject, headers, now });
}

async function isKnown(db: Db, addressee: SignInMailRecipient | null): Promise<boolean> {
  if (!addressee) return false;
  const { emailHash, locale: defaultLocale } = addressee;
  const isStaff = (await findColleagueByEmailHash(db, emailHash)) !== null;
  return isStaff || (await getSignedInPerson(db, { emailHash, isStaff, defaultLocale })).supporterId !== null;
}

function tokenHashOf(token: string): string {
  return hashSignInToken(token, env().NEXTAUTH_SECRET);
}
