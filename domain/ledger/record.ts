// The only way into the books: one event, one transaction, every fact at most once. A repeated call changes nothing.
import type { Db } from "../../systems/database";
import { closeCheckout } from "../giving/checkout";
import { recordBalance, recordDispute } from "./disputes";
import type { Fact } from "./fact";
import { explainFailedAttempt, recordFailedAttempt } from "./failed-attempts";
import { followUp } from "./follow-ups";
import { recordPaymentCharge, recordPaymentLink, recordRecurringPayment, recordSinglePayment } from "./payments";
import { recordPayout } from "./payouts";
import { type Noted, noteEvents } from "./received-events";
import type { Recording } from "./recording";
import { recordCustomer, recordRecurringGift, recordSubscriber } from "./recurring-gifts";
import { recordRefund } from "./refunds";

export type Outcome = Noted["outcome"] | "repeated";
export type Arrival = { eventId: string; type: string; facts: Fact[] };
export type RecordingTerms = Omit<Recording, "tx" | "eventId">;

/** Records a single event, as `recordEvents` does. */
export async function recordEvent(db: Db, arrival: Arrival & RecordingTerms): Promise<Outcome> {
  const [outcome] = await recordEvents(db, [arrival]);
  return outcome as Outcome;
}

/**
 * Writes several events, with the mail that they make due, in one transaction. Answers after the commit, one outcome per event in
 * their order. Counts an event without facts and leaves it alone; likewise one that only makes us ask Stripe, because it may be
 * another product's. Throws when the database refuses, and Unrecordable when facts contradict the books: then nothing is stored.
 */
export function recordEvents(db: Db, arrivals: (Arrival & RecordingTerms)[]): Promise<Outcome[]> {
  const events = arrivals.map(notedOf);
  return db.$transaction(async (tx) => {
    const news = await noteEvents(tx, events);
    const outcomes: Outcome[] = [];
    for (const [index, { eventId, type: _, facts, ...terms }] of arrivals.entries()) {
      // False for the second delivery of an event within one group.
      const isNew = news.delete(eventId);
      if (isNew) for (const fact of facts) await recordFact({ ...terms, tx, eventId }, fact);
      outcomes.push(isNew ? (events[index] as Noted).outcome : "repeated");
    }
    return outcomes;
  });
}

function notedOf({ eventId, type, facts, now }: Arrival & RecordingTerms): Noted {
  const outcome = facts.some(({ kind }) => kind !== "debit-told") ? "recorded" : "irrelevant";
  return { id: eventId, type, outcome, receivedAt: now };
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
    case "payment-charged":
      return recordPaymentCharge(recording, fact);
    case "debit-told":
      return followUp(recording, `debit:${fact.paymentIntentId}`);
    case "attempt-failed":
      return recordFailedAttempt(recording, fact);
    case "attempt-explained":
      return explainFailedAttempt(recording, fact);
    case "refund":
      return recordRefund(recording, fact);
    case "dispute":
      return recordDispute(recording, fact);
    case "balance-moved":
      return recordBalance(recording, fact);
    case "payout":
      return recordPayout(recording, fact);
    case "customer-deleted":
    case "customer-corrected":
      return recordCustomer(recording, fact);
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
