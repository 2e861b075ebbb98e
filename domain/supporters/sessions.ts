// Sessions of supporters and staff. They are stored on the server, so that signing out ends a session even if somebody
// has a copy of the cookie.
import { nextDay, startOfDay } from "../calendar";
import type { Db } from "../database";
import { type OutletRiskSetting, type SignedInPerson, sessionSeconds } from "./signed-in-person";
import {
  deleteSessionsExpiredBefore,
  deleteSignInSessionsExcept,
  findSignInSession,
  insertSession,
  listCurrentAddressHashes,
  selectUnexpiredSignedInSessions,
} from "./store";

type SessionKey = { idHash: string; emailHash: string };

type Start = SessionKey & { day: string; timeZone: string; now: Date; lastsSeconds: number };

/**
 * Adds a session to the ledger and deletes expired sessions. `day`: today in the newsroom's time zone. The session's
 * row expires `lastsSeconds` after the end of this day, so that it does not reveal the hour of the sign-in. The cookie
 * contains the exact time: see isSessionOver().
 */
export async function startSession(
  db: Db,
  { idHash, emailHash, day, timeZone, now, lastsSeconds }: Start,
): Promise<void> {
  const endsAt = latestEnd(day, { timeZone, lastsSeconds });
  await deleteSessionsExpiredBefore(db, now);
  await insertSession(db, { idHash, emailHash, signedInOn: day, lastSeenOn: day, endsAt });
}

/** Finds an open session. Returns null if the session was ended, has expired, or belongs to another e-mail address. */
export async function findOpenSession(
  db: Db,
  { idHash, emailHash, now }: SessionKey & { now: Date },
): Promise<{ lastSeenOn: string; secondFactorAt: Date | null } | null> {
  const row = await findSignInSession(db, idHash);
  if (!row || row.emailHash !== emailHash || row.endsAt <= now) return null;
  return { lastSeenOn: row.lastSeenOn, secondFactorAt: row.secondFactorAt };
}

export type OwnSignInSession = { isThisOne: boolean; signedInOn: string; lastSeenOn: string };

type Owner = Pick<SignedInPerson, "emailHash" | "supporterId">;

type Listing = { idHash: string; now: Date; risk: OutletRiskSetting; timeZone: string };

/**
 * Lists the sessions of all the person's current e-mail addresses. This session comes first, then the others, the most
 * recently used first. The rows contain the day of the sign-in, but not the hour. So a session can stay in the list for
 * up to a day after its end.
 */
export async function listOwnSessions(
  db: Db,
  viewer: Owner & Pick<SignedInPerson, "isStaff">,
  { idHash, now, risk, timeZone }: Listing,
): Promise<OwnSignInSession[]> {
  const rows = await selectUnexpiredSignedInSessions(db, { emailHashes: await listHashes(db, viewer), now });
  // Leaves out sessions that are over because the allowed length has become shorter since the row was written.
  const open = rows.filter(({ emailHash, signedInOn }) => {
    const isStaff = viewer.isStaff && emailHash === viewer.emailHash;
    return latestEnd(signedInOn, { timeZone, lastsSeconds: sessionSeconds({ isStaff, risk }) }) > now;
  });
  const sessions = open.map(({ idHash: id, signedInOn, lastSeenOn }) => ({
    ...{ isThisOne: id === idHash, signedInOn, lastSeenOn },
  }));
  return sessions.toSorted((a, b) => Number(b.isThisOne) - Number(a.isThisOne) || compareSeen(b, a));
}

/**
 * Ends all sessions of the person except this one, including those of their other e-mail addresses. Returns how many it
 * ended.
 */
export async function endOtherSessions(db: Db, viewer: Owner, idHash: string): Promise<number> {
  return deleteSignInSessionsExcept(db, { emailHashes: await listHashes(db, viewer), idHash });
}

function latestEnd(day: string, { timeZone, lastsSeconds }: Pick<Start, "timeZone" | "lastsSeconds">): Date {
  return new Date(startOfDay(nextDay(day), timeZone).getTime() + lastsSeconds * 1000);
}

async function listHashes(db: Db, { emailHash, supporterId }: Owner): Promise<string[]> {
  const others = supporterId === null ? [] : await listCurrentAddressHashes(db, { supporterId });
  return [...new Set([emailHash, ...others])];
}

function compareSeen(a: OwnSignInSession, b: OwnSignInSession): number {
  return `${a.lastSeenOn} ${a.signedInOn}`.localeCompare(`${b.lastSeenOn} ${b.signedInOn}`);
}
