// The lock of an appeal that somebody edits: one colleague at a time. It ends by itself, and another may take it over with a note.

/** How long the lock lasts after the editor's last action. */
const LASTS_MS = 20 * 60 * 1000;

export type Lock = { lockedBy: string | null; lockedAt: Date | null; lockedUntil: Date | null };

/** `own` · `free`: never taken, given back, or over · `held`: by somebody else. */
export type LockStanding =
  | { kind: "own"; since: Date; until: Date }
  | { kind: "held"; by: string; since: Date; until: Date }
  | { kind: "free" };

export function standingOf(lock: Lock, { by, now }: { by: string; now: Date }): LockStanding {
  const { lockedBy, lockedAt, lockedUntil } = lock;
  if (!lockedBy || !lockedAt || !lockedUntil || lockedUntil <= now) return { kind: "free" };
  const times = { since: lockedAt, until: lockedUntil };
  return lockedBy === by ? { kind: "own", ...times } : { kind: "held", by: lockedBy, ...times };
}

/** The lock, held by `by` from now on. An editor who holds it already keeps the time at which they took it. */
export function lockFor(lock: Lock, { by, now }: { by: string; now: Date }): Lock {
  const standing = standingOf(lock, { by, now });
  const lockedAt = standing.kind === "own" ? standing.since : now;
  return { lockedBy: by, lockedAt, lockedUntil: new Date(now.getTime() + LASTS_MS) };
}

export const NO_LOCK: Lock = { lockedBy: null, lockedAt: null, lockedUntil: null };
