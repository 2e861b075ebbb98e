// Which events came: each is noted once, in the transaction that records what it brought. Whoever notes it first records it.
import type { Tx } from "../database";
import { forRows } from "./many-rows";

export type Noted = { id: string; type: string; outcome: "recorded" | "irrelevant"; receivedAt: Date };

const INSERT = 'INSERT INTO "ReceivedEvent" ("id", "type", "outcome", "receivedAt") VALUES';
const UNLESS_KNOWN = `ON CONFLICT ("id") DO UPDATE SET "outcome" = excluded."outcome", "error" = NULL, "reason" = NULL, "retryAfter" = NULL,
    "attempts" = "ReceivedEvent"."attempts" + 1
  WHERE "ReceivedEvent"."outcome" = 'failed'
  RETURNING "id"`;

/** One statement for all. Answers which are new; an event that had failed is new until it has been recorded. */
export async function noteEvents(tx: Tx, events: Noted[]): Promise<Set<string>> {
  // Twice in one statement would be an error.
  const once = [...new Map(events.map((event) => [event.id, event])).values()];
  const rows = once.map(({ id, type, outcome, receivedAt }) => [id, type, outcome, receivedAt]);
  const noted = await tx.$queryRaw<{ id: string }[]>(...forRows(INSERT, rows, UNLESS_KNOWN));
  return new Set(noted.map(({ id }) => id));
}
