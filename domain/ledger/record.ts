// The only way into the books: one event, one transaction, every fact at most once. A repeated call changes nothing.
import type { Db } from "../../systems/database";
import { closeCheckout } from "../giving/checkout";
import type { Fact } from "./fact";
import { recordRecurringPayment, recordSinglePayment } from "./payments";
import type { Recording } from "./recording";
import { recordRecurringGift, recordSubscriber } from "./recurring-gifts";

export type Outcome = "recorded" | "repeated" | "irrelevant";
export type Arrival = { eventId: string; type: string; facts: Fact[] };

/**
 * Writes what an event brought, with the mail that it makes due, in one transaction. An event without facts is counted and
 * left alone. Throws where the database refuses: then nothing is stored.
 */
export function recordEvent(
  db: Db,
  { eventId, type, facts, now, identity }: Arrival & Omit<Recording, "tx">,
): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const known = await tx.receivedEvent.findUnique({ where: { id: eventId } });
    if (known && known.outcome !== "failed") return "repeated";
    for (const fact of facts) await recordFact({ tx, now, identity }, fact);
    const outcome = facts.length > 0 ? "recorded" : "irrelevant";
    await tx.receivedEvent.upsert({
      where: { id: eventId },
      update: { outcome, error: null, attempts: { increment: 1 } },
      create: { id: eventId, type, outcome, receivedAt: now },
    });
    return outcome;
  });
}

/** Keeps an event that could not be recorded where staff can see it; Stripe will send it again. */
export async function recordFailure(
  db: Db,
  failure: { eventId: string; type: string; error: string; now: Date },
): Promise<void> {
  const { eventId, type, error, now } = failure;
  await db.receivedEvent.upsert({
    where: { id: eventId },
    update: { error, attempts: { increment: 1 } },
    create: { id: eventId, type, outcome: "failed", error, receivedAt: now },
  });
}

function recordFact(recording: Recording, fact: Fact): Promise<void> {
  switch (fact.kind) {
    case "single-payment":
      return recordSinglePayment(recording, fact);
    case "recurring-payment":
      return recordRecurringPayment(recording, fact);
    case "recurring-gift-changed":
      return recordRecurringGift(recording, fact.state);
    case "checkout-closed":
      return recordCheckoutClosed(recording, fact);
  }
}

async function recordCheckoutClosed(
  recording: Recording,
  fact: Extract<Fact, { kind: "checkout-closed" }>,
): Promise<void> {
  await closeCheckout(recording.tx, { giftId: fact.origin.giftId, outcome: fact.outcome });
  if (fact.recurring) await recordSubscriber(recording, { ...fact, recurring: fact.recurring });
}
