// Deleted objects: most leave nothing; of a customer a remainder stays for the objects that refer to it.
import type Stripe from "stripe";
import { readJson, type Sql } from "./database";

/** A deleted object that others may still name. */
export type Gone = Stripe.DeletedCustomer;

export function openRemovedObjects(sql: Sql) {
  return {
    /** Deletes an object that others may still name: only its id and the mark remain. */
    bury(account: string, gone: Gone): void {
      const text =
        "UPDATE objects SET kind = 'gone', json = ?, internal_state = NULL, due_at = NULL WHERE account = ? AND id = ?";
      sql(text).run(JSON.stringify(gone), account, gone.id);
    },

    findBuried(account: string, id: string): Gone | null {
      const row = sql("SELECT json FROM objects WHERE account = ? AND id = ? AND kind = 'gone'").get(account, id);
      return row ? readJson(row) : null;
    },

    drop(account: string, id: string): void {
      sql("DELETE FROM objects WHERE account = ? AND id = ?").run(account, id);
    },
  };
}
