// How pages/ answers for an address that does not exist. Next's own answer would be the App Router's page, and the content policy of
// the readers' pages refuses its inline scripts.
import type { IncomingMessage, ServerResponse } from "node:http";
import { languageOfRequest } from "./asked-language";

export type MissingPage = { isMissing: true; locale: string };

/** Turns the response into a 404 in the language of the request. No cache keeps it: what is missing may be published tomorrow. */
export function missingPage(request: IncomingMessage, response: ServerResponse): MissingPage {
  response.statusCode = 404;
  response.setHeader("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate");
  return { isMissing: true, locale: languageOfRequest(request) };
}
