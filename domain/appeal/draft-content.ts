// The content that an appeal's preview shows: its newest version with one colleague's unsaved changes. Unsaved words appear
// even if they break a rule, so that an editor sees, for example, what a headline that is too long looks like. Other unsaved
// parts appear only if they are valid.
import type { AppealContent } from "./appeal-content";
import { type PartName, parseWordsPartName, withPartValue } from "./appeal-parts";
import { type Fields, type FormContext, readPart } from "./forms/part-form";
import { uncheckedWordsFrom } from "./forms/words-form";

export type UnsavedPartFields = { part: PartName; fields: Fields };

export function withUnsavedParts(
  content: AppealContent,
  typed: readonly UnsavedPartFields[],
  context: FormContext,
): AppealContent {
  return typed.reduce((preview, { part, fields }) => {
    if (parseWordsPartName(part)) return withPartValue(preview, { part, words: uncheckedWordsFrom(fields) });
    const read = readPart(part, fields, context);
    return read.kind === "value" ? withPartValue(preview, read.value) : preview;
  }, content);
}
