// Dead letters: Stripe's events that could not be recorded. The ledger keeps their ids, types and errors, but not their
// bodies.
import type { Db, Tx } from "../database";
import {
  countFailedEvents,
  type EventFailureColumns,
  type FailedEvent,
  findEvent,
  listFailedEvents,
  listFailedEventsToRetry,
  markEventFailed,
  upsertFailedEvent,
} from "./store/events";
import {
  parseUnrecordableReason,
  UnrecordableError,
  type UnrecordableReason,
  unrecordableReasonOf,
} from "./unrecordable";

export type DeadLetter = {
  id: string;
  type: string;
  attempts: number;
  receivedAt: Date;
  /** Null if the event is no longer retried automatically. */
  retryAfter: Date | null;
  reason: UnrecordableReason;
};

const FIRST_RETRY_MS = 60_000;
const MAX_RETRY_DELAY_MS = 6 * 60 * 60 * 1000;
/**
 * After this many retries, an event is no longer retried automatically. The delays double from FIRST_RETRY_MS up to
 * MAX_RETRY_DELAY_MS. Fourteen retries take about 39 hours.
 */
const MAX_ATTEMPTS = 14;

type Failure = { eventId: string; type: string; failure: unknown; error: string; now: Date };

/**
 * Stores an event that could not be recorded. Does nothing if Stripe has sent the event again and it was recorded
 * meanwhile. `isKnown`: true if the event was recorded meanwhile, or had already failed before.
 */
export async function recordDeadLetter(
  db: Db,
  { eventId: id, type, failure, error, now }: Failure,
): Promise<{ isKnown: boolean }> {
  const event = await findEvent(db, id);
  if (event && event.outcome !== "failed") return { isKnown: true };
  const failed = failedColumns({ reason: unrecordableReasonOf(failure), error, attempts: event?.attempts ?? 0, now });
  await upsertFailedEvent(db, { id, type, now, failed });
  return { isKnown: event !== null };
}

/** Marks an already recorded event as a dead letter, because a later event contradicts its data. */
export async function turnRecordedEventIntoDeadLetter(
  tx: Tx,
  { eventId, reason, now }: { eventId: string; reason: UnrecordableReason; now: Date },
): Promise<void> {
  const error = new UnrecordableError(reason).message;
  await markEventFailed(tx, eventId, failedColumns({ reason, error, attempts: 0, now }));
}

export async function listDueDeadLetters(db: Db, due: { now: Date; limit: number }): Promise<DeadLetter[]> {
  return (await listFailedEventsToRetry(db, due)).map(letterOf);
}

/**
 * Lists dead letters, including those that are no longer retried automatically. The oldest comes first, unless
 * `newestFirst` is set.
 */
export async function listDeadLetters(
  db: Db,
  wanted: { id?: string; ids?: string[]; limit?: number; newestFirst?: boolean } = {},
): Promise<DeadLetter[]> {
  return (await listFailedEvents(db, wanted)).map(letterOf);
}

export function countDeadLetters(db: Db): Promise<number> {
  return countFailedEvents(db);
}

function letterOf({ reason, ...event }: FailedEvent): DeadLetter {
  return { ...event, reason: parseUnrecordableReason(reason) };
}

function failedColumns(failure: {
  reason: UnrecordableReason;
  error: string;
  attempts: number;
  now: Date;
}): EventFailureColumns {
  const { reason, error, attempts, now } = failure;
  return { error, reason: JSON.stringify(reason), retryAfter: nextRetry(attempts, now) };
}

function nextRetry(attempts: number, now: Date): Date | null {
  if (attempts >= MAX_ATTEMPTS) return null;
  return new Date(now.getTime() + Math.min(FIRST_RETRY_MS * 2 ** attempts, MAX_RETRY_DELAY_MS));
}
