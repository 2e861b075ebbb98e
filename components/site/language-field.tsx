import { offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";

/** Returns the value of a form's `language` field, or null in the default language, which needs no field. */
export function languageField(locale: string): string | null {
  const language = offeredLanguage(locale, publication);
  return language === publication.defaultLanguage ? null : language;
}

/** The hidden field that tells the form's handler, and the next page, the language. */
export function LanguageField({ locale }: { locale: string }) {
  const language = languageField(locale);
  return language === null ? null : <input type="hidden" name="language" value={language} />;
}
