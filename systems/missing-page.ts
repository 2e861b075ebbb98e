// The answer of pages/ to an address that does not exist, because Next's own would be the App Router's page, whose inline scripts the content
// policy of the readers' pages refuses.
import type { IncomingMessage, ServerResponse } from "node:http";
import { languageOfRequest } from "./asked-language";

export type MissingPage = { isMissing: true; locale: string };

/** Makes the answer a 404 in the language of the request, which no cache keeps: what is missing may be published tomorrow. */
export function missingPage(request: IncomingMessage, response: ServerResponse): MissingPage {
  response.statusCode = 404;
  response.setHeader("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate");
  return { isMissing: true, locale: languageOfRequest(request) };
}
