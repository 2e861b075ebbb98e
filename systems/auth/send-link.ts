// Mails a sign-in link to whoever asks with a well-formed address, within limits. Nothing in the answer tells whether the
// address is known here, whether a mail went out, or whose Checkout session was named.
import "server-only";
import { type Addressee, findGiver, queueSignInLink } from "../../domain/supporters/sign-in";
import { getViewer } from "../../domain/supporters/viewer";
import { clientAddress } from "../client-address";
import type { Db } from "../database";
import { forgetOldKnocks, mayEnter } from "../door-count";
import { env } from "../env";
import { ownIdentity } from "../identity";
import { pokeJobs } from "../poke";
import { hashSignInToken, newSignInToken } from "./sign-in-token";

/** Strangers have a budget of their own: whoever uses it up with made-up addresses must not shut out supporters and staff. */
const MOST_AN_HOUR = { address: 5, client: 30, known: 3_000, strangers: 300 };

/** An address as typed, or the Checkout session through which its owner gave, on the device that began that gift. */
export type SignInRequest = { email: string; locale: string } | { checkoutSessionId: string; mark: string };

type Asked = { headers: Headers; next: string; now: Date };

export async function sendSignInLink(db: Db, { request, headers, next, now }: Asked & { request: SignInRequest }) {
  const addressee = await addresseeOf(db, request, now);
  if (!(await isWithinLimits(db, { addressee, headers, now })) || !addressee) return;
  const token = newSignInToken();
  await queueSignInLink(db, {
    addressee,
    tokenHash: hashSignInToken(token, env().NEXTAUTH_SECRET),
    tokenSealed: ownIdentity().seal(token),
    next,
    now,
  });
  pokeJobs();
}

async function addresseeOf(db: Db, request: SignInRequest, now: Date): Promise<Addressee | null> {
  if ("checkoutSessionId" in request) return findGiver(db, { ...request, now });
  const { email, locale } = request;
  const sealed = ownIdentity().sealAddress(email);
  return sealed && { ...sealed, locale };
}

/** The client first, so that one who is over the limit uses up nobody else's. */
async function isWithinLimits(
  db: Db,
  { addressee, headers, now }: Omit<Asked, "next"> & { addressee: Addressee | null },
): Promise<boolean> {
  const client = clientAddress(headers, env().TRUSTED_PROXY_HOPS);
  const group = (await isKnown(db, addressee)) ? "known" : "strangers";
  await forgetOldKnocks(db, now);
  const limits = [
    { of: "client", who: client, most: MOST_AN_HOUR.client },
    { of: "address", who: addressee?.emailHash ?? null, most: MOST_AN_HOUR.address },
    { of: group, who: "*", most: MOST_AN_HOUR[group] },
  ].flatMap(({ who, ...limit }) => (who === null ? [] : [{ who, ...limit }]));
  return mayEnter(db, { door: "sign-in", windowMinutes: 60, limits, secret: env().NEXTAUTH_SECRET, now });
}

async function isKnown(db: Db, addressee: Addressee | null): Promise<boolean> {
  if (!addressee) return false;
  const identity = ownIdentity();
  const staffHashes = env().STAFF_EMAILS.flatMap((email) => identity.hashOf(email) ?? []);
  const { emailHash, locale: defaultLocale } = addressee;
  const { supporterId, isStaff } = await getViewer(db, { emailHash, staffHashes, defaultLocale });
  return supporterId !== null || isStaff;
}
