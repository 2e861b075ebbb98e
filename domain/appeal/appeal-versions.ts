import type { Db, Tx } from "../database";
import { type AppealContent, parseAppealContent } from "./appeal-content";
import { appealStateOf } from "./appeal-state";
import { editLockStateFor, takeOrExtendLock } from "./edit-lock";
import {
  type AppealRow,
  findAppealRow,
  findVersionRow,
  insertAppealVersion,
  updateAppealIfUnchanged,
} from "./store/appeals";

export type AppealEditorAndTime = { by: string; now: Date };

/**
 * `held`: another colleague holds the lock. `not-editing`: nobody holds it, so this colleague must take it first.
 * `ended`: an ended appeal can only be copied. `changed`: the change does not fit the newest version, or another
 * request has changed the appeal in the meantime.
 */
export type AppealEditRefusal = { kind: "refused"; reason: "not-found" | "held" | "not-editing" | "ended" | "changed" };

export type SaveVersionResult = { kind: "saved"; number: number; isNew: boolean } | AppealEditRefusal;

export type AppealOpenForEditing = { kind: "open"; row: AppealRow; content: AppealContent };

/**
 * Returns the appeal with its newest version, for a change by `editor`. Refuses if the appeal does not exist or has
 * ended, or if the editor does not hold its lock.
 */
export async function findEditableAppeal(
  tx: Tx,
  id: string,
  editor: AppealEditorAndTime,
): Promise<AppealOpenForEditing | AppealEditRefusal> {
  const row = await findAppealRow(tx, id);
  if (!row) return refusedAppealEdit("not-found");
  if (appealStateOf(row, editor.now) === "ended") return refusedAppealEdit("ended");
  const { kind } = editLockStateFor(row, editor);
  if (kind !== "own") return refusedAppealEdit(kind === "held" ? "held" : "not-editing");
  return { kind: "open", row, content: await getVersionContent(tx, { appealId: id, number: row.latest }) };
}

type NewVersion = {
  content: AppealContent;
  kind: "edited" | "rolled-back";
  detail: string;
  editor: AppealEditorAndTime;
};

export async function addAppealVersion(
  tx: Tx,
  { row, content: newest }: Pick<AppealOpenForEditing, "row" | "content">,
  { content, kind, detail, editor }: NewVersion,
): Promise<SaveVersionResult> {
  const { by, now } = editor;
  const text = JSON.stringify(content);
  const lock = editLockStateFor(row, editor).kind === "own" ? takeOrExtendLock(row, editor) : {};
  if (text === JSON.stringify(newest)) {
    await updateAppealIfUnchanged(tx, row, lock);
    return { kind: "saved", number: row.latest, isNew: false };
  }
  const number = row.latest + 1;
  if (!(await updateAppealIfUnchanged(tx, row, { latest: number, ...lock }))) return refusedAppealEdit("changed");
  await insertAppealVersion(tx, { appealId: row.id, number, at: now, by, kind, detail, content: text });
  return { kind: "saved", number, isNew: true };
}

/** Returns the content of a version. Throws an error if the version does not exist or cannot be read. */
export async function getVersionContent(
  tx: Tx | Db,
  key: { appealId: string; number: number },
): Promise<AppealContent> {
  const row = await findVersionRow(tx, key);
  const content = row && parseAppealContent(row.content);
  if (!content) throw new Error(`version ${key.number} of appeal ${key.appealId} cannot be read`);
  return content;
}

export function refusedAppealEdit(reason: AppealEditRefusal["reason"]): AppealEditRefusal {
  return { kind: "refused", reason };
}
