// Sessions as the server knows them: signing out ends one here, even if somebody kept a copy of the cookie. A row holds days, not times.
import type { Db } from "../database";

type SessionKey = { idHash: string; emailHash: string };

/** `day`: on the newsroom's clock. Also forgets the sessions that are over. */
export async function startSession(
  db: Db,
  { idHash, emailHash, day, now, lastsSeconds }: SessionKey & { day: string; now: Date; lastsSeconds: number },
): Promise<void> {
  const endsAt = new Date(now.getTime() + lastsSeconds * 1000);
  await db.session.deleteMany({ where: { endsAt: { lte: now } } });
  await db.session.create({ data: { idHash, emailHash, signedInOn: day, lastSeenOn: day, endsAt } });
}

/** Null where it was ended, ran out, or is somebody else's. */
export async function findOpenSession(
  db: Db,
  { idHash, emailHash, now }: SessionKey & { now: Date },
): Promise<{ lastSeenOn: string } | null> {
  const row = await db.session.findUnique({ where: { idHash } });
  return row && row.emailHash === emailHash && row.endsAt > now ? { lastSeenOn: row.lastSeenOn } : null;
}

export async function noteSeen(db: Db, { idHash, day }: { idHash: string; day: string }): Promise<void> {
  await db.session.updateMany({ where: { idHash }, data: { lastSeenOn: day } });
}

export async function endSession(db: Db, idHash: string): Promise<void> {
  await db.session.deleteMany({ where: { idHash } });
}
