// The newest version of an appeal with what one colleague typed and has not saved, as its preview shows it. Words are shown even while
// they break a rule, because an editor must see that a headline is too long; other parts only once they keep the rules.
import type { AppealContent } from "./appeal-content";
import { type PartName, readWordsPart, withPart } from "./appeal-parts";
import { type Fields, type FormContext, readPart } from "./forms/part-form";
import { draftOf } from "./forms/words-form";

export type TypedPart = { part: PartName; fields: Fields };

export function withTyped(content: AppealContent, typed: readonly TypedPart[], context: FormContext): AppealContent {
  return typed.reduce((drawn, { part, fields }) => {
    if (readWordsPart(part)) return withPart(drawn, { part, words: draftOf(fields) });
    const read = readPart(part, fields, context);
    return read.kind === "value" ? withPart(drawn, read.value) : drawn;
  }, content);
}
