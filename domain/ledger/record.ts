import type { Db } from "../database";
import { recordClosedCheckout } from "../giving/store";
import type { LedgerContext, RecordFactsOptions } from "./context";
import { recordBalanceTransaction, recordDispute, recordEvidenceNotErased } from "./disputes";
import type { Fact } from "./fact";
import { recordFailedAttempt, recordFailedAttemptCode } from "./failed-attempts";
import { queueFollowUp } from "./follow-ups";
import {
  linkPaymentToIntent,
  recordPaymentChargeId,
  recordPaymentOfSingleGift,
  recordRecurringPayment,
} from "./payments";
import { recordPayout, recordPayoutEntries } from "./payouts";
import { recordRecurringGift, recordRecurringGiftSupporter, scheduleGiftFetchesOfCustomer } from "./recurring-gifts";
import { recordRefund } from "./refunds";
import { queueUpcomingRenewalMail } from "./renewal-mail";
import { addEventsReturningUnrecordedIds, type NewReceivedEvent } from "./store/events";
import { endFollowUp, postponeFollowUp } from "./store/follow-ups";

export type RecordOutcome = NewReceivedEvent["outcome"] | "repeated";
export type ArrivedEvent = { eventId: string; type: string; facts: Fact[] };

export async function recordEvent(db: Db, arrival: ArrivedEvent & RecordFactsOptions): Promise<RecordOutcome> {
  const [outcome] = await recordEvents(db, [arrival]);
  return outcome as RecordOutcome;
}

/**
 * Writes the facts of several events, and the e-mails that they make due, in one transaction. Returns one outcome per
 * event, in order, after the commit. The outcome is `irrelevant` if an event has no facts. It is also `irrelevant` if
 * its only fact is `debit-reported`, because such a debit may belong to another product. Throws an error if the
 * database fails, and UnrecordableError if the facts contradict the ledger. After an error, nothing is stored.
 */
export function recordEvents(db: Db, arrivals: (ArrivedEvent & RecordFactsOptions)[]): Promise<RecordOutcome[]> {
  const events = arrivals.map(newEvent);
  return db.$transaction(async (tx) => {
    const newIds = await addEventsReturningUnrecordedIds(tx, events);
    const outcomes: RecordOutcome[] = [];
    for (const [index, { eventId, type: _, facts, ...options }] of arrivals.entries()) {
      // If `arrivals` contains an event twice, only the first one is new.
      const isNew = newIds.delete(eventId);
      if (isNew) for (const fact of facts) await recordFact({ ...options, tx, eventId }, fact);
      outcomes.push(isNew ? (events[index] as NewReceivedEvent).outcome : "repeated");
    }
    return outcomes;
  });
}

function newEvent({ eventId, type, facts, now }: ArrivedEvent & RecordFactsOptions): NewReceivedEvent {
  const outcome = facts.some(({ kind }) => kind !== "debit-reported") ? "recorded" : "irrelevant";
  return { id: eventId, type, outcome, receivedAt: now };
}

/** Records facts that the site itself has read from Stripe, so there is no event. Repeated calls are safe. */
export function recordFacts(db: Db, { facts, ...options }: { facts: Fact[] } & RecordFactsOptions): Promise<void> {
  return db.$transaction(async (tx) => {
    for (const fact of facts) await recordFact({ ...options, tx }, fact);
  });
}

/**
 * `question`: the follow-up that Stripe was asked. `facts`: Stripe's answer. `askAgainAt`: when to ask again if the
 * answer is incomplete; null if it is complete.
 */
export type FollowUpAnswer = { facts: Fact[]; question: { key: string; after: Date }; askAgainAt: Date | null };

/**
 * Writes the facts of several answers in one transaction. Deletes each follow-up whose answer is complete, and
 * postpones the others. Repeated calls are safe.
 */
export function recordFollowUpAnswers(db: Db, answers: (FollowUpAnswer & RecordFactsOptions)[]): Promise<undefined[]> {
  return db.$transaction(async (tx) => {
    for (const { facts, question, askAgainAt, ...options } of answers) {
      for (const fact of facts) await recordFact({ ...options, answeredFollowUpKey: question.key, tx }, fact);
      await (askAgainAt ? postponeFollowUp(tx, { ...question, newAfter: askAgainAt }) : endFollowUp(tx, question));
    }
    return answers.map(() => undefined);
  });
}

function recordFact(context: LedgerContext, fact: Fact): Promise<void> {
  switch (fact.kind) {
    case "single-payment":
      return recordPaymentOfSingleGift(context, fact);
    case "recurring-payment":
      return recordRecurringPayment(context, fact);
    case "payment-linked":
      return linkPaymentToIntent(context, fact);
    case "payment-charged":
      return recordPaymentChargeId(context, fact);
    case "debit-reported":
      return queueFollowUp(context, `debit:${fact.paymentIntentId}`);
    case "attempt-failed":
      return recordFailedAttempt(context, fact);
    case "attempt-explained":
      return recordFailedAttemptCode(context, fact);
    case "renewal-upcoming":
      return queueUpcomingRenewalMail(context, fact);
    case "refund":
      return recordRefund(context, fact);
    case "dispute":
      return recordDispute(context, fact);
    case "evidence-left":
      return recordEvidenceNotErased(context, fact);
    case "balance-moved":
      return recordBalanceTransaction(context, fact);
    case "payout":
      return recordPayout(context, fact);
    case "payout-listed":
      return recordPayoutEntries(context, fact);
    case "customer-deleted":
    case "customer-corrected":
    case "card-replaced":
      return scheduleGiftFetchesOfCustomer(context, fact);
    case "recurring-gift-changed":
      return recordRecurringGift(context, fact);
    case "checkout-closed":
      return recordCheckoutClosed(context, fact);
  }
}

async function recordCheckoutClosed(
  context: LedgerContext,
  fact: Extract<Fact, { kind: "checkout-closed" }>,
): Promise<void> {
  await recordClosedCheckout(context.tx, { ...fact, giftId: fact.origin.giftId });
  if (fact.recurring) await recordRecurringGiftSupporter(context, { ...fact, recurring: fact.recurring });
}
