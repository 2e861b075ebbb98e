// The languages of readers' pages. A page in another language than the publication's default one has the language before its path.
import type { Publication } from "./publication";

type Languages = Pick<Publication, "languages" | "defaultLanguage">;

export function otherLanguages({ languages, defaultLanguage }: Languages): string[] {
  return languages.filter((language) => language !== defaultLanguage);
}

/** `asked` if the publication offers it, and otherwise its default language. */
export function offeredLanguage(asked: unknown, publication: Languages): string {
  return publication.languages.find((language) => language === asked) ?? publication.defaultLanguage;
}

/** The language of an address such as `/ru/give`. `segment`: its first part, undefined if the path begins with the page. Null: no such page. */
export function languageOfAddress(segment: string | string[] | undefined, publication: Languages): string | null {
  if (segment === undefined) return publication.defaultLanguage;
  return otherLanguages(publication).find((language) => language === segment) ?? null;
}

/** `/give?every=once` becomes `/ru/give?every=once`. `path`: of a page that every language has. */
export function pathIn(locale: string, path: string, publication: Languages): string {
  const language = offeredLanguage(locale, publication);
  if (language === publication.defaultLanguage) return path;
  return path === "/" ? `/${language}` : `/${language}${path}`;
}

type Version = { language: string; path: string };

/** The addresses of a page in each language. `path`: of a page that every language has. */
export function versionsOf(path: string, publication: Languages): Version[] {
  return publication.languages.map((language) => ({ language, path: pathIn(language, path, publication) }));
}

/** `/sign-in` becomes `/sign-in?language=ru`: a page with one address for all languages, which then opens in this one. */
export function pathWithLanguage(path: string, locale: string, publication: Languages): string {
  const language = offeredLanguage(locale, publication);
  if (language === publication.defaultLanguage) return path;
  const [page = "", fragment] = path.split("#");
  const asked = `${page}${page.includes("?") ? "&" : "?"}language=${language}`;
  return fragment === undefined ? asked : `${asked}#${fragment}`;
}

type ReadersLanguage = { shown: string; address: URL; preferred: readonly string[] };

/**
 * The language of a page that only the browser draws: the query's, or the path's, or that of the page that stood there before
 * (`shown`), or the first offered one that the browser prefers. `shown` does not count if it is the default language, because a page
 * from the build has that language for everyone. `ru` fits a browser that prefers `ru-RU`.
 */
export function languageOfBrowser({ shown, address, preferred }: ReadersLanguage, publication: Languages): string {
  const [, segment] = address.pathname.split("/");
  const before = shown === publication.defaultLanguage ? null : shown;
  const asked = [address.searchParams.get("language"), segment, before, ...preferred.flatMap(withBase)];
  return asked.find((each) => each && publication.languages.includes(each)) ?? publication.defaultLanguage;
}

function withBase(language: string): string[] {
  const [base = language] = language.split("-");
  return [language, base];
}
