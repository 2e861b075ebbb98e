// Fetches an event that could not be recorded from Stripe, which keeps them for 30 days, and tries it again.

import { type DeadLetter, recordFailure } from "../domain/ledger/dead-letters";
import { type Outcome, recordEvent } from "../domain/ledger/record";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { ledgerContext } from "./ledger-context";
import { log, redactError } from "./log";
import { stripe } from "./stripe/client";
import { wholeEvent } from "./stripe/own-line";
import { translateEvent } from "./stripe/translate";
import { withConcurrency } from "./with-concurrency";

export type Replayed = { kind: Outcome } | { kind: "failed"; error: string };

/** Never throws for the event's own faults: they are noted again, and answered. */
export async function replayEvent(db: Db, { id, type }: { id: string; type: string }): Promise<Replayed> {
  const now = currentTime();
  try {
    const facts = translateEvent(await wholeEvent(stripe, await stripe().events.retrieve(id)));
    return { kind: await recordEvent(db, { ...ledgerContext(now), eventId: id, type, facts }) };
  } catch (failure) {
    const error = redactError(failure);
    await recordFailure(db, { eventId: id, type, failure, error, now });
    return { kind: "failed", error };
  }
}

export type ReplayedSum = { recorded: number; failed: number };

/** Begins none after `until`: somebody waits for the answer. What is left over stays in the list. */
export async function replayEvents(
  db: Db,
  letters: readonly Pick<DeadLetter, "id" | "type">[],
  until?: Date,
): Promise<ReplayedSum> {
  const sum = { recorded: 0, failed: 0 };
  const replay = async ({ id, type }: Pick<DeadLetter, "id" | "type">) => {
    const { kind } = await replayEvent(db, { id, type });
    sum[kind === "failed" ? "failed" : "recorded"] += 1;
    log.info({ event: id, type, outcome: kind }, "tried a failed event again");
  };
  await withConcurrency(letters, replay, until);
  return sum;
}
