// Events that could not be recorded: kept by id and kind, without their bodies, fetched from Stripe and tried again with back-off
// until a person must look.
import type { ReceivedEvent } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { parseReason, type Reason, reasonOf, Unrecordable } from "./unrecordable";

export type DeadLetter = {
  id: string;
  type: string;
  attempts: number;
  receivedAt: Date;
  /** Null where it is not tried by itself any more. */
  retryAfter: Date | null;
  reason: Reason;
};

const SHOWN = { id: true, type: true, attempts: true, receivedAt: true, retryAfter: true, reason: true } as const;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 6 * 60 * 60 * 1000;
/** About two days; Stripe itself tries for three. */
const TRIES = 14;

type Failure = { eventId: string; type: string; failure: unknown; error: string; now: Date };

/**
 * Keeps an event that could not be recorded where staff can see it. `failure`: why; `error`: the same for the log. Answers whether
 * it was known already: kept before, or recorded by another delivery meanwhile.
 */
export async function recordFailure(
  db: Db,
  { eventId, type, failure, error, now }: Failure,
): Promise<{ isKnown: boolean }> {
  const known = await db.receivedEvent.findUnique({ where: { id: eventId } });
  if (known && known.outcome !== "failed") return { isKnown: true };
  const told = { error, reason: JSON.stringify(reasonOf(failure)), retryAfter: nextTry(known?.attempts ?? 0, now) };
  await db.receivedEvent.upsert({
    where: { id: eventId },
    update: { ...told, attempts: { increment: 1 } },
    create: { id: eventId, type, outcome: "failed", receivedAt: now, ...told },
  });
  return { isKnown: known !== null };
}

/** An event that was recorded, and turns out to contradict what came after it. */
export async function failRecorded(
  tx: Tx,
  { eventId, reason, now }: { eventId: string; reason: Reason; now: Date },
): Promise<void> {
  const error = new Unrecordable(reason).message;
  const data = { outcome: "failed", error, reason: JSON.stringify(reason), retryAfter: nextTry(0, now) };
  await tx.receivedEvent.updateMany({ where: { id: eventId }, data });
}

/** Longest waiting first. */
export async function listDueDeadLetters(db: Db, { now, most }: { now: Date; most: number }): Promise<DeadLetter[]> {
  const rows = await db.receivedEvent.findMany({
    where: { outcome: "failed", retryAfter: { lte: now } },
    orderBy: { retryAfter: "asc" },
    take: most,
    select: SHOWN,
  });
  return rows.map(letterOf);
}

/** Oldest first; also those that no longer try by themselves. `id`: that one only, where it is one. */
export async function listDeadLetters(
  db: Db,
  { id, most }: { id?: string; most?: number } = {},
): Promise<DeadLetter[]> {
  const rows = await db.receivedEvent.findMany({
    where: { outcome: "failed", id },
    orderBy: { receivedAt: "asc" },
    take: most,
    select: SHOWN,
  });
  return rows.map(letterOf);
}

export function countDeadLetters(db: Db): Promise<number> {
  return db.receivedEvent.count({ where: { outcome: "failed" } });
}

function letterOf({ reason, ...row }: Pick<ReceivedEvent, keyof typeof SHOWN>): DeadLetter {
  return { ...row, reason: parseReason(reason) };
}

function nextTry(attempts: number, now: Date): Date | null {
  if (attempts >= TRIES) return null;
  return new Date(now.getTime() + Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS));
}
