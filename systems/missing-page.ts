// The 404 of reader pages. Next's own 404 page cannot be used: it is an App Router page, and the
// Content-Security-Policy of reader pages would block its inline scripts.
import type { IncomingMessage, ServerResponse } from "node:http";
import { languageOfNodeRequest } from "./requested-language";

export type MissingPageProps = { isMissing: true; locale: string };

/** Makes the response a 404. Caches must not store it, because a page can be published at this path tomorrow. */
export function prepareMissingPage(request: IncomingMessage, response: ServerResponse): MissingPageProps {
  response.statusCode = 404;
  response.setHeader("Cache-Control", "private, no-cache, no-store, max-age=0, must-revalidate");
  return { isMissing: true, locale: languageOfNodeRequest(request) };
}
