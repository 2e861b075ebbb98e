/** The same text in every language, or one wording for each: `{ en: …, ru: … }`. */
export type TextOrTextByLanguage = string | Readonly<Record<string, string>>;

/**
 * Returns the wording in the first of these languages that has one: `locale`, its base language, the default language.
 * Returns "" if none has.
 */
export function wordingIn(
  words: TextOrTextByLanguage,
  { locale, defaultLanguage }: { locale: string; defaultLanguage: string },
): string {
  if (typeof words === "string") return words;
  const languages = Object.keys(words);
  const language = [locale, new Intl.Locale(locale).language, defaultLanguage].find((each) => languages.includes(each));
  return language === undefined ? "" : (words[language] ?? "");
}

export function wordingsOf(words: TextOrTextByLanguage): string[] {
  return typeof words === "string" ? [words] : Object.values(words);
}
