// Removes objects. A deleted customer leaves a tombstone, because other objects refer to it.
import type Stripe from "stripe";
import { type PrepareSql, parseJsonColumn } from "./database";

export type DeletedStripeObject = Stripe.DeletedCustomer;

export function tombstoneQueries(sql: PrepareSql) {
  return {
    replaceWithTombstone(account: string, gone: DeletedStripeObject): void {
      const text =
        "UPDATE objects SET kind = 'gone', json = ?, internal_state = NULL, due_at = NULL WHERE account = ? AND id = ?";
      sql(text).run(JSON.stringify(gone), account, gone.id);
    },

    findTombstone(account: string, id: string): DeletedStripeObject | null {
      const row = sql("SELECT json FROM objects WHERE account = ? AND id = ? AND kind = 'gone'").get(account, id);
      return row ? parseJsonColumn(row) : null;
    },

    drop(account: string, id: string): void {
      sql("DELETE FROM objects WHERE account = ? AND id = ?").run(account, id);
    },
  };
}
