import { offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";

/** The value of a form's `language` field. Null in the default language, which needs no field. */
export function languageField(locale: string): string | null {
  const language = offeredLanguage(locale, publication);
  return language === publication.defaultLanguage ? null : language;
}

/** Tells the form's handler, and the page after it, the language of the form. */
export function LanguageField({ locale }: { locale: string }) {
  const language = languageField(locale);
  return language === null ? null : <input type="hidden" name="language" value={language} />;
}
