// How often a door was knocked at within a window. The counts lie in the database, so that they are shared and survive a
// restart; the key is a keyed hash that changes with every window, so that no address and no e-mail can be read from it.
import { createHmac } from "node:crypto";
import type { Db } from "./database";

export type Limit = {
  /** What is counted: `address`, `client`, `all`. */
  of: string;
  /** One of these: an e-mail hash, a client's address; `*` for all. */
  who: string;
  most: number;
};

export type Knock = { door: string; windowMinutes: number; limits: readonly Limit[]; secret: string; now: Date };

/** Counts the knock against each limit in turn. False from the first that is used up; those after it are not counted. */
export async function consume(db: Db, { limits, ...knock }: Knock): Promise<boolean> {
  for (const limit of limits) if ((await countAttempt(db, { ...knock, ...limit })) > limit.most) return false;
  return true;
}

/** Forgets the windows that are over. */
export async function forgetExpiredCounts(db: Db, now: Date): Promise<void> {
  await db.doorCount.deleteMany({ where: { expiresAt: { lte: now } } });
}

/** Counts the knock and answers how many there were in this window, this one among them. */
export async function countAttempt(
  db: Db,
  { door, windowMinutes, secret, now, of, who }: Omit<Knock, "limits"> & Omit<Limit, "most">,
): Promise<number> {
  const windowMs = windowMinutes * 60 * 1000;
  const window = Math.floor(now.getTime() / windowMs);
  const key = createHmac("sha256", secret)
    .update(JSON.stringify([door, of, who, window]))
    .digest("base64url");
  const row = await db.doorCount.upsert({
    where: { key },
    create: { key, count: 1, expiresAt: new Date((window + 1) * windowMs) },
    update: { count: { increment: 1 } },
  });
  return row.count;
}
