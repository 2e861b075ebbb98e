import type { Db } from "../database";
import { type Money, moneyOf } from "../money";
import { selectDecidedDisputes, selectDisputesOfLedgerPayments, selectDisputesWithUnerasedEvidence } from "./store";

export type OpenDispute = {
  id: string;
  paymentId: string | null;
  money: Money;
  reason: string;
  openedAt: Date;
  /**
   * Stripe's deadline for evidence. Null if Stripe has set no deadline, or the newsroom has already submitted evidence.
   */
  answerBy: Date | null;
};

const WAITING_FOR_US = ["needs_response", "warning_needs_response"];
const WAITING_FOR_THE_BANK = ["under_review", "warning_under_review"];

/** Lists the undecided disputes of payments in the ledger, the nearest deadline first. */
export async function listUndecidedDisputes(db: Db): Promise<OpenDispute[]> {
  const rows = await selectDisputesOfLedgerPayments(db, [...WAITING_FOR_US, ...WAITING_FOR_THE_BANK]);
  const disputes = rows.map(({ id, paymentId, amountMinor, currency, reason, openedAt, answerBy, status }) => ({
    id,
    paymentId,
    money: moneyOf(amountMinor, currency),
    reason,
    openedAt,
    answerBy: WAITING_FOR_US.includes(status) ? answerBy : null,
  }));
  const pressing = ({ answerBy }: OpenDispute) => answerBy?.getTime() ?? Number.POSITIVE_INFINITY;
  return disputes.sort((a, b) => (pressing(a) === pressing(b) ? 0 : pressing(a) - pressing(b)));
}

/**
 * `names`: Stripe's names of the evidence fields that Stripe still holds. `answerBy`: the deadline of the dispute.
 * Until then, somebody could still send this evidence to the bank.
 */
export type UnerasedEvidence = { disputeId: string; names: string[]; leftAt: Date; answerBy: Date | null };

/**
 * Lists the evidence about erased supporters that Stripe refused to remove. Leaves out disputes that no longer need
 * evidence, because nobody can change their evidence any more.
 */
export async function listEvidenceLeftAfterErasure(db: Db): Promise<UnerasedEvidence[]> {
  const rows = await selectDisputesWithUnerasedEvidence(db, WAITING_FOR_US);
  return rows.flatMap(({ id: disputeId, evidenceLeft, evidenceLeftAt: leftAt, answerBy }) =>
    evidenceLeft && leftAt ? [{ disputeId, names: evidenceLeft.split(","), leftAt, answerBy }] : [],
  );
}

const DECIDED = ["won", "lost", "warning_closed", "prevented"];
/**
 * How long a decided dispute is listed, counted from its opening. Evidence is due within weeks, and a bank can take 75
 * days to decide.
 */
export const DECIDED_DISPUTES_OPENED_WITHIN_DAYS = 120;
const MAX_DECIDED = 10;

export type DecidedDispute = { id: string; money: Money; status: string; openedAt: Date };
/** `isMore`: true if more disputes were decided than are listed. */
export type DecidedDisputeList = { disputes: DecidedDispute[]; isMore: boolean };

/** Lists the decided disputes that were opened in the last 120 days, newest first, at most MAX_DECIDED. */
export async function listDecidedDisputes(db: Db, now: Date): Promise<DecidedDisputeList> {
  const openedFrom = new Date(now.getTime() - DECIDED_DISPUTES_OPENED_WITHIN_DAYS * 24 * 60 * 60 * 1000);
  const rows = await selectDecidedDisputes(db, { statuses: DECIDED, openedFrom, limit: MAX_DECIDED + 1 });
  const disputes = rows.slice(0, MAX_DECIDED).map(({ id, amountMinor, currency, status, openedAt }) => ({
    id,
    money: moneyOf(amountMinor, currency),
    status,
    openedAt,
  }));
  return { disputes, isMore: rows.length > MAX_DECIDED };
}
