// Counts attempts in the database, so that all instances share the counts and a restart does not lose them. The key of
// a count reveals no IP address or e-mail address: it is a keyed hash, different in every time window.
import "server-only";
import { createHmac } from "node:crypto";
import type { Db } from "./database";

export type RateLimit = {
  /** The kind of limit: for example, `address` (per e-mail address), `client` (per IP address) or `all`. */
  kind: string;
  /**
   * The e-mail hash, IP address or other value whose attempts are counted. `*` counts the attempts of everyone
   * together.
   */
  subject: string;
  max: number;
};

export type AttemptCountedByRateLimit = {
  /** The limited action, for example `sign-in` or `give`. */
  action: string;
  windowMinutes: number;
  limits: readonly RateLimit[];
  secret: string;
  now: Date;
};

/**
 * Counts the attempt against one limit after the other. At the first limit that is exceeded, returns false and does not
 * count the attempt against the remaining limits.
 */
export async function consumeRateLimit(db: Db, { limits, ...attempt }: AttemptCountedByRateLimit): Promise<boolean> {
  for (const limit of limits) if ((await incrementAttemptCount(db, { ...attempt, ...limit })) > limit.max) return false;
  return true;
}

export async function deleteExpiredRateLimitCounts(db: Db, now: Date): Promise<void> {
  await db.rateLimitCount.deleteMany({ where: { expiresAt: { lte: now } } });
}

/** Counts an attempt and returns the number of attempts in this window, including this one. */
export async function incrementAttemptCount(
  db: Db,
  {
    action,
    windowMinutes,
    secret,
    now,
    kind,
    subject,
  }: Omit<AttemptCountedByRateLimit, "limits"> & Omit<RateLimit, "max">,
): Promise<number> {
  const windowMs = windowMinutes * 60 * 1000;
  const window = Math.floor(now.getTime() / windowMs);
  const key = createHmac("sha256", secret)
    .update(JSON.stringify([action, kind, subject, window]))
    .digest("base64url");
  const row = await db.rateLimitCount.upsert({
    where: { key },
    create: { key, count: 1, expiresAt: new Date((window + 1) * windowMs) },
    update: { count: { increment: 1 } },
  });
  return row.count;
}
