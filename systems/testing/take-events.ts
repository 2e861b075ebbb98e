// What the webhook and the jobs do with events, at once: each is recorded, and what it leaves to be asked is asked.
import type Stripe from "stripe";
import { recordEvent } from "../../domain/ledger/record";
import { listFollowUps } from "../../domain/ledger/store/follow-ups";
import type { Db } from "../database";
import { answerFollowUp } from "../follow-ups";
import { recordingTerms } from "../recording";
import { stripe } from "../stripe/client";
import { wholeEvent } from "../stripe/own-line";
import { translateEvent } from "../stripe/translate";

/** In the order given. A question that has no whole answer yet is put off for a day. */
export async function takeEvents(db: Db, events: readonly Stripe.Event[]): Promise<void> {
  for (const event of events) {
    const { id: eventId, type } = event;
    const facts = translateEvent(await wholeEvent(stripe, event));
    await recordEvent(db, { ...recordingTerms(new Date()), eventId, type, facts });
    await answerAll(db);
  }
}

async function answerAll(db: Db): Promise<void> {
  const [now, until] = [new Date(Date.now() + 1_000), new Date(Date.now() + 86_400_000)];
  for (const { key, after } of await listFollowUps(db, { now, most: 500 }))
    await answerFollowUp(db, { key, after, until });
}
