import { pathIn, pathWithLanguage } from "@/domain/languages";
import { publication } from "@/publication";

/** The path of a reader's page in this language. `path`: of a page that every language has, such as `/give`. */
export function pathInLanguage({ locale }: { locale: string }, path: string): string {
  return pathIn(locale, path, publication);
}

/** The path of a page that has one address for all languages, such as `/sign-in`. It opens in this language. */
export function pathOpeningInLanguage({ locale }: { locale: string }, path: string): string {
  return pathWithLanguage(path, locale, publication);
}
