// Decides what someone who is signed in may see. A session holds an e-mail hash and no rights: each request looks them up.
import type { Db } from "../database";
import { formatEmailAddress } from "../email-address";
import { findMailAddress } from "../ledger/store/supporters";
import { findAddress } from "./store";

/** `idHash`: hash of the id in the cookie. `emailHash`: keyed hash (systems/identity.ts). `signedInAt` never changes in a session. */
export type Session = { idHash: string; emailHash: string; signedInAt: Date };

export type Viewer = {
  emailHash: string;
  /** Null for someone who never gave. */
  supporterId: string | null;
  isStaff: boolean;
  locale: string;
};

/** `high`: being known as a supporter can endanger a person (the setting OUTLET_RISK). */
export type Risk = "standard" | "high";

const SUPPORTER_SESSION_HOURS: Record<Risk, number> = { standard: 30 * 24, high: 24 };
const STAFF_SESSION_HOURS = 12;

type SessionTerms = { isStaff: boolean; risk: Risk };

/** Staff sessions are shorter. */
export function sessionSeconds({ isStaff, risk }: SessionTerms): number {
  return (isStaff ? STAFF_SESSION_HOURS : SUPPORTER_SESSION_HOURS[risk]) * 60 * 60;
}

/**
 * True if the session is over, or begins in the future. Called at every request, so that a new setting also ends older sessions.
 */
export function isSessionOver(
  session: Pick<Session, "signedInAt">,
  { now, ...terms }: SessionTerms & { now: Date },
): boolean {
  const ageMs = now.getTime() - session.signedInAt.getTime();
  return !(ageMs >= 0 && ageMs < sessionSeconds(terms) * 1000);
}

export async function getViewer(
  db: Db,
  { emailHash, isStaff, defaultLocale }: { emailHash: string; isStaff: boolean; defaultLocale: string },
): Promise<Viewer> {
  const supporter = await findByAddress(db, emailHash);
  return {
    emailHash,
    supporterId: supporter?.id ?? null,
    isStaff,
    locale: supporter?.locale ?? defaultLocale,
  };
}

/** Finds a supporter by any current address; an address that has ended finds nobody. */
async function findByAddress(db: Db, emailHash: string): Promise<{ id: string; locale: string } | null> {
  const address = await findAddress(db, emailHash);
  return address && address.until === null ? address.supporter : null;
}

/** Returns the supporter's sealed mail address, for their own pages. */
export async function getSealedEmail(db: Db, supporterId: string): Promise<string> {
  const address = await findMailAddress(db, supporterId);
  if (!address) throw new Error(`supporter ${supporterId} has no address`);
  return address.emailSealed;
}

const ROOMS = { supporters: "/supporters", staff: "/newsroom" };

/**
 * The page after signing in: `next`, or the visitor's own area. Staff who never gave go to the newsroom instead of the supporters'
 * area, where the site's sign-in link leads everyone.
 */
export function landingOf({ isStaff, supporterId }: Viewer, next: string | null): string {
  const hasNoGift = supporterId === null && next === ROOMS.supporters;
  if (next !== null && !(isStaff && hasNoGift)) return next;
  return isStaff ? ROOMS.staff : ROOMS.supporters;
}

/** Shortens an address so that its owner recognises it and a bystander learns little: `r…@example.org`. */
export function maskEmail(email: string): string {
  if (email.lastIndexOf("@") < 1) return "…";
  const [first = ""] = email;
  const whole = formatEmailAddress(email);
  return `${first}…${whole.slice(whole.lastIndexOf("@"))}`;
}
