import { localizedPath, pathWithLanguageParam } from "@/domain/languages";
import { publication } from "@/publication";

/** Returns the path of a page in this language. `path` must be a page that exists in every language, such as `/give`. */
export function pathInLanguage({ locale }: { locale: string }, path: string): string {
  return localizedPath(locale, path, publication);
}

/** Returns a path that opens in this language. `path` must be a page with the same path in every language, such as `/sign-in`. */
export function pathWithLanguage({ locale }: { locale: string }, path: string): string {
  return pathWithLanguageParam(path, locale, publication);
}
