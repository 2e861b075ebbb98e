import { offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";

/** The value of a gift form's `language` field. Null in the default language, which needs no field. */
export function languageField(locale: string): string | null {
  const language = offeredLanguage(locale, publication);
  return language === publication.defaultLanguage ? null : language;
}
