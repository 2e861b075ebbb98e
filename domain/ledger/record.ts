// The only way into the books: one event, one transaction, every fact at most once. A repeated call changes nothing.
import type { Db } from "../../systems/database";
import { closeCheckout } from "../giving/store";
import { recordBalance, recordDispute } from "./disputes";
import type { Fact } from "./fact";
import { explainFailedAttempt, recordFailedAttempt } from "./failed-attempts";
import { followUp } from "./follow-ups";
import { groupsOf } from "./group-commit";
import { recordPaymentCharge, recordPaymentLink, recordRecurringPayment, recordSinglePayment } from "./payments";
import { recordPayout } from "./payouts";
import { type Noted, noteEvents } from "./received-events";
import type { Recording } from "./recording";
import { recordCustomer, recordRecurringGift, recordSubscriber } from "./recurring-gifts";
import { recordRefund } from "./refunds";

export type Outcome = Noted["outcome"] | "repeated";
export type Arrival = { eventId: string; type: string; facts: Fact[] };
export type RecordingTerms = Omit<Recording, "tx" | "eventId">;

/**
 * Writes what an event brought, with the mail that it makes due, in one transaction, and answers after its commit. An event
 * without facts is counted and left alone; so is one that only makes Stripe be asked, for it may be another product's. Throws
 * where the database refuses, and Unrecordable where the facts contradict the books: then nothing of this event is stored.
 */
export function recordEvent(db: Db, { eventId, type, facts, ...terms }: Arrival & RecordingTerms): Promise<Outcome> {
  const outcome = facts.some(({ kind }) => kind !== "debit-told") ? "recorded" : "irrelevant";
  return commitTogether(db, { event: { id: eventId, type, outcome, receivedAt: terms.now }, terms, facts });
}

type Letter = { event: Noted; terms: RecordingTerms; facts: Fact[] };

/** What arrives while a transaction is at work shares the next one: a commit waits for the disk, and one wait serves all. */
const commitTogether = groupsOf((db: Db, letters: Letter[]) =>
  db.$transaction(async (tx) => {
    const news = await noteEvents(
      tx,
      letters.map(({ event }) => event),
    );
    const outcomes: Outcome[] = [];
    for (const { event, terms, facts } of letters) {
      // Not there for the second of two that came together.
      const isNew = news.delete(event.id);
      if (isNew) for (const fact of facts) await recordFact({ ...terms, tx, eventId: event.id }, fact);
      outcomes.push(isNew ? event.outcome : "repeated");
    }
    return outcomes;
  }),
);

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
