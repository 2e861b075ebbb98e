// Facts of the publication that may read otherwise in another language: a legal name, an address, a sentence about tax.

/** The same words in every language, or one wording for each: `{ en: …, ru: … }`. */
export type Localized = string | Readonly<Record<string, string>>;

/** In `locale`, or in the publication's own language where there is no wording for it; empty where there is none at all. */
export function inLanguage(
  words: Localized,
  { locale, defaultLanguage }: { locale: string; defaultLanguage: string },
): string {
  if (typeof words === "string") return words;
  const spoken = Object.keys(words);
  const language = [locale, new Intl.Locale(locale).language, defaultLanguage].find((each) => spoken.includes(each));
  return language === undefined ? "" : (words[language] ?? "");
}

/** Every wording there is. */
export function wordingsOf(words: Localized): string[] {
  return typeof words === "string" ? [words] : Object.values(words);
}
