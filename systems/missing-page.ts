// The 404 of pages/. Next's own 404 would be the App Router's page, and the content policy of reader pages would refuse its inline
// scripts.
import type { IncomingMessage, ServerResponse } from "node:http";
import { languageOfRequest } from "./asked-language";

export type MissingPage = { isMissing: true; locale: string };

/**
 * Turns the response into a 404 in the language of the request. No cache keeps it, because a page may be published at this path
 * tomorrow.
 */
export function missingPage(request: IncomingMessage, response: ServerResponse): MissingPage {
  response.statusCode = 404;
  response.setHeader("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate");
  return { isMissing: true, locale: languageOfRequest(request) };
}
