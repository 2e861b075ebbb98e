import type { Tx } from "../database";
import type { AppealContent } from "./appeal-content";
import { appealStateOf } from "./appeal-state";
import {
  type AppealEditorAndTime,
  type AppealEditRefusal,
  getVersionContent,
  refusedAppealEdit,
} from "./appeal-versions";
import type { RecordAppealChangeInAuditLog } from "./audit-log-recorder";
import { editLockStateFor } from "./edit-lock";
import { wouldChangeArmWords } from "./experiment-words";
import { type AppealRow, findAppealRow } from "./store/appeals";

export type AppealChangeContext = AppealEditorAndTime & { id: string; recordAct: RecordAppealChangeInAuditLog };

export type AppealPublishingChangeResult = { kind: "changed" } | AppealEditRefusal;

/**
 * Returns the row of an appeal that the caller is about to publish, withdraw, end or roll back. Refuses if the appeal
 * does not exist or has ended, or if another colleague is editing it.
 */
export async function findChangeableAppealRow(
  tx: Tx,
  context: AppealChangeContext,
): Promise<AppealRow | AppealEditRefusal> {
  const row = await findAppealRow(tx, context.id);
  if (!row) return refusedAppealEdit("not-found");
  if (appealStateOf(row, context.now) === "ended") return refusedAppealEdit("ended");
  return editLockStateFor(row, context).kind === "held" ? refusedAppealEdit("held") : row;
}

export function appealPublishingStateForAuditLog(
  row: Pick<AppealRow, "published" | "startsAt" | "endsAt"> & AppealRow,
  now: Date,
) {
  const { published, startsAt, endsAt } = row;
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return { state: appealStateOf(row, now), version: published, startsAt: text(startsAt), endsAt: text(endsAt) };
}

export async function wouldPublishingChangeExperimentWords(
  tx: Tx,
  row: AppealRow,
  { content, now }: { content: AppealContent; now: Date },
): Promise<boolean> {
  if (row.published === null) return false;
  const from = await getVersionContent(tx, { appealId: row.id, number: row.published });
  return wouldChangeArmWords(tx, { appealId: row.id, now, from, to: content });
}
