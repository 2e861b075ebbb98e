// Events that could not be recorded: kept by id and kind, without their bodies, fetched from Stripe and tried again with back-off
// until a person must look.
import type { Db } from "../../systems/database";

export type DeadLetter = { id: string; type: string; attempts: number };

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
    select: { id: true, type: true, attempts: true },
  });
}

/** Oldest first; also those that no longer try by themselves. */
export function listDeadLetters(db: Db): Promise<DeadLetter[]> {
  return db.receivedEvent.findMany({
    where: { outcome: "failed" },
    orderBy: { receivedAt: "asc" },
    select: { id: true, type: true, attempts: true },
  });
}

function nextTry(attempts: number, now: Date): Date | null {
  if (attempts >= TRIES) return null;
  return new Date(now.getTime() + Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS));
}
