import { offeredLanguage } from "@/domain/languages";
import { publication } from "@/publication";

/** What a gift form says of its language. Null in the default language, which needs no field. */
export function languageField(locale: string): string | null {
  const language = offeredLanguage(locale, publication);
  return language === publication.defaultLanguage ? null : language;
}
