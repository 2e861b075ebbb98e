// Finds out who is signed in. A session contains the hash of an e-mail address, but no rights. Each request looks up
// the rights again.
import { CLOCK_TOLERANCE_MS } from "../clock-tolerance";
import type { Db } from "../database";
import { formatEmailAddress } from "../email-address";
import { findMailAddress } from "../ledger/store/supporters";
import { findSupporterByAddress } from "./store";

/**
 * A session as the cookie contains it. `idHash`: the hash of the session's id. `emailHash`: a keyed hash of the e-mail
 * address.
 */
export type CookieSession = { idHash: string; emailHash: string; signedInAt: Date };

export type SignedInPerson = {
  emailHash: string;
  /** Null for a person who has never given. */
  supporterId: string | null;
  isStaff: boolean;
  locale: string;
};

/** The setting OUTLET_RISK. `high`: people can be in danger if they become known as supporters. */
export type OutletRiskSetting = "standard" | "high";

const SUPPORTER_SESSION_HOURS: Record<OutletRiskSetting, number> = { standard: 30 * 24, high: 24 };
const STAFF_SESSION_HOURS = 12;

type SessionTerms = { isStaff: boolean; risk: OutletRiskSetting };

export function sessionSeconds({ isStaff, risk }: SessionTerms): number {
  return (isStaff ? STAFF_SESSION_HOURS : SUPPORTER_SESSION_HOURS[risk]) * 60 * 60;
}

/**
 * Returns true if the session is older than sessions are allowed to be, or begins in the future. The site checks this
 * at every request, so a shorter allowed length also ends older sessions.
 */
export function isSessionOver(
  session: Pick<CookieSession, "signedInAt">,
  { now, ...terms }: SessionTerms & { now: Date },
): boolean {
  const ageMs = now.getTime() - session.signedInAt.getTime();
  return !(ageMs > -CLOCK_TOLERANCE_MS && ageMs < sessionSeconds(terms) * 1000);
}

export async function getSignedInPerson(
  db: Db,
  { emailHash, isStaff, defaultLocale }: { emailHash: string; isStaff: boolean; defaultLocale: string },
): Promise<SignedInPerson> {
  const supporter = await findByAddress(db, emailHash);
  return {
    emailHash,
    supporterId: supporter?.id ?? null,
    isStaff,
    locale: supporter?.locale ?? defaultLocale,
  };
}

/**
 * Finds a supporter by any of their current e-mail addresses. Returns null for an address that is no longer current.
 */
async function findByAddress(db: Db, emailHash: string): Promise<{ id: string; locale: string } | null> {
  const address = await findSupporterByAddress(db, emailHash);
  return address && address.until === null ? address.supporter : null;
}

/** Returns the supporter's current e-mail address, encrypted. Throws an error if they have none. */
export async function getSealedEmail(db: Db, supporterId: string): Promise<string> {
  const address = await findMailAddress(db, supporterId);
  if (!address) throw new Error(`supporter ${supporterId} has no current e-mail address`);
  return address.emailSealed;
}

const ROOMS = { supporters: "/supporters", staff: "/newsroom" };

/**
 * Returns the page that opens after signing in. Staff who have never given get the newsroom even if `next` is
 * `/supporters`, because links for everyone, such as the masthead's, have this value.
 */
export function landingPathOf({ isStaff, supporterId }: SignedInPerson, next: string | null): string {
  const hasNoGift = supporterId === null && next === ROOMS.supporters;
  if (next !== null && !(isStaff && hasNoGift)) return next;
  return isStaff ? ROOMS.staff : ROOMS.supporters;
}

/**
 * Returns an address like `r…@example.org`. Its owner recognises it, but somebody else who sees the screen learns
 * little.
 */
export function maskEmail(email: string): string {
  if (email.lastIndexOf("@") < 1) return "…";
  const [first = ""] = email;
  const whole = formatEmailAddress(email);
  return `${first}…${whole.slice(whole.lastIndexOf("@"))}`;
}
