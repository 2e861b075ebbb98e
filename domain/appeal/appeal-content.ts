import { z } from "zod";
import { isStripeCurrency, parseAmount } from "../money";
import { defaultCurrencyOf, type Publication } from "../publication";
import type { AppealWords } from "./appeal-words";
import { GOAL_CURRENCY_SCOPES, type Goal } from "./goal";
import type { LocalizedVariant } from "./localized-variant";
import { DEFAULT_MANNER_SETTINGS, type MannerSettings } from "./manner-choices";
import type { PlacesWithoutBanner } from "./places-without-banner";
import type { AppealPresetAmounts } from "./preset-choices";

/** `id`: stored with the gifts that the variant brought. `words`: by language. */
export type AppealVariant = { id: string; words: Record<string, AppealWords> };

export type AppealContent = {
  variants: AppealVariant[];
  retired: string[];
  presets: AppealPresetAmounts;
  quiet: PlacesWithoutBanner;
  manners: MannerSettings;
  goal: Goal | null;
};

export const VARIANT_ID_PATTERN = /^[a-z0-9_-]{1,40}$/;
export const MAX_VARIANTS = 5;

export function contentWithDefaultSettings(variants: AppealVariant[]): AppealContent {
  const quiet = { sections: [], articles: [] };
  return { variants, retired: [], presets: {}, quiet, manners: DEFAULT_MANNER_SETTINGS, goal: null };
}

/**
 * Parses a stored version. Returns null if its shape is wrong. Leaves out the preset amounts of a currency if one of
 * them is invalid. Checks no other rule: if a rule became stricter later, readers must still see the appeal.
 */
export function parseAppealContent(json: string): AppealContent | null {
  const parsed = stored.safeParse(parseJson(json));
  if (!parsed.success) return null;
  const { presets, manners, ...rest } = parsed.data;
  return { ...rest, presets: knownPresets(presets), manners: { ...DEFAULT_MANNER_SETTINGS, ...manners } };
}

const text = z.string();
const words = z.object({
  headline: text,
  paragraphs: z.array(text),
  figure: z.object({ number: text, text }).nullable(),
  amounts: z.array(z.object({ amount: text, does: text })),
  signature: z.object({ name: text, role: text }).nullable(),
  banner: z.object({ headline: text, text }),
  giveTitle: text,
  giveIntro: text,
});
/** Older versions of the site saved goals without `counts`. Those goals counted only gifts in the goal's currency. */
const goalCounts = z.enum(GOAL_CURRENCY_SCOPES).default("currency");
const stored = z.object({
  variants: z.array(z.object({ id: z.string().regex(VARIANT_ID_PATTERN), words: z.record(z.string(), words) })).min(1),
  retired: z.array(text).default([]),
  presets: z.record(z.string(), z.record(z.string(), z.array(text))).default({}),
  quiet: z.object({ sections: z.array(text), articles: z.array(text) }),
  manners: z.record(z.string(), z.number()).default({}),
  goal: z
    .object({ amount: text, currency: text.refine(isStripeCurrency), from: text, until: text, counts: goalCounts })
    .nullable()
    .default(null),
});

function knownPresets(presets: Record<string, Record<string, string[]>>): AppealPresetAmounts {
  const isWhole = (currency: string, lists: Record<string, string[]>) =>
    isStripeCurrency(currency) &&
    Object.values(lists).every((list) => list.every((amount) => parseAmount(amount, currency).kind === "amount"));
  return Object.fromEntries(Object.entries(presets).filter(([currency, lists]) => isWhole(currency, lists)));
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

type DefaultLanguageAndCurrencies = Pick<Publication, "defaultLanguage" | "currencies">;

/**
 * Lists the variants' words in `locale`, or in the default language if a variant has none in `locale`. Leaves out
 * variants that have neither.
 */
export function listVariantWordsInLanguage(
  { variants }: Pick<AppealContent, "variants">,
  { id, locale, publication }: { id: string; locale: string; publication: DefaultLanguageAndCurrencies },
): LocalizedVariant[] {
  const currency = defaultCurrencyOf(publication);
  return variants.flatMap((variant) => {
    const own = variant.words[locale] ?? variant.words[publication.defaultLanguage];
    if (!own) return [];
    // Leaves out amounts that are not valid in the default currency. The newsroom can have changed the default currency
    // since the amounts were saved.
    const amounts = own.amounts.filter(({ amount }) => parseAmount(amount, currency).kind === "amount");
    return [{ id, variant: variant.id, ...own, amounts }];
  });
}

export type MissingWords = { variant: string; language: string };

export function listMissingWords({ variants }: AppealContent, languages: readonly string[]): MissingWords[] {
  return variants.flatMap(({ id, words }) =>
    languages.filter((language) => !words[language]).map((language) => ({ variant: id, language })),
  );
}
