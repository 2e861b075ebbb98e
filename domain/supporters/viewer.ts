// What someone who is signed in may see. A session names an e-mail hash and nothing else; every right is looked up anew.
import type { Db } from "../database";
import { formatEmailAddress } from "../email-address";
import { findMailAddress } from "../ledger/store/supporters";

/**
 * `idHash`: of the id in the cookie. `emailHash`: the keyed hash of systems/identity.ts. `signedInAt` never moves while the session
 * lasts.
 */
export type Session = { idHash: string; emailHash: string; signedInAt: Date };

export type Viewer = {
  emailHash: string;
  /** Null for someone who never gave. */
  supporterId: string | null;
  isStaff: boolean;
  locale: string;
};

const SUPPORTER_SESSION_HOURS = 30 * 24;
const STAFF_SESSION_HOURS = 12;

/** Staff are asked again sooner. A session from the future is no session. */
export function isSessionOver(
  session: Pick<Session, "emailHash" | "signedInAt">,
  { now, staffHashes }: { now: Date; staffHashes: readonly string[] },
): boolean {
  const lastsHours = staffHashes.includes(session.emailHash) ? STAFF_SESSION_HOURS : SUPPORTER_SESSION_HOURS;
  const ageMs = now.getTime() - session.signedInAt.getTime();
  return !(ageMs >= 0 && ageMs < lastsHours * 60 * 60 * 1000);
}

export async function getViewer(
  db: Db,
  {
    emailHash,
    staffHashes,
    defaultLocale,
  }: { emailHash: string; staffHashes: readonly string[]; defaultLocale: string },
): Promise<Viewer> {
  const supporter = await findByAddress(db, emailHash);
  return {
    emailHash,
    supporterId: supporter?.id ?? null,
    isStaff: staffHashes.includes(emailHash),
    locale: supporter?.locale ?? defaultLocale,
  };
}

/** By any of their current addresses: one that has ended opens nothing. */
async function findByAddress(db: Db, emailHash: string): Promise<{ id: string; locale: string } | null> {
  const select = { until: true, supporter: { select: { id: true, locale: true } } };
  const known = await db.supporterAddress.findUnique({ where: { emailHash }, select });
  return known && known.until === null ? known.supporter : null;
}

/** Where the supporter's mail goes, as the ledger keeps it, for their own pages to open. */
export async function getSealedEmail(db: Db, supporterId: string): Promise<string> {
  const address = await findMailAddress(db, supporterId);
  if (!address) throw new Error(`supporter ${supporterId} has no address`);
  return address.emailSealed;
}

const ROOMS = { supporters: "/supporters", staff: "/newsroom" };

/**
 * Where someone who is signed in goes: to `next`, or without one to the room that is theirs. Staff who never gave have nothing to see
 * among the supporters, where the site's own link leads everyone.
 */
export function landingOf({ isStaff, supporterId }: Viewer, next: string | null): string {
  const hasNoGift = supporterId === null && next === ROOMS.supporters;
  if (next !== null && !(isStaff && hasNoGift)) return next;
  return isStaff ? ROOMS.staff : ROOMS.supporters;
}

/** An address that its owner knows again and a passer-by learns little from: `r…@example.org`. */
export function maskEmail(email: string): string {
  if (email.lastIndexOf("@") < 1) return "…";
  const [first = ""] = email;
  const whole = formatEmailAddress(email);
  return `${first}…${whole.slice(whole.lastIndexOf("@"))}`;
}
