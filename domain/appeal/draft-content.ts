// The content that an appeal's preview shows: its newest version with one colleague's unsaved changes. Unsaved words appear
// even if they break a rule, so that an editor sees, for example, what a headline that is too long looks like. Other unsaved
// parts appear only if they are valid.
import type { AppealContent } from "./appeal-content";
import { type PartName, readWordsPart, withPart } from "./appeal-parts";
import { type Fields, type FormContext, readPart } from "./forms/part-form";
import { draftOf } from "./forms/words-form";

export type TypedPart = { part: PartName; fields: Fields };

export function withTyped(content: AppealContent, typed: readonly TypedPart[], context: FormContext): AppealContent {
  return typed.reduce((preview, { part, fields }) => {
    if (readWordsPart(part)) return withPart(preview, { part, words: draftOf(fields) });
    const read = readPart(part, fields, context);
    return read.kind === "value" ? withPart(preview, read.value) : preview;
  }, content);
}
