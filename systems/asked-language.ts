// The language that a request asks for, on pages whose URL has no language: sign-in, the supporters' area, errors. proxy.ts passes
// it to the page in a header. No cache keeps these pages, so the browser's languages may decide.
import type { IncomingMessage } from "node:http";
import Negotiator from "negotiator";
import { languageOfPathSegment, offeredLanguage, pathWithLanguageParam } from "../domain/languages";
import { publication } from "../publication";

export const LANGUAGE_HEADER = "x-page-language";

/** The request's `?language=` if the site offers that language, else null. */
export function chosenLanguage(query: URLSearchParams): string | null {
  const chosen = query.get("language");
  return chosen !== null && offeredLanguage(chosen, publication) === chosen ? chosen : null;
}

/** In this order: the query, the path's first segment, the browser's languages, the publication's default. */
export function askedLanguage({ url, headers }: { url: URL; headers: Headers }): string {
  const [, segment] = url.pathname.split("/");
  return chosenLanguage(url.searchParams) ?? languageOfPathSegment(segment, publication) ?? acceptedLanguage(headers);
}

/** Returns the language that a Node request asks for. Pages in pages/ use it, because proxy.ts does not see them. */
export function languageOfRequest({ url = "/", headers }: Pick<IncomingMessage, "url" | "headers">): string {
  const accepted = new Headers({ "accept-language": headers["accept-language"] ?? "" });
  // The host does not matter. Without it, a path such as `//x` would be read as a host.
  return askedLanguage({ url: new URL(`http://site${url}`), headers: accepted });
}

function acceptedLanguage(headers: Headers): string {
  const { languages, defaultLanguage } = publication;
  const accepted = { headers: { "accept-language": headers.get("accept-language") ?? undefined } };
  // The default language comes first, so that it wins among equals.
  const offered = [defaultLanguage, ...languages.filter((language) => language !== defaultLanguage)];
  return new Negotiator(accepted).language(offered) ?? defaultLanguage;
}

/** The language of the page that sent a form, from its hidden field (components/site/language-field.tsx). */
export function formLanguage(form: URLSearchParams): string {
  return offeredLanguage(form.get("language"), publication);
}

/** The page to which a form leads, in the form's language. `path`: of a page that has one URL for all languages. */
export function pathInFormLanguage(path: string, form: URLSearchParams): string {
  return pathWithLanguageParam(path, formLanguage(form), publication);
}
