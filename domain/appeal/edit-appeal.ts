// An editor's work before publishing: creating an appeal, taking the lock and saving parts. Each saved change is a new version.
// A form that could not be saved is also kept.
import type { Db, Tx } from "../database";
import { type AppealContent, parseContent } from "./appeal-content";
import { type PartValue, textOfPart, withPart } from "./appeal-parts";
import { stateOf } from "./appeal-state";
import {
  addVersion,
  type Editor,
  type EditRefusal,
  openForEditing,
  refusedEdit,
  type SaveResult,
} from "./appeal-versions";
import { lockFor, NO_LOCK, standingOf } from "./edit-lock";
import type { NoteAct } from "./note-act";
import { changeAppeal, deleteDraft, findAppealRow, findVersionRow, insertAppeal, saveDraft } from "./store/appeals";

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
  editor: Editor,
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

/** Takes the appeal's lock. `note`: the reason, which is required if another colleague holds the lock. */
export function startEditing(
  db: Db,
  { id, note, noteAct, ...editor }: Editor & { id: string; note: string; noteAct: NoteAct },
): Promise<{ kind: "editing" } | EditRefusal> {
  return db.$transaction(async (tx) => {
    const row = await findAppealRow(tx, id);
    if (!row) return refusedEdit("not-found");
    if (stateOf(row, editor.now) === "ended") return refusedEdit("ended");
    const standing = standingOf(row, editor);
    if (standing.kind === "held" && note === "") return refusedEdit("held");
    if (!(await changeAppeal(tx, row, lockFor(row, editor)))) return refusedEdit("changed");
    if (standing.kind === "held")
      await noteAct(tx, {
        kind: "appeal-taken-over",
        about: `appeal:${id}`,
        before: { by: standing.by },
        reason: note,
      });
    return { kind: "editing" };
  });
}

/** Releases the appeal's lock if this editor holds it. */
export async function stopEditing(db: Db, { id, ...editor }: Editor & { id: string }): Promise<void> {
  await db.$transaction(async (tx) => {
    const row = await findAppealRow(tx, id);
    if (row && standingOf(row, editor).kind === "own") await changeAppeal(tx, row, NO_LOCK);
  });
}

/**
 * Saves one part of the appeal as a new version. `base`: the version from which the form was opened. Refuses as `changed` if
 * the same part was saved after `base`, for example in another tab. Changes of other parts do not matter.
 */
export function savePart(
  db: Db,
  { id, base, value, ...editor }: Editor & { id: string; base: number; value: PartValue },
): Promise<SaveResult> {
  return db.$transaction(async (tx) => {
    const open = await openForEditing(tx, id, editor);
    if (open.kind === "refused") return open;
    if (textOfPart(withPart(open.content, value), value.part) === textOfPart(open.content, value.part)) {
      await deleteDraft(tx, { appealId: id, part: value.part, by: editor.by });
      return { kind: "saved", number: open.row.latest, isNew: false };
    }
    const based = await findVersionRow(tx, { appealId: id, number: base });
    const old = based && parseContent(based.content);
    if (!old || textOfPart(old, value.part) !== textOfPart(open.content, value.part)) return refusedEdit("changed");
    const saved = await addVersion(tx, open, {
      content: withPart(open.content, value),
      kind: "edited",
      detail: value.part,
      editor,
    });
    if (saved.kind === "saved") await deleteDraft(tx, { appealId: id, part: value.part, by: editor.by });
    return saved;
  });
}

export type TypedPart = { id: string; part: string; base: number; fields: Record<string, string> };

/** Stores a form as typed, even if the editor has lost the lock. */
export async function keepTyped(db: Db, { id, part, base, fields, by, now }: Editor & TypedPart): Promise<void> {
  await db.$transaction(async (tx) => {
    const row = await findAppealRow(tx, id);
    if (!row) return;
    await saveDraft(tx, { appealId: id, part, by, at: now, base, fields: JSON.stringify(fields) });
    if (standingOf(row, { by, now }).kind === "own") await changeAppeal(tx, row, lockFor(row, { by, now }));
  });
}

export async function discardTyped(db: Db, { id, part, by }: { id: string; part: string; by: string }): Promise<void> {
  await db.$transaction((tx) => deleteDraft(tx, { appealId: id, part, by }));
}
