// Finds the balance transactions that are in no automatic payout yet, and marks those that a payout takes.
import type { Sql } from "./database";

/**
 * Available balance transactions in no automatic payout. A manual payout is one of them, with a negative amount. The index holds no others,
 * so a payout takes as long as its own transactions need, however many were paid out before.
 */
const UNPAID = `WHERE account = ? AND kind = 'balance_transaction' AND payout IS NULL
  AND json_extract(json, '$.available_on') <= ?`;
export const LIST_UNPAID = `SELECT json_extract(json, '$.currency') AS currency, sum(json_extract(json, '$.net')) AS amount
  FROM objects ${UNPAID} GROUP BY 1 ORDER BY 1`;
export const MARK_PAID_OUT = `UPDATE objects SET payout = ? ${UNPAID} AND json_extract(json, '$.currency') = ?`;

export function openUnpaidBalance(sql: Sql) {
  return {
    /** Returns the available money that is in no payout, per currency. */
    listUnpaid(account: string, now: number): { currency: string; amount: number }[] {
      return sql(LIST_UNPAID).all(account, now) as { currency: string; amount: number }[];
    },

    markPaidOut(
      account: string,
      { payout, currency, until }: { payout: string; currency: string; until: number },
    ): void {
      sql(MARK_PAID_OUT).run(payout, account, until, currency);
    },
  };
}
