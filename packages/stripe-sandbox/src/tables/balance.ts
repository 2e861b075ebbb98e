import type { PrepareSql } from "./database";

/**
 * Selects the available balance transactions that no automatic payout contains yet. Includes the negative balance
 * transactions of manual payouts. The index objects_unpaid contains only rows without a payout, so the query stays
 * fast.
 */
const UNPAID = `WHERE account = ? AND kind = 'balance_transaction' AND payout IS NULL
  AND json_extract(json, '$.available_on') <= ?`;
export const SELECT_AVAILABLE_BALANCE = `SELECT json_extract(json, '$.currency') AS currency, sum(json_extract(json, '$.net')) AS amount
  FROM objects ${UNPAID} GROUP BY 1 ORDER BY 1`;
export const MARK_BALANCE_PAID_OUT_SQL = `UPDATE objects SET payout = ? ${UNPAID} AND json_extract(json, '$.currency') = ?`;

export function availableBalanceQueries(sql: PrepareSql) {
  return {
    listAvailableBalances(account: string, now: number): { currency: string; amount: number }[] {
      return sql(SELECT_AVAILABLE_BALANCE).all(account, now) as { currency: string; amount: number }[];
    },

    markPaidOut(
      account: string,
      { payout, currency, until }: { payout: string; currency: string; until: number },
    ): void {
      sql(MARK_BALANCE_PAID_OUT_SQL).run(payout, account, until, currency);
    },
  };
}
