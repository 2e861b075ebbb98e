import type { Dispute, RecurringNote, StaffRequest } from "../../../generated/sqlite/client";
import type { Db } from "../../database";
import { type Money, moneyOf } from "../../money";
import { type OwnRecurringGift, ownRecurringGift } from "../../supporters/own-recurring-gifts";
import { findPaymentForStaff, type PaymentForStaff } from "../people/payment";
import { selectRequestsFromColleaguesAbout } from "../people/store/requests-from-colleagues";
import { type DisputeReason, disputeReasonOf } from "./dispute-reasons";
import {
  findDisputeRow,
  findGiftAndRecurringGift,
  selectEarlierPaymentsOfSameGift,
  selectRecurringGiftChanges,
  selectSentPaymentConfirmationMails,
  selectSimilarPayments,
} from "./store/case";

/**
 * `asked`: the bank waits for evidence. `with-bank`: evidence was submitted. `closed`: ended without a decision.
 * `other`: a status that the site does not know.
 */
export type DisputePhase = "asked" | "with-bank" | "won" | "lost" | "closed" | "other";

export type CaseEvent = { at: Date } & (
  | { kind: "form" | "payment" | "earlier"; money: Money }
  | { kind: "mail"; mail: string }
  | ChangeEvent
);
/**
 * A change of the recurring gift. `money` and `before`: the amount of one payment after and before the change; null if
 * Stripe's report of the change had none.
 */
type ChangeEvent = {
  kind: "change";
  change: string;
  by: string | null;
  money: Money | null;
  before: Money | null;
  /**
   * The day on which a pause ends, or to which a payment was moved. Null for a pause without an end, and for any other
   * kind of change.
   */
  until: Date | null;
};

export type DisputeCase = {
  id: string;
  phase: DisputePhase;
  status: string;
  /** True if the bank only has a question and has not taken the money back. */
  isInquiry: boolean;
  reason: DisputeReason;
  money: Money;
  openedAt: Date;
  /** Stripe's deadline for evidence; null if Stripe has set none. */
  answerBy: Date | null;
  payment: PaymentForStaff;
  gift: OwnRecurringGift | null;
  /**
   * When the recurring gift was cancelled. If it ended without a cancellation, when it ended. Null if it still runs, or
   * if the payment belongs to no recurring gift.
   */
  giftEndedAt: Date | null;
  events: CaseEvent[];
  /**
   * Another payment of the supporter with the same amount, at most a week before or after. If there are several, this
   * is the nearest in time. Null if the ledger has no such payment.
   */
  similarPayment: { chargeId: string; paidAt: Date } | null;
  requests: StaffRequest[];
};

const LIKE_WITHIN_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Returns the dispute with its payment and history. Returns null if the dispute is unknown, or its payment is not in
 * the ledger.
 */
export async function findDisputeCase(db: Db, id: string): Promise<DisputeCase | null> {
  const dispute = await findDisputeRow(db, id);
  const payment = dispute?.paymentId ? await findPaymentForStaff(db, dispute.paymentId) : null;
  if (!dispute || !payment) return null;
  const { status, openedAt, answerBy, reason } = dispute;
  return {
    id,
    phase: disputePhaseOf(dispute),
    status,
    isInquiry: status.startsWith("warning_"),
    reason: disputeReasonOf(reason),
    money: moneyOf(dispute.amountMinor, dispute.currency),
    openedAt,
    answerBy,
    payment,
    ...(await findHistory(db, payment)),
    requests: await selectRequestsFromColleaguesAbout(db, `dispute:${id}`),
  };
}

const FATES: Record<string, DisputePhase> = {
  needs_response: "asked",
  warning_needs_response: "asked",
  under_review: "with-bank",
  warning_under_review: "with-bank",
  won: "won",
  lost: "lost",
  warning_closed: "closed",
  prevented: "closed",
};

export function disputePhaseOf({ status }: Pick<Dispute, "status">): DisputePhase {
  return FATES[status] ?? "other";
}

/**
 * Returns when the gift was cancelled. Returns null if it was not, or the cancellation was undone. `notes`: newest
 * first.
 */
function cancelledAt(notes: Pick<RecurringNote, "kind" | "notedAt">[]): Date | null {
  const last = notes.find(({ kind }) => kind === "cancelled" || kind === "undone");
  return last?.kind === "cancelled" ? last.notedAt : null;
}

function changeOf({ kind: change, by, currency, amountMinor, beforeMinor, until }: RecurringNote): ChangeEvent {
  const moneyIn = (minor: bigint | null) => (minor !== null && currency ? moneyOf(minor, currency) : null);
  return { kind: "change", change, by, money: moneyIn(amountMinor), before: moneyIn(beforeMinor), until };
}

async function findHistory(db: Db, { row }: PaymentForStaff) {
  const near = { from: new Date(+row.paidAt - LIKE_WITHIN_MS), before: new Date(+row.paidAt + LIKE_WITHIN_MS) };
  const [[form, recurring], earlier, mails, likes] = await Promise.all([
    findGiftAndRecurringGift(row, db),
    selectEarlierPaymentsOfSameGift(db, row),
    selectSentPaymentConfirmationMails(db, row.id),
    selectSimilarPayments(db, row, near),
  ]);
  const notes = recurring ? await selectRecurringGiftChanges(db, recurring.subscriptionId) : [];
  const money = moneyOf(row.amountMinor, row.currency);
  const events: CaseEvent[] = [
    ...(form ? [{ at: form.createdAt, kind: "form" as const, money: moneyOf(form.amountMinor, form.currency) }] : []),
    ...earlier.map(({ paidAt, amountMinor, currency }) => ({
      ...{ at: paidAt, kind: "earlier" as const },
      money: moneyOf(amountMinor, currency),
    })),
    { at: row.paidAt, kind: "payment", money },
    ...mails.flatMap(({ kind: mail, sentAt }) => (sentAt ? [{ at: sentAt, kind: "mail" as const, mail }] : [])),
    ...notes.map((note) => ({ at: note.notedAt, ...changeOf(note) })),
  ];
  const like = likes
    .flatMap(({ chargeId, paidAt }) => (chargeId ? [{ chargeId, paidAt }] : []))
    .toSorted((a, b) => Math.abs(+a.paidAt - +row.paidAt) - Math.abs(+b.paidAt - +row.paidAt))[0];
  return {
    gift: recurring && ownRecurringGift(recurring),
    giftEndedAt: cancelledAt(notes) ?? recurring?.endedAt ?? null,
    events: events.toSorted((a, b) => +a.at - +b.at),
    similarPayment: like ?? null,
  };
}
