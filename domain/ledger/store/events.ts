import type { ReceivedEvent } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import { insertReturning } from "./statements";

export type NewReceivedEvent = { id: string; type: string; outcome: "recorded" | "irrelevant"; receivedAt: Date };
export type EventFailureColumns = Pick<ReceivedEvent, "error" | "reason" | "retryAfter">;
export type FailedEvent = Pick<ReceivedEvent, keyof typeof SHOWN>;

const SHOWN = { id: true, type: true, attempts: true, receivedAt: true, retryAfter: true, reason: true } as const;
const UNLESS_RECORDED = `ON CONFLICT ("id") DO UPDATE SET "outcome" = excluded."outcome", "error" = NULL, "reason" = NULL, "retryAfter" = NULL,
    "attempts" = "ReceivedEvent"."attempts" + 1
  WHERE "ReceivedEvent"."outcome" = 'failed'
  RETURNING "id"`;

/** Adds all events in one statement. Returns the ids of events that are new or had failed before. */
export async function addEventsReturningUnrecordedIds(tx: Tx, events: NewReceivedEvent[]): Promise<Set<string>> {
  // Removes duplicates, because PostgreSQL refuses to update a row twice in one statement.
  const unique = [...new Map(events.map((event) => [event.id, event])).values()];
  const rows = unique.map(({ id, type, outcome, receivedAt }) => ({ id, type, outcome, receivedAt }));
  const added = await insertReturning<{ id: string }, "ReceivedEvent">(tx, {
    into: "ReceivedEvent",
    rows,
    onConflict: UNLESS_RECORDED,
  });
  return new Set(added.map(({ id }) => id));
}

export function findEvent(db: Db, id: string): Promise<ReceivedEvent | null> {
  return db.receivedEvent.findUnique({ where: { id } });
}

export async function upsertFailedEvent(
  db: Db,
  { id, type, now, failed }: { id: string; type: string; now: Date; failed: EventFailureColumns },
): Promise<void> {
  await db.receivedEvent.upsert({
    where: { id },
    update: { ...failed, attempts: { increment: 1 } },
    create: { id, type, outcome: "failed", receivedAt: now, ...failed },
  });
}

export async function markEventFailed(tx: Tx, id: string, failed: EventFailureColumns): Promise<void> {
  await tx.receivedEvent.updateMany({ where: { id }, data: { outcome: "failed", ...failed } });
}

export function listFailedEventsToRetry(db: Db, { now, limit }: { now: Date; limit: number }): Promise<FailedEvent[]> {
  return db.receivedEvent.findMany({
    where: { outcome: "failed", retryAfter: { lte: now } },
    orderBy: [{ retryAfter: "asc" }, { id: "asc" }],
    take: limit,
    select: SHOWN,
  });
}

export function listFailedEvents(
  db: Db,
  { id, ids, limit, newestFirst = false }: { id?: string; ids?: string[]; limit?: number; newestFirst?: boolean },
): Promise<FailedEvent[]> {
  return db.receivedEvent.findMany({
    where: { outcome: "failed", id: ids ? { in: ids } : id },
    // Also sorts by id. Otherwise, events that arrived at the same time would have no fixed order.
    orderBy: [{ receivedAt: newestFirst ? "desc" : "asc" }, { id: "asc" }],
    take: limit,
    select: SHOWN,
  });
}

export function countFailedEvents(db: Db): Promise<number> {
  return db.receivedEvent.count({ where: { outcome: "failed" } });
}
