import type { StripeObjectKind } from "../objects";
import type { PrepareSql } from "./database";

export type DueObject = {
  account: string;
  kind: StripeObjectKind;
  id: string;
  dueAt: number;
};

export function dueObjectQueries(sql: PrepareSql) {
  return {
    /**
     * Returns the next object that is due by the time `until` on the test clock `clock`. If `clock` is null, uses the
     * account's own clock.
     */
    nextDue(account: string, clock: string | null, until: number): DueObject | undefined {
      const text = `SELECT account, kind, id, due_at AS dueAt FROM objects
        WHERE account = ? AND clock IS ? AND due_at IS NOT NULL AND due_at <= ? ORDER BY due_at, seq LIMIT 1`;
      return sql(text).get(account, clock, until) as DueObject | undefined;
    },

    dueAtOf(account: string, id: string): number | null {
      const row = sql("SELECT due_at AS dueAt FROM objects WHERE account = ? AND id = ?").get(account, id);
      return (row as Pick<DueObject, "dueAt"> | undefined)?.dueAt ?? null;
    },

    /**
     * Deletes the object's due time, so that the clock ignores the object until somebody writes it again with a new due
     * time.
     */
    forgetDue(account: string, id: string): void {
      sql("UPDATE objects SET due_at = NULL WHERE account = ? AND id = ?").run(account, id);
    },

    /** Returns the test clocks that are being advanced, including those whose advance a restart interrupted. */
    listAdvancing(): { account: string; id: string; target: number }[] {
      const target = "json_extract(json, '$.status_details.advancing.target_frozen_time')";
      const text = `SELECT account, id, ${target} AS target FROM objects
        WHERE kind = 'test_helpers.test_clock' AND json_extract(json, '$.status') = 'advancing'`;
      return sql(text).all() as { account: string; id: string; target: number }[];
    },
  };
}
