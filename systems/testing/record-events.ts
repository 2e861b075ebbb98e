import type Stripe from "stripe";
import { recordEvent } from "../../domain/ledger/record";
import { listDueFollowUps } from "../../domain/ledger/store/follow-ups";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { carryOutFollowUpAndRecordAnswer } from "../follow-ups";
import { buildRecordFactsOptions } from "../ledger-context";
import { stripe } from "../stripe/client";
import { eventWithMissingPeriodLineFetched } from "../stripe/own-line";
import { translateEvent } from "../stripe/translate";

/**
 * Records the events in the given order. After each event, asks Stripe the follow-up questions that it raised, and
 * records the answers. Postpones a question by a day if its answer is incomplete. Leaves out events without facts,
 * because they change nothing.
 */
export async function recordEventsInOrder(db: Db, events: readonly Stripe.Event[]): Promise<void> {
  for (const event of events) {
    const { id: eventId, type } = event;
    const facts = translateEvent(await eventWithMissingPeriodLineFetched(stripe, event));
    if (facts.length === 0) continue;
    await recordEvent(db, { ...buildRecordFactsOptions(currentTime()), eventId, type, facts });
    await answerAll(db);
  }
}

async function answerAll(db: Db): Promise<void> {
  const nowMs = currentTime().getTime();
  const [now, askAgainAt] = [new Date(nowMs + 1_000), new Date(nowMs + 86_400_000)];
  for (const { key, after } of await listDueFollowUps(db, { now, limit: 500 }))
    await carryOutFollowUpAndRecordAnswer(db, { key, after, askAgainAt });
}
