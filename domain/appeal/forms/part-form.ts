import type { AppealContent } from "../appeal-content";
import {
  APPEAL_PARTS_BESIDES_WORDS,
  type AppealPartName,
  type AppealPartValue,
  parseWordsPartName,
} from "../appeal-parts";
import type { ParseAppealPartResult, PublicationAndArticles, TextByFormField } from "./fields";
import { goalFormFields, parseGoalForm } from "./goal-form";
import { mannersFormFields, parseMannersForm } from "./manners-form";
import { parsePlacesWithoutBannerForm, placesWithoutBannerFormFields } from "./places-without-banner-form";
import { parsePresetsForm, presetsFormFields } from "./presets-form";
import { parseWordsForm, wordsFormFields } from "./words-form";

export function parseAppealPartName(
  part: string,
  content: AppealContent,
  languages: readonly string[],
): AppealPartName | null {
  const simple = APPEAL_PARTS_BESIDES_WORDS.find((each) => each === part);
  if (simple) return simple;
  const named = parseWordsPartName(part);
  const isKnown =
    named && languages.includes(named.language) && content.variants.some(({ id }) => id === named.variant);
  return isKnown ? (part as AppealPartName) : null;
}

export function appealPartFormFields(
  content: AppealContent,
  part: AppealPartName,
  context: PublicationAndArticles,
): TextByFormField {
  const named = parseWordsPartName(part);
  if (named)
    return wordsFormFields(content.variants.find(({ id }) => id === named.variant)?.words[named.language] ?? null);
  if (part === "presets") return presetsFormFields(content.presets);
  if (part === "quiet") return placesWithoutBannerFormFields(content.quiet, context.articles);
  return part === "manners" ? mannersFormFields(content.manners) : goalFormFields(content.goal);
}

export function parseAppealPartForm(
  part: AppealPartName,
  fields: TextByFormField,
  context: PublicationAndArticles,
): ParseAppealPartResult<AppealPartValue> {
  const { publication, articles } = context;
  if (part === "presets") return withName(parsePresetsForm(fields, publication), (presets) => ({ part, presets }));
  if (part === "quiet") return withName(parsePlacesWithoutBannerForm(fields, articles), (quiet) => ({ part, quiet }));
  if (part === "manners") return withName(parseMannersForm(fields), (manners) => ({ part, manners }));
  if (part === "goal") return withName(parseGoalForm(fields, publication), (goal) => ({ part, goal }));
  return withName(parseWordsForm(fields, publication), (words) => ({ part, words }));
}

function withName<T>(
  read: ParseAppealPartResult<T>,
  named: (value: T) => AppealPartValue,
): ParseAppealPartResult<AppealPartValue> {
  return read.kind === "refused" ? read : { kind: "value", value: named(read.value) };
}
