import type { Db } from "../database";
import { type AppealState, appealStateOf } from "./appeal-state";
import type { RecordAppealChangeInAuditLog } from "./audit-log-recorder";
import { NO_LOCK } from "./edit-lock";
import { listPublishedUnendedAppealRows, updateAppealIfUnchanged } from "./store/appeals";

/**
 * Writes to the audit log which appeals have started or ended at their set times, and releases the edit lock of those
 * that have ended. Safe to repeat, and to run on several servers at once.
 */
export async function recordStartedAndEndedAppeals(
  db: Db,
  { now, recordAct }: { now: Date; recordAct: RecordAppealChangeInAuditLog },
): Promise<void> {
  for (const row of await listPublishedUnendedAppealRows(db)) {
    const state = appealStateOf(row, now);
    if (state === row.notedState) continue;
    await db.$transaction(async (tx) => {
      const lock = state === "ended" ? NO_LOCK : {};
      if (!(await updateAppealIfUnchanged(tx, row, { notedState: state, ...lock }))) return;
      const values = { state, version: row.published };
      const act = { about: `appeal:${row.id}`, before: { state: row.notedState as AppealState }, after: values };
      await recordAct(tx, { kind: state === "ended" ? "appeal-ended" : "appeal-started", ...act });
    });
  }
}
