// Finds the balance transactions that are in no automatic payout yet, and marks those that a payout takes.
import type { Sql } from "./database";

/** Available balance transactions in no automatic payout. A manual payout is one of them, with a negative amount. */
const UNPAID = `FROM objects WHERE account = ? AND kind = 'balance_transaction' AND payout IS NULL
  AND json_extract(json, '$.available_on') <= ?`;

export function openUnpaidBalance(sql: Sql) {
  return {
    /** Returns the available money that is in no payout, per currency. */
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
