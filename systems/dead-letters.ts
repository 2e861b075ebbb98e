// Retries dead letters. Stripe keeps events for 30 days, so the site can fetch the event of a dead letter again.
import "server-only";
import { forEachIsolated } from "../domain/for-each-isolated";
import { type DeadLetter, recordDeadLetter } from "../domain/ledger/dead-letters";
import { type RecordOutcome, recordEvent } from "../domain/ledger/record";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { buildRecordFactsOptions } from "./ledger-context";
import { log, redactError } from "./log";
import { stripe } from "./stripe/client";
import { eventWithMissingPeriodLineFetched } from "./stripe/own-line";
import { translateEvent } from "./stripe/translate";

export type ReplayResult = { kind: RecordOutcome } | { kind: "failed"; error: string };

/**
 * Fetches an event from Stripe and records it. If that fails, stores the failure and returns it. Throws only if the
 * failure cannot be stored.
 */
export async function replayEvent(db: Db, { id, type }: { id: string; type: string }): Promise<ReplayResult> {
  const now = currentTime();
  try {
    const facts = translateEvent(await eventWithMissingPeriodLineFetched(stripe, await stripe().events.retrieve(id)));
    return { kind: await recordEvent(db, { ...buildRecordFactsOptions(now), eventId: id, type, facts }) };
  } catch (failure) {
    const error = redactError(failure);
    await recordDeadLetter(db, { eventId: id, type, failure, error, now });
    return { kind: "failed", error };
  }
}

export type ReplayCounts = { recorded: number; failed: number };

/**
 * Retries dead letters, four at a time, and counts the outcomes. `deadline`: set if a person waits for the response.
 * After this time no further retry is started, and the rest stay dead letters.
 */
export async function replayEvents(
  db: Db,
  letters: readonly Pick<DeadLetter, "id" | "type">[],
  deadline?: Date,
): Promise<ReplayCounts> {
  const counts = { recorded: 0, failed: 0 };
  const replay = async ({ id, type }: Pick<DeadLetter, "id" | "type">) => {
    const { kind } = await replayEvent(db, { id, type });
    counts[kind === "failed" ? "failed" : "recorded"] += 1;
    log.info({ event: id, type, outcome: kind }, "retried a dead letter");
  };
  await forEachIsolated(letters, replay, {
    concurrency: 4,
    mayStart: () => !deadline || Date.now() <= deadline.getTime(),
    onFailure: ({ id }, error) => {
      counts.failed += 1;
      log.error({ event: id, error: redactError(error) }, "a dead letter could not be retried");
    },
  });
  return counts;
}
