// Gifts that a giver's bank asks for and that are not decided yet, the most pressing first.
import type { Db } from "../database";
import { type Money, moneyOf } from "../money";

export type OpenDispute = {
  id: string;
  money: Money;
  /** Stripe's word. */
  reason: string;
  openedAt: Date;
  /** By when evidence must be at Stripe; null where none is asked for, or it has been given. */
  answerBy: Date | null;
};

const WAITING_FOR_US = ["needs_response", "warning_needs_response"];
const WAITING_FOR_THE_BANK = ["under_review", "warning_under_review"];

/** Only disputes of our own payments; of those, not the decided. */
export async function listOpenDisputes(db: Db): Promise<OpenDispute[]> {
  const rows = await db.dispute.findMany({
    where: { paymentId: { not: null }, status: { in: [...WAITING_FOR_US, ...WAITING_FOR_THE_BANK] } },
    orderBy: { openedAt: "asc" },
  });
  const disputes = rows.map(({ id, amountMinor, currency, reason, openedAt, answerBy, status }) => ({
    id,
    money: moneyOf(amountMinor, currency),
    reason,
    openedAt,
    answerBy: WAITING_FOR_US.includes(status) ? answerBy : null,
  }));
  const pressing = ({ answerBy }: OpenDispute) => answerBy?.getTime() ?? Number.POSITIVE_INFINITY;
  return disputes.sort((a, b) => (pressing(a) === pressing(b) ? 0 : pressing(a) - pressing(b)));
}
