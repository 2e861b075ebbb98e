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
