// Events that could not be recorded: kept by id and kind, without their bodies, fetched from Stripe and tried again with back-off
// until a person must look.
import type { Db } from "../../systems/database";

export type DeadLetter = {
  id: string;
  type: string;
  attempts: number;
  receivedAt: Date;
  /** Null where it is not tried by itself any more. */
  retryAfter: Date | null;
};

const SHOWN = { id: true, type: true, attempts: true, receivedAt: true, retryAfter: true } as const;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 6 * 60 * 60 * 1000;
/** About two days; Stripe itself tries for three. */
const TRIES = 14;

/** Keeps an event that could not be recorded where staff can see it. */
export async function recordFailure(
  db: Db,
  { eventId, type, error, now }: { eventId: string; type: string; error: string; now: Date },
): Promise<void> {
  const known = await db.receivedEvent.findUnique({ where: { id: eventId } });
  if (known && known.outcome !== "failed") return;
  const retryAfter = nextTry(known?.attempts ?? 0, now);
  await db.receivedEvent.upsert({
    where: { id: eventId },
    update: { error, retryAfter, attempts: { increment: 1 } },
    create: { id: eventId, type, outcome: "failed", error, receivedAt: now, retryAfter },
  });
}

/** Longest waiting first. */
export function listDueDeadLetters(db: Db, { now, most }: { now: Date; most: number }): Promise<DeadLetter[]> {
  return db.receivedEvent.findMany({
    where: { outcome: "failed", retryAfter: { lte: now } },
    orderBy: { retryAfter: "asc" },
    take: most,
    select: SHOWN,
  });
}

/** Oldest first; also those that no longer try by themselves. `id`: that one only, where it is one. */
export function listDeadLetters(db: Db, { id, most }: { id?: string; most?: number } = {}): Promise<DeadLetter[]> {
  return db.receivedEvent.findMany({
    where: { outcome: "failed", id },
    orderBy: { receivedAt: "asc" },
    take: most,
    select: SHOWN,
  });
}

export function countDeadLetters(db: Db): Promise<number> {
  return db.receivedEvent.count({ where: { outcome: "failed" } });
}

function nextTry(attempts: number, now: Date): Date | null {
  if (attempts >= TRIES) return null;
  return new Date(now.getTime() + Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS));
}
