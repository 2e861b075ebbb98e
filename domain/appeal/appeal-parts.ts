import type { AppealContent } from "./appeal-content";
import type { AppealWords } from "./appeal-words";
import type { Goal } from "./goal";
import type { MannerSettings } from "./manner-choices";
import type { PlacesWithoutBanner } from "./places-without-banner";
import type { AppealPresetAmounts } from "./preset-choices";

export const APPEAL_PARTS_BESIDES_WORDS = ["presets", "quiet", "manners", "goal"] as const;
export type AppealPartNameBesidesWords = (typeof APPEAL_PARTS_BESIDES_WORDS)[number];

/**
 * The name of a part of the appeal that is edited and saved on its own: `words/VARIANT/LANGUAGE`, or one of
 * APPEAL_PARTS_BESIDES_WORDS.
 */
export type AppealPartName = AppealPartNameBesidesWords | `words/${string}/${string}`;

export type AppealPartValue =
  | { part: AppealPartName; words: AppealWords }
  | { part: "presets"; presets: AppealPresetAmounts }
  | { part: "quiet"; quiet: PlacesWithoutBanner }
  | { part: "manners"; manners: MannerSettings }
  | { part: "goal"; goal: Goal | null };

export function wordsPartName({ variant, language }: { variant: string; language: string }): AppealPartName {
  return `words/${variant}/${language}`;
}

export function parseWordsPartName(part: string): { variant: string; language: string } | null {
  const [, variant, language] = /^words\/([^/]+)\/([^/]+)$/.exec(part) ?? [];
  return variant && language ? { variant, language } : null;
}

export function replaceAppealPart(content: AppealContent, value: AppealPartValue): AppealContent {
  if (!("words" in value)) {
    const { part: _, ...changed } = value;
    return { ...content, ...changed };
  }
  const named = parseWordsPartName(value.part);
  const variants = content.variants.map((variant) =>
    variant.id === named?.variant
      ? { ...variant, words: { ...variant.words, [named.language]: value.words } }
      : variant,
  );
  return { ...content, variants };
}

export function serializeAppealPart(content: AppealContent, part: string): string {
  const named = parseWordsPartName(part);
  if (named)
    return JSON.stringify(content.variants.find(({ id }) => id === named.variant)?.words[named.language] ?? null);
  return JSON.stringify(content[part as AppealPartNameBesidesWords] ?? null);
}
