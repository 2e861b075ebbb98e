// Removes the headers of Next's internal protocol, which this site's pages never send. A stranger who sends them would
// get a different response at the same URL, and a shared cache would show it to everybody.
import "server-only";

const NEXTS_OWN =
  /^(?:rsc$|next-|x-next|x-middleware-|x-invoke-|x-matched-path$|x-now-|x-prerender-|x-action-|x-vercel-|purpose$|sec-purpose$|x-purpose$|x-moz$)/;

/** Changes the headers in place, because Next reads them from the same object. */
export function removeNextJsHeaders(headers: Record<string, unknown>): void {
  for (const name in headers) if (NEXTS_OWN.test(name)) delete headers[name];
}
