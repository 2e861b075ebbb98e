import type { Db, Tx } from "../database";
import { type AppealContent, parseAppealContent } from "./appeal-content";
import { type AppealPartValue, replaceAppealPart, serializeAppealPart } from "./appeal-parts";
import { appealStateOf } from "./appeal-state";
import {
  type AppealEditorAndTime,
  type AppealEditRefusal,
  addAppealVersion,
  findEditableAppeal,
  refusedAppealEdit,
  type SaveVersionResult,
} from "./appeal-versions";
import type { RecordAppealChangeInAuditLog } from "./audit-log-recorder";
import { editLockStateFor, NO_LOCK, takeOrExtendLock } from "./edit-lock";
import {
  deleteUnsavedAppealPartRow,
  findAppealRow,
  findVersionRow,
  insertAppeal,
  updateAppealIfUnchanged,
  upsertAppealDraft,
} from "./store/appeals";

export type NewAppeal = {
  id: string;
  name: string;
  content: AppealContent;
  kind: "first" | "copied";
  detail?: string;
};

export async function createAppeal(
  tx: Tx,
  { id, name, content, kind, detail }: NewAppeal,
  editor: AppealEditorAndTime,
): Promise<void> {
  const { by, now } = editor;
  const never = {
    published: null,
    publishedAt: null,
    publishedBy: null,
    startsAt: null,
    endsAt: null,
    endedAt: null,
    endedBy: null,
  };
  const appeal = { id, name, createdAt: now, createdBy: by, latest: 1, ...never, notedState: "draft", ...NO_LOCK };
  const version = {
    appealId: id,
    number: 1,
    at: now,
    by,
    kind,
    detail: detail ?? null,
    content: JSON.stringify(content),
  };
  await insertAppeal(tx, appeal, version);
}

/**
 * Takes the edit lock. If another colleague holds it, takes it over only with a reason: `takeoverReason` must then not
 * be "".
 */
export function takeEditLock(
  db: Db,
  {
    id,
    takeoverReason,
    recordAct,
    ...editor
  }: AppealEditorAndTime & { id: string; takeoverReason: string; recordAct: RecordAppealChangeInAuditLog },
): Promise<{ kind: "editing" } | AppealEditRefusal> {
  return db.$transaction(async (tx) => {
    const row = await findAppealRow(tx, id);
    if (!row) return refusedAppealEdit("not-found");
    if (appealStateOf(row, editor.now) === "ended") return refusedAppealEdit("ended");
    const standing = editLockStateFor(row, editor);
    if (standing.kind === "held" && takeoverReason === "") return refusedAppealEdit("held");
    if (!(await updateAppealIfUnchanged(tx, row, takeOrExtendLock(row, editor)))) return refusedAppealEdit("changed");
    if (standing.kind === "held")
      await recordAct(tx, {
        kind: "appeal-taken-over",
        about: `appeal:${id}`,
        before: { by: standing.by },
        reason: takeoverReason,
      });
    return { kind: "editing" };
  });
}

export async function releaseEditLock(db: Db, { id, ...editor }: AppealEditorAndTime & { id: string }): Promise<void> {
  await db.$transaction(async (tx) => {
    const row = await findAppealRow(tx, id);
    if (row && editLockStateFor(row, editor).kind === "own") await updateAppealIfUnchanged(tx, row, NO_LOCK);
  });
}

/**
 * Saves a part of the appeal as a new version. Adds no version if the part already has this value. `base`: the version
 * that the form showed. Refuses if the part has changed to another value since that version.
 */
export function saveAppealPart(
  db: Db,
  { id, base, value, ...editor }: AppealEditorAndTime & { id: string; base: number; value: AppealPartValue },
): Promise<SaveVersionResult> {
  return db.$transaction(async (tx) => {
    const open = await findEditableAppeal(tx, id, editor);
    if (open.kind === "refused") return open;
    if (
      serializeAppealPart(replaceAppealPart(open.content, value), value.part) ===
      serializeAppealPart(open.content, value.part)
    ) {
      await deleteUnsavedAppealPartRow(tx, { appealId: id, part: value.part, by: editor.by });
      return { kind: "saved", number: open.row.latest, isNew: false };
    }
    const based = await findVersionRow(tx, { appealId: id, number: base });
    const old = based && parseAppealContent(based.content);
    if (!old || serializeAppealPart(old, value.part) !== serializeAppealPart(open.content, value.part))
      return refusedAppealEdit("changed");
    const saved = await addAppealVersion(tx, open, {
      content: replaceAppealPart(open.content, value),
      kind: "edited",
      detail: value.part,
      editor,
    });
    if (saved.kind === "saved") await deleteUnsavedAppealPartRow(tx, { appealId: id, part: value.part, by: editor.by });
    return saved;
  });
}

export type UnsavedAppealPart = { id: string; part: string; base: number; fields: Record<string, string> };

/**
 * Stores the form of one part of an appeal as the editor typed it, even if the editor has lost the appeal's lock.
 * Extends the lock if the editor still holds it.
 */
export async function storeUnsavedPart(
  db: Db,
  { id, part, base, fields, by, now }: AppealEditorAndTime & UnsavedAppealPart,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const row = await findAppealRow(tx, id);
    if (!row) return;
    await upsertAppealDraft(tx, { appealId: id, part, by, at: now, base, fields: JSON.stringify(fields) });
    if (editLockStateFor(row, { by, now }).kind === "own")
      await updateAppealIfUnchanged(tx, row, takeOrExtendLock(row, { by, now }));
  });
}

export async function discardUnsavedPart(
  db: Db,
  { id, part, by }: { id: string; part: string; by: string },
): Promise<void> {
  await db.$transaction((tx) => deleteUnsavedAppealPartRow(tx, { appealId: id, part, by }));
}
