// A giver's bank asks for the money. A mere inquiry moves nothing; else Stripe takes the sum and a fee from the balance, and
// gives the sum back where the newsroom wins. What moved is known by Stripe's balance transactions alone.
import type { Dispute, Payment } from "../../generated/sqlite/client";
import { type Course, keepSurest } from "./certainty";
import { appendBalanceEntry, appendEntry } from "./entries";
import type { BalanceMoved, DisputeReported } from "./fact";
import { followUp } from "./follow-ups";
import type { Recording } from "./recording";

/** How far a dispute has come; Stripe never goes back. An appeal reopens what was lost. */
const COURSE: Course = [
  ["warning_needs_response"],
  ["warning_under_review"],
  ["warning_closed", "prevented"],
  ["needs_response"],
  ["under_review"],
  ["lost"],
  ["appeal_needs_response"],
  ["appeal_under_review"],
  ["won"],
];

/** Each turn of it is asked about, also one that is no news: it may have moved money. */
export async function recordDispute(recording: Recording, fact: DisputeReported): Promise<void> {
  const { tx, now } = recording;
  const { disputeId: id, paymentIntentId, money, status, reason, openedAt, answerBy } = fact;
  const sum = { amountMinor: BigInt(money.amountMinor), currency: money.currency };
  const made = { id, paymentIntentId, ...sum, status, reason, openedAt, answerBy, recordedAt: now };
  const { row } = await keepSurest(tx.dispute, COURSE, { made, news: { status, answerBy } });
  const payment = await tx.payment.findUnique({ where: { paymentIntentId } });
  if (payment) await adoptDispute(recording, payment, row);
}

/** Ties a dispute to its payment; what it moved is asked for. Safe to repeat. */
export async function adoptDispute(recording: Recording, payment: Payment, { id }: Dispute): Promise<void> {
  await recording.tx.dispute.update({ where: { id }, data: { paymentId: payment.id } });
  await followUp(recording, `dispute:${id}`);
}

/** What Stripe moved for a payment, a refund or a dispute. What is about no payment of ours is left alone. */
export async function recordBalance(recording: Recording, fact: BalanceMoved): Promise<void> {
  const { tx } = recording;
  const payment = await tx.payment.findUnique({ where: { paymentIntentId: fact.paymentIntentId } });
  if (!payment) return;
  await appendBalanceEntry(recording, payment, fact);
  if (fact.of !== "dispute" && fact.of !== "dispute-returned") return;
  const sum = BigInt(fact.money.amountMinor);
  const amountMinor = fact.of === "dispute" ? -sum : sum;
  const entry = {
    key: `${fact.of}:${fact.balanceTransactionId}`,
    kind: fact.of,
    amountMinor,
    occurredAt: fact.movedAt,
  };
  if (!(await appendEntry(recording, payment, entry))) return;
  const { disputedMinor } = await tx.payment.findUniqueOrThrow({ where: { id: payment.id } });
  await tx.payment.update({ where: { id: payment.id }, data: { disputedMinor: disputedMinor - amountMinor } });
}
