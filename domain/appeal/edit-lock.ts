/** How long the lock lasts after it was taken or last extended. */
const LASTS_MS = 20 * 60 * 1000;

export type EditLock = { lockedBy: string | null; lockedAt: Date | null; lockedUntil: Date | null };

/**
 * `own`: this colleague holds the lock. `held`: another colleague holds it. `free`: nobody holds it, or it has expired.
 */
export type EditLockState =
  | { kind: "own"; since: Date; until: Date }
  | { kind: "held"; by: string; since: Date; until: Date }
  | { kind: "free" };

export function editLockStateFor(lock: EditLock, { by, now }: { by: string; now: Date }): EditLockState {
  const { lockedBy, lockedAt, lockedUntil } = lock;
  if (!lockedBy || !lockedAt || !lockedUntil || lockedUntil <= now) return { kind: "free" };
  const times = { since: lockedAt, until: lockedUntil };
  return lockedBy === by ? { kind: "own", ...times } : { kind: "held", by: lockedBy, ...times };
}

/**
 * Returns the lock with this colleague as its holder for the next LASTS_MS. If they already hold it, `lockedAt` stays
 * the same.
 */
export function takeOrExtendLock(lock: EditLock, { by, now }: { by: string; now: Date }): EditLock {
  const standing = editLockStateFor(lock, { by, now });
  const lockedAt = standing.kind === "own" ? standing.since : now;
  return { lockedBy: by, lockedAt, lockedUntil: new Date(now.getTime() + LASTS_MS) };
}

export const NO_LOCK: EditLock = { lockedBy: null, lockedAt: null, lockedUntil: null };
