import "server-only";
import { notFound } from "next/navigation";
import type { AppealPartName } from "../../domain/appeal/appeal-parts";
import { discardUnsavedPart, saveAppealPart, storeUnsavedPart } from "../../domain/appeal/edit-appeal";
import type { FieldProblem, PublicationAndArticles, TextByFormField } from "../../domain/appeal/forms/fields";
import { appealPartFormFields, parseAppealPartForm, parseAppealPartName } from "../../domain/appeal/forms/part-form";
import { type AppealForStaff, findAppealDetails, findUnsavedForm } from "../../domain/appeal/read-appeal";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { publication } from "../../publication";
import { currentTime } from "../clock";
import { listArticles } from "../content";
import { database } from "../database";
import { type FlashMessage, readFlashMessage } from "../flash-message";
import { appealEditorTimeAndActRecorder, newsroomAppealPath, redirectWithFlashMessage } from "./answers";

export type AppealPartPageData = {
  appeal: AppealForStaff;
  part: AppealPartName;
  path: string;
  fields: TextByFormField;
  problems: FieldProblem[];
  /** The version of the appeal on which the form is based. */
  baseVersion: number;
  typed: { at: Date; isOutdated: boolean } | null;
  flash: Record<string, unknown> | null;
};

export function appealPartEditContext(): PublicationAndArticles {
  return { publication, articles: listArticles() };
}

type Asked = { id: string; part: string; path: string; colleague: Colleague };

/**
 * Returns the data for the page on which a colleague edits one part of an appeal. If the site asked for a second-factor
 * code when the form was sent, the page shows the sent fields again. Otherwise it shows this colleague's unsaved text,
 * or else the newest version. An unknown appeal or part gets a 404.
 */
export async function getAppealPartPageData({ id, part: name, path, colleague }: Asked): Promise<AppealPartPageData> {
  const db = await database();
  const appeal = await findAppealDetails(db, { id, by: colleague.id, now: currentTime() });
  const part = appeal && parseAppealPartName(name, appeal.content, publication.languages);
  if (!appeal || !part) notFound();
  const { content: newestContent, latest } = appeal;
  const typed = await findUnsavedForm(db, { id, part, by: colleague.id, newestContent });
  const note = await readFlashMessage(path);
  const read = typed && parseAppealPartForm(part, typed.fields, appealPartEditContext());
  return {
    ...{ appeal, part, path },
    fields: sentFields(note) ?? typed?.fields ?? appealPartFormFields(newestContent, part, appealPartEditContext()),
    problems: read?.kind === "refused" ? read.problems : [],
    baseVersion: typed && !typed.isOutdated ? typed.base : latest,
    typed,
    flash: note,
  };
}

/**
 * Returns the fields of the submitted form from the flash message; null if the message has none. The message keeps the
 * fields while the colleague must enter the second factor again (auth/with-signed-in-user.ts).
 */
function sentFields(note: FlashMessage | null): TextByFormField | null {
  const typed = note?.typed;
  if (typeof typed !== "object" || typed === null) return null;
  return Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, String(value)]));
}

/**
 * Handles the form of one part of an appeal. With `discard` in the field `do`, deletes the colleague's unsaved text.
 * With `keep`, stores the fields as unsaved text. With any other value, saves the part. If the part cannot be saved,
 * stores the fields as unsaved text.
 */
export async function handleAppealPartForm({ form, ...asked }: Asked & { form: URLSearchParams }): Promise<Response> {
  const { id, part: name, path, colleague } = asked;
  const db = await database();
  const pressed = appealEditorTimeAndActRecorder(colleague);
  const appeal = await findAppealDetails(db, { id, ...pressed });
  const part = appeal && parseAppealPartName(name, appeal.content, publication.languages);
  if (!appeal || !part)
    return redirectWithFlashMessage(appeal ? newsroomAppealPath(id) : "/newsroom/appeals", { refused: "not-found" });
  const { do: wanted, base: opened, ...fields } = Object.fromEntries(form);
  const base = versionOf(opened, appeal.latest);
  const typed = { id, part, base, fields, ...pressed };
  if (wanted === "discard") {
    await discardUnsavedPart(db, { id, part, by: pressed.by });
    return redirectWithFlashMessage(path, {});
  }
  const read = parseAppealPartForm(part, fields, appealPartEditContext());
  if (wanted === "keep" || read.kind === "refused") {
    await storeUnsavedPart(db, typed);
    return wanted === "keep" ? new Response(null, { status: 204 }) : redirectWithFlashMessage(path, {});
  }
  const saved = await saveAppealPart(db, { ...pressed, id, base, value: read.value });
  if (saved.kind === "saved")
    return redirectWithFlashMessage(path, { said: saved.isNew ? "saved" : "unchanged", number: saved.number });
  await storeUnsavedPart(db, typed);
  return redirectWithFlashMessage(path, { refused: saved.reason });
}

/** Returns the version number in `text`; the newest version if it is missing, malformed or unknown. */
function versionOf(text: string | undefined, latest: number): number {
  const number = /^\d{1,6}$/.test(text ?? "") ? Number(text) : latest;
  return number >= 1 && number <= latest ? number : latest;
}
