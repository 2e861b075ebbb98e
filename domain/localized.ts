// Texts of the publication that may differ by language: a legal name, an address, a sentence about tax.

/** The same text in every language, or one wording for each: `{ en: …, ru: … }`. */
export type Localized = string | Readonly<Record<string, string>>;

/** The wording in `locale`, else in its base language, else in the publication's default language; empty if there is none. */
export function wordingIn(
  words: Localized,
  { locale, defaultLanguage }: { locale: string; defaultLanguage: string },
): string {
  if (typeof words === "string") return words;
  const spoken = Object.keys(words);
  const language = [locale, new Intl.Locale(locale).language, defaultLanguage].find((each) => spoken.includes(each));
  return language === undefined ? "" : (words[language] ?? "");
}

/** All wordings, whatever their language. */
export function wordingsOf(words: Localized): string[] {
  return typeof words === "string" ? [words] : Object.values(words);
}
