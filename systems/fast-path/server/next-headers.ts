// Removes the request headers of Next's internal protocol. No page of this site makes a browser send them. A
// stranger who sends them would get a different response at the same URL, and a shared cache would show that response
// to everybody.
import "server-only";

const NEXTS_OWN =
  /^(?:rsc$|next-|x-next|x-middleware-|x-invoke-|x-matched-path$|x-now-|x-prerender-|x-action-|x-vercel-|purpose$|sec-purpose$|x-purpose$|x-moz$)/;

/** Deletes the headers from the given object instead of making a copy, because Next reads this same object. */
export function removeNextJsRequestHeaders(headers: Record<string, unknown>): void {
  for (const name in headers) if (NEXTS_OWN.test(name)) delete headers[name];
}
