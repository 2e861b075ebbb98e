// Puts unsaved text into the preview of an appeal. Unsaved words appear even if they break a rule, so that an editor
// sees, for example, a headline that is too long. Other unsaved parts appear only if they are valid.

import type { AppealContent } from "./appeal-content";
import { type AppealPartName, parseWordsPartName, replaceAppealPart } from "./appeal-parts";
import type { PublicationAndArticles, TextByFormField } from "./forms/fields";
import { parseAppealPartForm } from "./forms/part-form";
import { readUncheckedAppealWords } from "./forms/words-form";

export type UnsavedAppealPartFields = { part: AppealPartName; fields: TextByFormField };

export function withUnsavedAppealParts(
  content: AppealContent,
  typed: readonly UnsavedAppealPartFields[],
  context: PublicationAndArticles,
): AppealContent {
  return typed.reduce((preview, { part, fields }) => {
    if (parseWordsPartName(part)) return replaceAppealPart(preview, { part, words: readUncheckedAppealWords(fields) });
    const read = parseAppealPartForm(part, fields, context);
    return read.kind === "value" ? replaceAppealPart(preview, read.value) : preview;
  }, content);
}
