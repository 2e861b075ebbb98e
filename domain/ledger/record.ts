// The only way into the books: one event, one transaction, every fact at most once. A repeated call changes nothing.
import type { Db } from "../../systems/database";
import { closeCheckout } from "../giving/checkout";
import { recordBalance, recordDispute } from "./disputes";
import type { Fact } from "./fact";
import { recordFailedAttempt } from "./failed-attempts";
import { recordPaymentLink, recordRecurringPayment, recordSinglePayment } from "./payments";
import { recordPayout } from "./payouts";
import type { Recording } from "./recording";
import { recordCustomerDeleted, recordRecurringGift, recordSubscriber } from "./recurring-gifts";
import { recordRefund } from "./refunds";

export type Outcome = "recorded" | "repeated" | "irrelevant";
export type Arrival = { eventId: string; type: string; facts: Fact[] };
export type RecordingTerms = Omit<Recording, "tx">;

/**
 * Writes what an event brought, with the mail that it makes due, in one transaction. An event without facts is counted and
 * left alone. Throws where the database refuses: then nothing is stored.
 */
export function recordEvent(db: Db, { eventId, type, facts, ...terms }: Arrival & RecordingTerms): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const known = await tx.receivedEvent.findUnique({ where: { id: eventId } });
    if (known && known.outcome !== "failed") return "repeated";
    for (const fact of facts) await recordFact({ ...terms, tx }, fact);
    const outcome = facts.length > 0 ? "recorded" : "irrelevant";
    await tx.receivedEvent.upsert({
      where: { id: eventId },
      update: { outcome, error: null, retryAfter: null, attempts: { increment: 1 } },
      create: { id: eventId, type, outcome, receivedAt: terms.now },
    });
    return outcome;
  });
}

/** Writes what Stripe answered when it was asked: no event, so nothing to note but the facts. Safe to repeat. */
export function recordFacts(db: Db, { facts, ...terms }: { facts: Fact[] } & RecordingTerms): Promise<void> {
  return db.$transaction(async (tx) => {
    for (const fact of facts) await recordFact({ ...terms, tx }, fact);
  });
}

function recordFact(recording: Recording, fact: Fact): Promise<void> {
  switch (fact.kind) {
    case "single-payment":
      return recordSinglePayment(recording, fact);
    case "recurring-payment":
      return recordRecurringPayment(recording, fact);
    case "payment-linked":
      return recordPaymentLink(recording, fact);
    case "attempt-failed":
      return recordFailedAttempt(recording, fact);
    case "refund":
      return recordRefund(recording, fact);
    case "dispute":
      return recordDispute(recording, fact);
    case "balance-moved":
      return recordBalance(recording, fact);
    case "payout":
      return recordPayout(recording, fact);
    case "customer-deleted":
      return recordCustomerDeleted(recording, fact);
    case "recurring-gift-changed":
      return recordRecurringGift(recording, fact);
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
