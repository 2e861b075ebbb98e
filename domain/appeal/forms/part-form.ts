import type { AppealContent } from "../appeal-content";
import { type PartName, type PartValue, parseWordsPartName, SIMPLE_PARTS } from "../appeal-parts";
import type { Fields, FormContext, ReadPart } from "./fields";
import { goalFormFields, readGoal } from "./goal-form";
import { mannersFormFields, readManners } from "./manners-form";
import { presetsFormFields, readPresets } from "./presets-form";
import { quietFormFields, readQuiet } from "./quiet-form";
import { readWords, wordsFormFields } from "./words-form";

export function parsePartName(part: string, content: AppealContent, languages: readonly string[]): PartName | null {
  const simple = SIMPLE_PARTS.find((each) => each === part);
  if (simple) return simple;
  const named = parseWordsPartName(part);
  const isKnown =
    named && languages.includes(named.language) && content.variants.some(({ id }) => id === named.variant);
  return isKnown ? (part as PartName) : null;
}

export function fieldsOfPart(content: AppealContent, part: PartName, context: FormContext): Fields {
  const named = parseWordsPartName(part);
  if (named)
    return wordsFormFields(content.variants.find(({ id }) => id === named.variant)?.words[named.language] ?? null);
  if (part === "presets") return presetsFormFields(content.presets);
  if (part === "quiet") return quietFormFields(content.quiet, context.articles);
  return part === "manners" ? mannersFormFields(content.manners) : goalFormFields(content.goal);
}

export function readPart(part: PartName, fields: Fields, context: FormContext): ReadPart<PartValue> {
  const { publication, articles } = context;
  if (part === "presets") return withName(readPresets(fields, publication), (presets) => ({ part, presets }));
  if (part === "quiet") return withName(readQuiet(fields, articles), (quiet) => ({ part, quiet }));
  if (part === "manners") return withName(readManners(fields), (manners) => ({ part, manners }));
  if (part === "goal") return withName(readGoal(fields, publication), (goal) => ({ part, goal }));
  return withName(readWords(fields, publication), (words) => ({ part, words }));
}

function withName<T>(read: ReadPart<T>, named: (value: T) => PartValue): ReadPart<PartValue> {
  return read.kind === "refused" ? read : { kind: "value", value: named(read.value) };
}
