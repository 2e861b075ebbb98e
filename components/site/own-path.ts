import { localizedPath, pathWithLanguageParam } from "@/domain/languages";
import { publication } from "@/publication";

/** `path` must be a page that exists in every language, such as `/give`. */
export function pathInLanguage({ locale }: { locale: string }, path: string): string {
  return localizedPath(locale, path, publication);
}

/** `path` must be a page with the same path in every language, such as `/sign-in`. */
export function pathWithLanguage({ locale }: { locale: string }, path: string): string {
  return pathWithLanguageParam(path, locale, publication);
}
