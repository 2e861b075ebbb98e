// A page that exists once per language has its language code before the path, except in the publication's default
// language. Other pages, such as /sign-in, have a `language` parameter.
import type { Publication } from "./publication";

type Languages = Pick<Publication, "languages" | "defaultLanguage">;

export function nonDefaultLanguages({ languages, defaultLanguage }: Languages): string[] {
  return languages.filter((language) => language !== defaultLanguage);
}

export function offeredLanguage(wanted: unknown, publication: Languages): string {
  return publication.languages.find((language) => language === wanted) ?? publication.defaultLanguage;
}

/**
 * Returns the language of the pages whose path begins with `segment`, such as `ru` for `/ru/give`. Returns the default
 * language if `segment` is undefined. Returns null if `segment` is not one of nonDefaultLanguages().
 */
export function languageOfPathSegment(segment: string | string[] | undefined, publication: Languages): string | null {
  if (segment === undefined) return publication.defaultLanguage;
  return nonDefaultLanguages(publication).find((language) => language === segment) ?? null;
}

/**
 * `/give?every=once` becomes `/ru/give?every=once`, but stays unchanged in the default language. `path`: the path of a
 * page that exists in every language.
 */
export function localizedPath(locale: string, path: string, publication: Languages): string {
  const language = offeredLanguage(locale, publication);
  if (language === publication.defaultLanguage) return path;
  return path === "/" ? `/${language}` : `/${language}${path}`;
}

type Version = { language: string; path: string };

export function languageVersionsOf(path: string, publication: Languages): Version[] {
  return publication.languages.map((language) => ({ language, path: localizedPath(language, path, publication) }));
}

/**
 * `/sign-in` becomes `/sign-in?language=ru`, for pages whose path is the same in all languages. In the default
 * language, `path` stays unchanged.
 */
export function pathWithLanguageParam(path: string, locale: string, publication: Languages): string {
  const language = offeredLanguage(locale, publication);
  if (language === publication.defaultLanguage) return path;
  const [page = "", fragment] = path.split("#");
  const withParam = `${page}${page.includes("?") ? "&" : "?"}language=${language}`;
  return fragment === undefined ? withParam : `${withParam}#${fragment}`;
}

type ReadersLanguage = { previousLanguage: string; url: URL; preferred: readonly string[] };

/**
 * Returns the language in which a reader sees a page. Takes the first offered language from, in order: the query, the
 * path, the previous page (`previousLanguage`, unless it is the default language), the browser. Otherwise returns the
 * default language.
 */
export function languageOfReader(
  { previousLanguage, url, preferred }: ReadersLanguage,
  publication: Languages,
): string {
  const [, segment] = url.pathname.split("/");
  const before = previousLanguage === publication.defaultLanguage ? null : previousLanguage;
  const candidates = [url.searchParams.get("language"), segment, before, ...preferred.flatMap(withBase)];
  return candidates.find((each) => each && publication.languages.includes(each)) ?? publication.defaultLanguage;
}

function withBase(language: string): string[] {
  const [base = language] = language.split("-");
  return [language, base];
}
