import { offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";

/** Returns the value of the field `language`, or null for the default language, which needs no field. */
export function languageFieldValue(locale: string): string | null {
  const language = offeredLanguage(locale, publication);
  return language === publication.defaultLanguage ? null : language;
}

/** Carries the language to the form's handler and to the next page. */
export function HiddenLanguageField({ locale }: { locale: string }) {
  const language = languageFieldValue(locale);
  return language === null ? null : <input type="hidden" name="language" value={language} />;
}
