// Finds the language that a request asks for. The browser's language settings can decide, because no page that uses
// this module is cached. The only exception, the page of a missing article, is cached once per language
// (page-cache.ts).
import type { IncomingMessage } from "node:http";
import Negotiator from "negotiator";
import { languageOfPathSegment, offeredLanguage, pathWithLanguageParam } from "../domain/languages";
import { publication } from "../publication";

export const PAGE_LANGUAGE_HEADER = "x-page-language";

export function languageInQuery(query: URLSearchParams): string | null {
  const chosen = query.get("language");
  return chosen !== null && offeredLanguage(chosen, publication) === chosen ? chosen : null;
}

/**
 * Returns the language in the query, or else in the path's first segment, or else the browser's, or else the
 * publication's default.
 */
export function requestedLanguage({ url, headers }: { url: URL; headers: Headers }): string {
  const [, segment] = url.pathname.split("/");
  return languageInQuery(url.searchParams) ?? languageOfPathSegment(segment, publication) ?? acceptedLanguage(headers);
}

/** Like requestedLanguage(), for a Node request. Files in pages/ use it, because proxy.ts does not run for them. */
export function languageOfNodeRequest({ url = "/", headers }: Pick<IncomingMessage, "url" | "headers">): string {
  const accepted = new Headers({ "accept-language": headers["accept-language"] ?? "" });
  // Puts a placeholder host before the path. Otherwise a path such as `//x` would be read as a host.
  return requestedLanguage({ url: new URL(`http://site${url}`), headers: accepted });
}

function acceptedLanguage(headers: Headers): string {
  const { languages, defaultLanguage } = publication;
  const accepted = { headers: { "accept-language": headers.get("accept-language") ?? undefined } };
  // The default language comes first, so it wins if the browser prefers several offered languages equally.
  const offered = [defaultLanguage, ...languages.filter((language) => language !== defaultLanguage)];
  return new Negotiator(accepted).language(offered) ?? defaultLanguage;
}

export function formLanguage(form: URLSearchParams): string {
  return offeredLanguage(form.get("language"), publication);
}

/** Returns the path with the language of the form. For pages that have the same path in all languages. */
export function pathInFormLanguage(path: string, form: URLSearchParams): string {
  return pathWithLanguageParam(path, formLanguage(form), publication);
}
