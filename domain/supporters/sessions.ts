// Sessions are kept at the server: signing out ends one even if somebody has a copy of the cookie. A row holds days, not times.
import type { Db } from "../database";
import { deleteSessionsEndedBy, findSession, insertSession } from "./store";

type SessionKey = { idHash: string; emailHash: string };

/** `day`: on the newsroom's clock. Also deletes sessions that have run out. */
export async function startSession(
  db: Db,
  { idHash, emailHash, day, now, lastsSeconds }: SessionKey & { day: string; now: Date; lastsSeconds: number },
): Promise<void> {
  const endsAt = new Date(now.getTime() + lastsSeconds * 1000);
  await deleteSessionsEndedBy(db, now);
  await insertSession(db, { idHash, emailHash, signedInOn: day, lastSeenOn: day, endsAt });
}

/** Null for a session that was ended, has run out or is somebody else's. */
export async function findOpenSession(
  db: Db,
  { idHash, emailHash, now }: SessionKey & { now: Date },
): Promise<{ lastSeenOn: string } | null> {
  const row = await findSession(db, idHash);
  return row && row.emailHash === emailHash && row.endsAt > now ? { lastSeenOn: row.lastSeenOn } : null;
}
