// Balance transactions that are in no automatic payout yet.
import type { Sql } from "./database";

/** Balance transactions in no automatic payout; a manual payout is itself such a transaction. */
const UNPAID = `FROM objects WHERE account = ? AND kind = 'balance_transaction' AND payout IS NULL
  AND json_extract(json, '$.available_on') <= ?`;

export function openBalance(sql: Sql) {
  return {
    /** Money that is available and in no payout, per currency. */
    listUnpaid(account: string, now: number): { currency: string; amount: number }[] {
      const text = `SELECT json_extract(json, '$.currency') AS currency, sum(json_extract(json, '$.net')) AS amount
        ${UNPAID} GROUP BY 1 ORDER BY 1`;
      return sql(text).all(account, now) as { currency: string; amount: number }[];
    },

    markPaidOut(
      account: string,
      { payout, currency, until }: { payout: string; currency: string; until: number },
    ): void {
      const which = `SELECT id ${UNPAID} AND json_extract(json, '$.currency') = ?`;
      sql(`UPDATE objects SET payout = ? WHERE account = ? AND id IN (${which})`).run(
        payout,
        account,
        account,
        until,
        currency,
      );
    },
  };
}
