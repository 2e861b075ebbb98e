import { localizedPath, pathWithLanguageParam } from "@/domain/languages";
import { publication } from "@/publication";

/**
 * Returns the page's path in a language. `path`: the path in the default language, such as `/give`, of a page that
 * exists in every language.
 */
export function pathInLanguage({ locale }: { locale: string }, path: string): string {
  return localizedPath(locale, path, publication);
}

/**
 * Returns the page's path with a language in its query. `path`: a page with the same path in every language, such as
 * `/sign-in`.
 */
export function pathWithLanguageQuery({ locale }: { locale: string }, path: string): string {
  return pathWithLanguageParam(path, locale, publication);
}
